"""Which lines of rewrites were offered to whom, so that nobody gets the same words again soon: ids, never words."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import msgspec

from coltiva.contact_store.durable import TEMPORARY

FILE = "offers.json"
# How long a line rests before it may be offered to the same contact again (D: own choice, a season).
REST_DAYS = 90

_Days = dict[str, dict[str, date]]  # contact's id → line's id → day of the latest offer


class OfferLog:
    """The offers made from one data folder; any number of threads may use it.

    It is a memory for variety, not a record: a file that is lost or cannot be read is begun anew.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._lock = threading.Lock()
        try:
            self._days = msgspec.json.decode(self._path.read_bytes(), type=_Days)
        except (OSError, msgspec.DecodeError):
            self._days = {}

    def before(self, contact_id: str, today: date) -> frozenset[str]:
        """Return the lines offered to a contact of late, but not *today*: one day's offers stay as they are."""
        since = today - timedelta(days=REST_DAYS)
        with self._lock:
            return frozenset(line for line, day in self._days.get(contact_id, {}).items() if since <= day < today)

    def add(self, contact_id: str, lines: Iterable[str], today: date) -> None:
        """Note that *lines* were offered; a disk that cannot be written costs no rewrite."""
        with self._lock:
            known = self._days.setdefault(contact_id, {})
            new = {line: today for line in lines if known.get(line, date.min) < today}
            if not new:
                return
            known.update(new)
            self._forget(today)
            self._write()

    def _forget(self, today: date) -> None:
        since = today - timedelta(days=REST_DAYS)
        kept = {who: {line: day for line, day in days.items() if day >= since} for who, days in self._days.items()}
        self._days = {who: days for who, days in kept.items() if days}

    def _write(self) -> None:
        temporary = self._path.with_name(f".{FILE}{TEMPORARY}")
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(msgspec.json.encode(self._days))
            os.replace(temporary, self._path)
        except OSError:
            temporary.unlink(missing_ok=True)
