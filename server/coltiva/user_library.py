"""The rules as they count for the user: the shipped ones under the layer in the data folder."""

from __future__ import annotations

from coltiva.contact_store import default_folder
from coltiva.library import Library

RULES = "rules"


def user_library() -> Library:
    """Return the rules under the user's layer."""
    return Library(own=default_folder() / RULES)
