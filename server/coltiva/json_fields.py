"""Reading single fields of JSON from outside; every fault names the field, what was expected and what came."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time

from coltiva.errors import PayloadError

# D: own choice: days of living people's lives, and room to count in weeks and months from each.
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_SURROGATE = re.compile("[\ud800-\udfff]")


def object_of(
    value: object, where: str, known: frozenset[str], unlisted: frozenset[str] = frozenset()
) -> Mapping[str, object]:
    """Return *value* as an object with no fields but *known* and *unlisted*; an error lists only the former.

    Raises:
        PayloadError: as all functions here, with the path of the field at fault.
    """
    if not isinstance(value, dict):
        raise PayloadError(where, f"expected an object; got {shown(value)}", "no_object", got=shown(value))
    unknown = next((str(name) for name in value if name not in known and name not in unlisted), None)
    if unknown is not None:
        path = f"{where}.{unknown}" if where else unknown
        expected = ", ".join(sorted(known))
        raise PayloadError(path, f"unknown field; expected one of {expected}", "unknown_field", expected=expected)
    return value


def list_of(fields: Mapping[str, object], name: str, where: str, most: int) -> list[object]:
    """Return a list of at most *most* items; a missing one is empty."""
    value = fields.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise PayloadError(where + name, f"expected a list; got {shown(value)}", "no_list", got=shown(value))
    if len(value) > most:
        message = f"expected at most {most} items; got {len(value)}"
        raise PayloadError(where + name, message, "too_long_list", most=most, got=len(value))
    return value


def text_of(fields: Mapping[str, object], name: str, where: str, most: int, default: str | None) -> str:
    """Return a text of at most *most* characters; *default* where it is missing, unless that is None."""
    value = fields.get(name, default)
    if value is None and default is not None:
        return default
    if value is None:
        message = "expected a text; it is missing" if name not in fields else "expected a text; got null"
        raise PayloadError(where + name, message, "missing")
    if not isinstance(value, str):
        raise PayloadError(where + name, f"expected a text; got {shown(value)}", "no_text", got=shown(value))
    if len(value) > most:
        message = f"expected at most {most} characters; got {len(value)}"
        raise PayloadError(where + name, message, "too_long", most=most, got=len(value))
    lone = _SURROGATE.search(value)
    if lone:
        message = f"expected valid Unicode; half a character (a lone surrogate) stands at {lone.start()}"
        raise PayloadError(where + name, message, "half_character", at=lone.start())
    return value


def choice_of(fields: Mapping[str, object], name: str, allowed: tuple[str, ...], where: str = "") -> str | None:
    """Return one of the *allowed* words; None where it is missing."""
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or value not in allowed:
        expected, got = ", ".join(filter(None, allowed)), shown(value)
        raise PayloadError(
            where + name, f"expected one of {expected}; got {got}", "none_of", expected=expected, got=got
        )
    return value


def flag_of(fields: Mapping[str, object], name: str, where: str, default: bool) -> bool:
    """Return true or false; *default* where it is missing."""
    value = fields.get(name, default)
    if not isinstance(value, bool):
        raise PayloadError(where + name, f"expected true or false; got {shown(value)}", "no_flag", got=shown(value))
    return value


def day_of(value: object, where: str) -> date:
    """Return a date."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is not None and _FIRST_YEAR <= day.year <= _LAST_YEAR:
            return day
    raise PayloadError(where, f"expected a date such as 2026-05-14; got {shown(value)}", "bad_day", got=shown(value))


def optional_day_of(fields: Mapping[str, object], name: str, where: str) -> date | None:
    """Return a date; None where it is missing."""
    value = fields.get(name)
    return None if value is None else day_of(value, where + name)


def optional_time_of(fields: Mapping[str, object], name: str, where: str) -> time | None:
    """Return a time of day; None where it is missing."""
    value = fields.get(name)
    if value is None:
        return None
    if isinstance(value, str) and re.fullmatch(r"\d{2}:\d{2}(:\d{2})?", value):
        try:
            return time.fromisoformat(value)
        except ValueError:
            pass
    got = shown(value)
    raise PayloadError(where + name, f"expected a time such as 14:30:00; got {got}", "bad_time", got=got)


def shown(value: object) -> str:
    """Return *value* short enough for an error message, safe to print, and without a word of any language."""
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    printed = repr(value).encode("ascii", "backslashreplace").decode()
    return printed if len(printed) <= 40 else printed[:37] + "…"
