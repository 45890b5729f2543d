"""The tables for all languages as records: kinds of ask and signal, channels, thresholds, how readers are set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from coltiva.errors import Fault, RulePackError, RuleProblem
from coltiva.history import Stage
from coltiva.own_tables import READER_TUNING
from coltiva.reader import Tuning


@dataclass(frozen=True, slots=True)
class AskKind:
    """One kind of ask: the stage that it needs."""

    needs: Stage


@dataclass(frozen=True, slots=True)
class SignalKind:
    """One kind of signal: ``signal`` (hunting) or ``growing``, how severe it is, and whether it is wanted at all.

    Attributes:
        known: how severe it is among people who have talked; empty where that makes no difference.
    """

    category: str
    severity: str
    enabled: bool = True
    known: str = ""


CHANNELS = ("linkedin_invite", "linkedin_message", "inmail", "email")


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel and the longest text that it takes, in UTF-16 units; None where there is no limit."""

    limit: int | None


@dataclass(frozen=True, slots=True)
class Limits:
    """The thresholds of the checks that count, from ``channels.yml``."""

    links: int
    asks: int
    unanswered_messages: int
    first_person_words: int
    first_person_ratio: int
    readability_words: int
    reading_ease: int


Numbers = TypeVar("Numbers")


def unusable_group(group: str, reason: str) -> Fault:
    """Return the fault of a group of values that cannot be used as they are."""
    return Fault(f"{group}: {reason}", "unusable_group", {"group": group, "reason": reason})


def numbers_from(table: Mapping[str, object], name: str, group: str, record: type[Numbers]) -> Numbers:
    """Read a group of rows, each with a ``value``, into a record of whole numbers."""
    rows = table.get(group)
    if not isinstance(rows, dict):
        raise RulePackError(RuleProblem(name, 1, 1, Fault(f"expected {group}:", "missing_key", {"key": group})))
    try:
        return msgspec.convert({key: row["value"] for key, row in rows.items()}, record)
    except (msgspec.ValidationError, KeyError, TypeError) as error:
        raise RulePackError(RuleProblem(name, 1, 1, unusable_group(group, str(error)))) from None


def tunings_from(table: Mapping[str, dict[str, dict[str, object]]]) -> dict[str, Tuning]:
    """Read how each language's reader is set; those switched off are left out."""
    rows = {code: row for code, row in table.get("readers", {}).items() if row.get("enabled", True)}
    try:
        return {code: Tuning(*(int(str(row[name])) / 100 for name in READER_TUNING)) for code, row in rows.items()}
    except (KeyError, ValueError) as error:
        fault = unusable_group("readers", f"expected {', '.join(READER_TUNING)}; got {error}")
        raise RulePackError(RuleProblem("readers.yml", 1, 1, fault)) from None


def asks_from(table: Mapping[str, dict[str, dict[str, object]]]) -> dict[str, AskKind]:
    """Read the kinds of ask; where two claim the same words, the one that stands first has them."""
    try:
        return {kind: AskKind(Stage.from_word(str(row["needs"]))) for kind, row in table["asks"].items()}
    except (KeyError, ValueError) as error:
        raise RulePackError(RuleProblem("asks.yml", 1, 1, unusable_group("asks", str(error)))) from None


def signals_from(table: Mapping[str, dict[str, dict[str, object]]]) -> dict[str, SignalKind]:
    """Read the kinds of signal, hunting ones first."""
    return {
        kind: SignalKind(
            category, str(row.get("severity", "info")), bool(row.get("enabled", True)), str(row.get("known", ""))
        )
        for category, name in (("signal", "hunting"), ("growing", "growing"))
        for kind, row in table[name].items()
    }


def channels_from(table: Mapping[str, dict[str, dict[str, object]]]) -> dict[str, Channel]:
    """Read the channels."""
    channels: dict[str, Channel] = {}
    for name, row in table["channels"].items():
        limit = row.get("limit")
        channels[name] = Channel(limit if isinstance(limit, int) else None)
    return channels
