"""Whether the sender of a message sets marks and capitals, so that what is cut and what is added can follow."""

from __future__ import annotations

import re

_SENTENCE_MARK = re.compile(r"[.!?…](?=\s|\Z)")
_MARK_BETWEEN = re.compile(r"[.!?…]\s+\S")
_MIN_WORDS = 8  # of a text from which a habit can be told
# An address to look something up: https://…, form.example/survey, testseite.de, but no mail address.
_LINK = re.compile(
    r"https?://|\bwww\.|\b[\w-]+\.[a-z]{2,8}/\w"
    r"|(?<![@\w.-])[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|app|eu|de|at|ch|it|es|mx|ar|fr|be|ca|pt|br|uk|us|in|link)\b(?!@)"
)
_MAY_LINK = re.compile(r"\.[a-z]|://|www\.")  # one of these stands in every address: a quick look spares a slow one
_LIST_ITEM = re.compile(r"\s*(?:(?:\d{1,2}[.)/]|[-•·*–›])\s|\d\uFE0F?\u20E3|[✔✓✅☑🔹🔸▪►▶→➡👉])")


def has_link(text: str) -> bool:
    """Tell whether an address stands in *text* to look something up."""
    return bool(_MAY_LINK.search(text)) and bool(_LINK.search(text))


def sets_no_marks(text: str) -> bool:
    """Tell whether no sentence ends with a mark; commas alone do not part sentences."""
    return not _SENTENCE_MARK.search(text) and len(text.split()) >= _MIN_WORDS


def parts_sentences(text: str) -> bool:
    """Tell whether a mark stands between two sentences, or at the end of the text."""
    return bool(_MARK_BETWEEN.search(text)) or bool(_SENTENCE_MARK.search(text.rstrip()[-1:]))


def is_one_stretch(text: str) -> bool:
    """Tell whether no mark parts two sentences; one may stand at the end."""
    return not _MARK_BETWEEN.search(text)


def types_small(text: str) -> bool:
    """Tell whether no letter is a capital, names included."""
    return text.islower() and len(text.split()) >= _MIN_WORDS


def is_list_item(line: str) -> bool:
    """Tell whether a line begins with a number or a bullet."""
    return bool(_LIST_ITEM.match(line))
