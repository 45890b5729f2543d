"""Help while a phrase is written: where it is wrong, what it finds, and which lists and slots there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from coltiva.draft import read_draft
from coltiva.errors import PhraseError
from coltiva.own_rules import lists_for
from coltiva.phrase_compiler import INLINE, NAME_SLOT, SHAPE_SLOTS, Lexicon
from coltiva.phrase_index import PhraseIndex, unusable_phrases
from coltiva.phrase_language import parse_phrase
from coltiva.rule_files import renamed
from coltiva.rule_pack import Pack, local_lists
from coltiva.spans import Span

_SYMBOL = "R:?"
_MAX_NEAR = 3


@dataclass(frozen=True, slots=True)
class PhraseFault:
    """Why a phrase cannot be used: *offset* counts code points, *near* are names that may have been meant."""

    offset: int
    error: PhraseError
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PhraseCheck:
    """A phrase that was tried: its fault, or what it finds in each text (code points)."""

    fault: PhraseFault | None
    found: tuple[tuple[Span, ...], ...]


def known_names(pack: Pack, rule_id: str = "") -> dict[str, list[str]]:
    """Return the names that a phrase of a rule may use: ``lists``, ``slots`` and ``forms``, each in order."""
    rule = pack.rules.get(rule_id) or pack.guards.get(rule_id)
    shared = [name for name in pack.lexicon.lists if "/" not in name and not name.startswith(INLINE)]
    return {
        "lists": sorted({*shared, *(rule.file.lists if rule is not None else ())}),
        "slots": sorted({*SHAPE_SLOTS, NAME_SLOT, *(name for name in ("money", "time", "duration") if name in shared)}),
        "forms": sorted(pack.lexicon.forms),
    }


def check_phrase(text: str, texts: Sequence[str], pack: Pack, rule_id: str = "") -> PhraseCheck:
    """Try one phrase of a rule on *texts*."""
    rule = pack.rules.get(rule_id) or pack.guards.get(rule_id)
    try:
        phrase = renamed(parse_phrase(text), local_lists(rule_id, rule.file.lists if rule is not None else ()))
        lexicon = Lexicon(pack.wording, pack.lexicon.forms, lists_for([phrase], pack.lexicon.lists))
        for _, error in unusable_phrases(lexicon, [phrase]):
            raise error
    except PhraseError as error:
        return PhraseCheck(_fault(text, error, pack, rule_id), ())
    index = PhraseIndex(lexicon, {_SYMBOL: [phrase]}, pack.index.words)
    return PhraseCheck(None, tuple(_found(one, index, pack) for one in texts))


def _found(text: str, index: PhraseIndex, pack: Pack) -> tuple[Span, ...]:
    draft = read_draft(text, pack.wording)
    spans: set[Span] = set()
    for sentence in draft.sentences:
        for hit in index.find(draft.tokens, sentence.first, sentence.last, sentence.question):
            spans.add(Span(draft.tokens.starts[hit.start], draft.tokens.ends[max(hit.start, hit.end - 1)]))
    return tuple(sorted(spans))


def _fault(text: str, error: PhraseError, pack: Pack, rule_id: str) -> PhraseFault:
    """Return the fault, with the place of an unknown name and the known names near it."""
    offset, name = error.offset, str(error.values.get("got", ""))
    if name.startswith("@") or name.endswith("~"):
        bare = name.strip("@~")
        offset = max(0, text.find(name))
        known: Iterable[str] = known_names(pack, rule_id)["lists" if name.startswith("@") else "forms"]
        near = get_close_matches(bare, list(known), _MAX_NEAR, 0.5)
        sign = ("@", "") if name.startswith("@") else ("", "~")
        return PhraseFault(offset, error, tuple(f"{sign[0]}{one}{sign[1]}" for one in near))
    return PhraseFault(offset, error)
