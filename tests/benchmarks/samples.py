"""Messages for the benchmarks in six languages, of any length, and adversarial ones."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import count
from pathlib import Path

LANGUAGES = ("en", "it", "es", "fr", "de", "pt")
_LONGEST = 640  # characters


def corpus_messages(folder: Path, language: str, number: int = 20) -> list[str]:
    """Return messages of about 600 characters, made of whole development messages of one language."""
    texts = [json.loads(line)["text"] for line in (folder / f"{language}.jsonl").read_text("utf-8").splitlines()]
    joined = " ".join(texts * 2)
    places = range(0, len(joined) - _LONGEST, max(1, (len(joined) - _LONGEST) // number))
    return [_cut(joined[at:], 600) for at in places][:number]


def of_length(texts: Sequence[str], length: int) -> list[str]:
    """Return one message of *length* characters beginning with each of *texts*."""
    return [_cut(" ".join([*texts[i:], *texts[:i]] * (1 + length // 10_000)), length) for i in range(len(texts))]


def _cut(text: str, length: int) -> str:
    start = re.search(r"\S+", text)
    return text[start.start() if start else 0 :][:length].rsplit(" ", 1)[0]


def unseen_words(text: str, number: int) -> str:
    """Return *text* with a word that nothing has seen, another each time, at the end of each clause or sentence."""
    places = count()
    marked = re.sub(r"(?<=\w)(?=[.,!?](?:\s|$))", lambda _: f" w{number}x{next(places)}z", text)
    return f"{marked} w{number}q"


ADVERSARIAL = {
    "could you introduce me to ×": "could you introduce me to ",
    "would you please, ×": "would you please, ",
    "i ×": "i ",
    "one word, no space": "a",
    "{{ ×": "{{ ",
    "a.b. ×": "a.b.",
    "https://a. ×": "https://a.",
    "“quoted ×": "“quoted ",
    "? ×": "? ",
    "from: x, lines ×": "from: x\n",
}
