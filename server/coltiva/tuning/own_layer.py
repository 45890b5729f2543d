"""The files of the user's layer: written whole or not at all, every change kept and able to be taken back."""

from __future__ import annotations

import re
import secrets
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from coltiva.contact_store.durable import Transaction, recover, sweep
from coltiva.errors import InputFileError, StoreWriteError, UnknownChangeError
from coltiva.library import LANGUAGES
from coltiva.own_rules import NO_RULES
from coltiva.own_tables import FIELDS

HISTORY = NO_RULES
PACK_FORMAT = 1
MAX_FILE_CHARACTERS = 200_000
_NAME = re.compile(rf"(?:{'|'.join(LANGUAGES)})/(?:asks|signals|guards)/[a-z0-9][a-z0-9-]{{0,60}}\.yml")

# File's name below ``rules`` → its text; None where there is no such file.
Files = Mapping[str, str | None]


class LayerChange(msgspec.Struct, frozen=True):
    """One change of the layer.

    Attributes:
        at: the user's local time.
        what: a code, such as ``saved``, ``imported`` or ``undone``.
        before, after: what each file held.
        undone: the id of the change that this one takes back; empty where it is none.
    """

    id: str
    at: str
    what: str
    before: dict[str, str | None]
    after: dict[str, str | None]
    undone: str = ""


class _Pack(msgspec.Struct):
    """A layer in one file, for somebody else."""

    coltiva_rules: int
    files: dict[str, str]


def is_layer_file(name: str) -> bool:
    """Tell whether a file may have this name in the layer."""
    return name in FIELDS or _NAME.fullmatch(name) is not None


class OwnLayer:
    """The user's layer in *folder* (``…/rules``), which is made when something is first written."""

    def __init__(self, folder: Path, now: Callable[[], datetime] = datetime.now) -> None:
        self.folder, self._now = folder, now
        self._lock = threading.Lock()
        if folder.is_dir():
            recover(folder)
            for one in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
                sweep(one)

    def files(self) -> dict[str, str]:
        """Return all files of the layer; one that is no UTF-8 is read as well as it can be."""
        found = {}
        for path in sorted(self.folder.rglob("*.yml")):
            name = path.relative_to(self.folder).as_posix()
            if not name.startswith(f"{HISTORY}/"):
                found[name] = path.read_bytes().decode("utf-8", "replace")
        return found

    def text(self, name: str) -> str | None:
        """Return the text of one file; None where there is none."""
        try:
            return (self.folder / name).read_bytes().decode("utf-8", "replace")
        except OSError:
            return None

    def change(self, what: str, files: Files, undone: str = "") -> LayerChange | None:
        """Write files, and take away those given as None, all or none; None where that changes nothing.

        Raises:
            StoreWriteError: nothing was changed.
        """
        with self._lock:
            before = {name: self.text(name) for name in files}
            after = {name: text for name, text in files.items() if text != before[name]}
            if not after:
                return None
            stamp = self._now()
            change = LayerChange(
                f"{stamp:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}",
                stamp.isoformat(timespec="seconds"),
                what,
                {name: before[name] for name in after},
                after,
                undone,
            )
            try:
                self._write(change)
            except OSError as error:
                message = f"{self.folder}: cannot be written: {error.strerror}"
                raise StoreWriteError(message, "unwritable", file=self.folder, reason=error.strerror) from error
            return change

    def _write(self, change: LayerChange) -> None:
        folders = {HISTORY, *(Path(name).parent.as_posix() for name in change.after)}
        for name in sorted(folders):
            (self.folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        transaction = Transaction(self.folder)
        try:
            for name, text in change.after.items():
                if text is None:
                    transaction.remove(name)
                else:
                    transaction.put(name, text.encode())
            transaction.put(f"{HISTORY}/{change.id}.json", msgspec.json.encode(change))
            transaction.commit()
        except BaseException:
            transaction.abandon()
            raise

    def changes(self, most: int = 50) -> list[LayerChange]:
        """Return the latest changes, the newest first."""
        paths = sorted((self.folder / HISTORY).glob("*.json"), reverse=True)[:most]
        return [msgspec.json.decode(path.read_bytes(), type=LayerChange) for path in paths]

    def undo(self, change_id: str) -> LayerChange | None:
        """Put back what the files of a change held before it; what they hold now is kept in the change that does it.

        Raises:
            UnknownChangeError: there is no such change.
        """
        path = self.folder / HISTORY / f"{change_id}.json"
        if not re.fullmatch(r"\d{8}T\d{6}-[0-9a-f]{8}", change_id) or not path.is_file():
            message = f"expected a change of the rules; there is none with id {change_id[:60]!r}"
            raise UnknownChangeError(message, "unknown_rule_change")
        change = msgspec.json.decode(path.read_bytes(), type=LayerChange)
        return self.change("undone", change.before, change_id)

    def export(self) -> bytes:
        """Return the whole layer as one file."""
        return msgspec.json.format(msgspec.json.encode(_Pack(PACK_FORMAT, self.files())), indent=1)


def read_pack(content: bytes) -> dict[str, str]:
    """Return the files of an exported layer.

    Raises:
        InputFileError: it is none, or holds a file that no layer has.
    """
    try:
        pack = msgspec.json.decode(content, type=_Pack)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        message = f"expected a pack of rules as Coltiva exports it; {error}"
        raise InputFileError(message, "no_pack", reason=error) from None
    if pack.coltiva_rules != PACK_FORMAT:
        message = f"expected a pack of format {PACK_FORMAT}; got {pack.coltiva_rules}"
        raise InputFileError(message, "no_pack", reason=f"{pack.coltiva_rules} ≠ {PACK_FORMAT}")
    for name, text in pack.files.items():
        if not is_layer_file(name):
            shown = f"{name[:80]!r}"
            message = f"expected files such as en/asks/sale.yml or stages.yml in the pack; got {shown}"
            raise InputFileError(message, "no_pack", reason=shown)
        if len(text) > MAX_FILE_CHARACTERS:
            message = f"{name}: expected at most {MAX_FILE_CHARACTERS} characters; got {len(text)}"
            raise InputFileError(message, "no_pack", reason=f"{name}: {len(text)} > {MAX_FILE_CHARACTERS}")
    return pack.files
