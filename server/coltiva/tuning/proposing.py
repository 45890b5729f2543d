"""An ``unless`` phrase proposed from a sentence that was dismissed: short, and harmless to the labelled asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from coltiva.draft import Draft, Sentence, read_draft
from coltiva.linting.matching import SentenceMatcher
from coltiva.rule_pack import Pack, example_texts
from coltiva.tokens import Tokens
from coltiva.tuning.dismissals import Dismissal, folded
from coltiva.tuning.labelled import LabelledMessage
from coltiva.tuning.phrase_help import check_phrase

_FEWEST_WORDS, _MOST_WORDS = 2, 7
_MAX_TRIED = 60
_MAX_PROPOSED = 3
_COMMON_LETTERS = 3  # words of so few letters say little by themselves


@dataclass(frozen=True, slots=True)
class Proposal:
    """A phrase and how many labelled or example asks it would silence too."""

    phrase: str
    harms: int


def propose_unless(
    dismissal: Dismissal, pack: Pack, matcher: SentenceMatcher, messages: Iterable[LabelledMessage]
) -> list[Proposal]:
    """Return a few phrases of the dismissed sentence, the best first; none where the rule finds nothing in it."""
    draft = read_draft(dismissal.sentence, pack.wording)
    places = list(_places(dismissal, draft, matcher))
    if not places:
        return []
    # What must go on being found, as plain folded text: a phrase without gaps is looked for in it as it stands.
    kept = [folded(quote) for message in messages for quote in _quotes(message)]
    kept += [folded(text) for _, text, flagged in example_texts(pack.rules.values()) if flagged]
    proposals: dict[str, Proposal] = {}
    for phrase, plain in _windows(draft, places):
        if len(proposals) >= _MAX_TRIED:
            break
        check = check_phrase(phrase, [dismissal.sentence], pack)
        if check.fault is None and check.found[0]:
            harms = sum(plain in text for text in kept if text != folded(dismissal.sentence))
            proposals[phrase] = Proposal(phrase, harms)
    ranked = sorted(proposals.values(), key=lambda p: (p.harms, abs(len(p.phrase.split()) - 4), len(p.phrase)))
    return ranked[:_MAX_PROPOSED]


def _places(dismissal: Dismissal, draft: Draft, matcher: SentenceMatcher) -> Iterator[tuple[Sentence, int, int]]:
    """Yield the half-open ranges of words that the dismissed rule finds."""
    for sentence, matches in matcher.matches(draft):
        for match in matches:
            if match.rule == dismissal.rule:
                yield sentence, sentence.first + match.start, sentence.first + match.end


def _quotes(message: LabelledMessage) -> Iterator[str]:
    asks = message.record.get("asks")
    for ask in asks if isinstance(asks, list) else ():
        yield str(ask["quote"])


def _windows(draft: Draft, places: Sequence[tuple[Sentence, int, int]]) -> Iterator[tuple[str, str]]:
    """Yield runs of words that touch what was found: as a phrase, and folded between spaces."""
    for sentence, start, end in places:
        for length in (4, 3, 5, 6, 2, _MOST_WORDS):
            for first in range(max(sentence.first, start - length + 1), min(end, sentence.last - length + 1)):
                words = [_word(draft.tokens, i, i == sentence.first) for i in range(first, first + length)]
                plain = draft.tokens.words[first : first + length]
                if all(words) and any(len(word) > _COMMON_LETTERS for word in plain):
                    yield " ".join(words), f" {' '.join(plain)} "


def _word(tokens: Tokens, i: int, opens: bool) -> str:
    """Return a word as a phrase writes it: a name or a number as what it is; nothing where it cannot be written."""
    if tokens.shapes[i]:
        return f"<{tokens.shapes[i]}>"
    if tokens.capitals[i] and not opens and len(tokens.words[i]) > 1:
        return "<name>"
    return tokens.words[i] if tokens.words[i].isalnum() else ""
