"""The rules as they count for the user: the shipped ones under the layer in the data folder."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from coltiva.collector import without_collector
from coltiva.contact_store import default_folder
from coltiva.library import Library

RULES = "rules"


def user_library(reading: Callable[[], AbstractContextManager[None]] = without_collector) -> Library:
    """Return the rules under the user's layer; each language's are read within *reading*."""
    return Library(own=default_folder() / RULES, reading=reading)
