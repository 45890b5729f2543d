"""The lines that rewrites are made of: written for everybody, and no asks themselves."""

from datetime import date
from itertools import product

import pytest

from coltiva.contacts import Contact, Direction, Event, EventKind
from coltiva.draft import read_draft
from coltiva.history import Stage, relate
from coltiva.linting import SentenceMatcher, lint
from coltiva.linting.finding import Severity
from coltiva.rewrite_file import DAYS, GROUNDS, STRATEGIES
from coltiva.rewrite_lines import Line, Purpose, line_id
from coltiva.rewriting.saying import blanks_of, filled
from tests.shipped import LIBRARY

TODAY = date(2026, 5, 14)
MET = Event("m1", date(2026, 3, 2), EventKind.MEETING, Direction.BOTH)
KNOWN = (
    MET,
    Event("c1", date(2026, 4, 2), EventKind.CALL, Direction.BOTH),
    Event("c2", date(2026, 4, 9), EventKind.CALL, Direction.BOTH),
    Event("g1", date(2026, 4, 10), EventKind.RECEIVED, Direction.RECEIVED),
)
HISTORIES = {Stage.STRANGER: (), Stage.VISIBILITY: (MET,), Stage.CREDIBILITY: KNOWN}
VALUES = {"topic": "jazz", "place": "Jazz", "company": "Acme", "thing": "Jazz", "note": "jazz", "liked": "jazz", "name": "Ada Lovelace"}
FORMS = {"en": ("any",), "es": ("informal", "formal", "vos"), "pt": ("informal", "formal", "tu")}


def stage_of(line: Line) -> Stage:
    """Return the first stage at which a line may be said; what speaks of the past needs one."""
    stages = [stage for stage in HISTORIES if not line.stages or stage.word in line.stages]
    return stages[0] if line.ground in ("", "company", "note", "target") else max(stages[0], Stage.VISIBILITY)


@pytest.mark.parametrize("language", LIBRARY.languages)
def test_lines_ask_for_nothing_too_early(language: str) -> None:
    """Nearly all lines pass the linter on their own, at the first stage for which they are meant."""
    lines = LIBRARY.rewrite_lines(language)
    assert lines is not None
    matcher = SentenceMatcher(LIBRARY.pack(language), LIBRARY.reader(language))
    values = VALUES | {"when": lines.file.when.month.format(month=lines.file.when.months.split()[2])}
    caught, count = [], 0
    for line in (line for group in lines.lines.values() for line in group):
        text = filled(line, {slot: values[slot] for slot in line.slots}, (), lines).text
        relation = relate(HISTORIES[stage_of(line)], TODAY, LIBRARY.gates)
        draft = read_draft(text, matcher.pack.wording)
        found = lint(draft, relation, Contact("Anna"), "email", LIBRARY, matcher)
        count += 1
        if any(f.premature or (f.category == "signal" and f.span.of(text) not in blanks_of(text)) for f in found):
            caught.append(text)
    assert len(caught) <= count // 20, caught


@pytest.mark.parametrize("language", LIBRARY.languages)
def test_every_strategy_has_lines_for_every_form_of_address(language: str) -> None:
    """Whoever is addressed, each strategy and each kind of fact has something to say, and each ask of an acquaintance."""
    lines = LIBRARY.rewrite_lines(language)
    assert lines is not None
    for form in FORMS.get(language, ("informal", "formal")):
        fit = {g: [x for x in lines.lines[g] if x.register == form or (x.register == "any" and form not in x.others)] for g in lines.lines}
        for strategy in STRATEGIES:
            plain = [line for line in fit[strategy] if not line.ground]
            assert len(plain) >= 3, (strategy, form)
        said = {line.ground for group in fit.values() for line in group}
        assert set(GROUNDS) <= said, (form, set(GROUNDS) - said)
        for kind in LIBRARY.asks:
            for_kind = [x for x in fit["smaller"] if kind in x.asks or not x.asks]
            known = [x for x in for_kind if not x.ground and (not x.stages or "visibility" in x.stages)]
            assert len(known) >= 3, (kind, form)
            # Advice, a meeting and attention are what an acquaintance may be asked for. Where business was to be
            # sent, asking for advice instead was judged unfit (two of three times and more).
            in_its_place = [x for x in fit["instead"] if kind in x.asks]
            assert bool(in_its_place) is (LIBRARY.asks[kind].needs > Stage.VISIBILITY and kind != "referral"), (kind, form)


@pytest.mark.parametrize("language", LIBRARY.languages)
@pytest.mark.parametrize(("strategy", "days"), [("wait", 5), ("smaller", 5), ("give_first", 3), ("reconnect", 5)])
def test_no_line_has_to_be_said_again_for_days(strategy: str, days: int, language: str) -> None:
    """For each form of address, stage and ask, and whatever stays of a message, several lines that need no fact.

    To strangers nothing is given, nobody is missed, and few questions do not come out of nowhere: of these there need
    not be so many.
    """
    lines = LIBRARY.rewrite_lines(language)
    assert lines is not None
    for form in FORMS.get(language, ("informal", "formal")):
        fit = [x for x in lines.lines[strategy] if x.register == form or (x.register == "any" and form not in x.others)]
        plain = [x for x in fit if not x.ground and not x.channels and x.senders != "several"]
        stages = ("stranger",) * (strategy == "wait") + ("visibility", "credibility")
        for stage, kind, context, day in product(stages, LIBRARY.asks, ("nothing", "own", "words"), DAYS):
            said = {
                x.text
                for x in plain
                if (not x.stages or stage in x.stages) and (not x.asks or kind in x.asks) and (not x.after or context in x.after)
                if not (x.goes_on and context == "nothing") and (not x.days or day in x.days)
            }
            assert len(said) >= days, (form, stage, kind, context, day)


@pytest.mark.parametrize("language", LIBRARY.languages)
def test_a_line_is_said_only_for_what_it_is_meant_for(language: str) -> None:
    """Whatever a line names, it is not said for anything else, and is said again once that is wanted."""
    lines = LIBRARY.rewrite_lines(language)
    assert lines is not None
    left_out = set()
    for group, said in lines.lines.items():
        for line in said:
            first = [sorted(names)[0] if names else "" for names in (line.stages, line.asks, line.channels, line.after, line.days)]
            stage, ask, channel, after, day = first
            fits = Purpose(line.register, stage, frozenset({ask}), channel, after or "words", line.senders == "several", day)
            assert line in lines.lines.meant_for(group, fits)
            others = {"register": "nobody's", "stage": "none", "kinds": frozenset(), "channel": "none", "context": "nowhere", "several": line.senders == "one", "day": "never"}
            named = {"register": True, "stage": line.stages, "kinds": line.asks, "channel": line.channels, "context": line.after, "several": line.senders, "day": line.days}
            for field, other in others.items():
                purpose = fits._replace(**{field: other})
                is_meant = line.register == "any" if field == "register" else not named[field]
                assert (line in lines.lines.meant_for(group, purpose)) is is_meant, (line.text, field)
                left_out |= set() if is_meant else {field}
            assert (line in lines.lines.meant_for(group, fits._replace(context="nothing"))) is not (line.goes_on or (bool(line.after) and "nothing" not in line.after))
    assert {"register", "stage", "kinds", "context", "day"} <= left_out


@pytest.mark.parametrize("language", LIBRARY.languages)
def test_lines_are_whole_sentences(language: str) -> None:
    """Each begins with a capital or a slot and ends with a stop; no two of one group are the same in one form of address."""
    lines = LIBRARY.rewrite_lines(language)
    assert lines is not None
    for group, said in lines.lines.items():
        for line in said:
            assert line.text.rstrip()[-1] in ".?!", line.text
            assert line.text.lstrip("¿¡")[0] == "{" or line.text.lstrip("¿¡")[0].isupper(), line.text
        keys = [(line.register, line.text, line.ground, line.stages, line.asks, line.after) for line in said]
        assert len(keys) == len(set(keys)), group


@pytest.mark.parametrize("language", LIBRARY.languages)
def test_added_ways_out_are_seen(language: str) -> None:
    """What a lighter rewrite adds for a no counts as a way out where the message is linted again."""
    lines = LIBRARY.rewrite_lines(language)
    assert lines is not None
    matcher = SentenceMatcher(LIBRARY.pack(language), LIBRARY.reader(language))
    relation = relate(KNOWN, TODAY, LIBRARY.gates)
    unseen = []
    for line in lines.lines["lighter"]:
        draft = read_draft(filled(line, {}, (), lines).text, matcher.pack.wording)
        found = lint(draft, relation, Contact("Anna"), "email", LIBRARY, matcher)
        unseen += [] if "easy_out" in {finding.kind for finding in found} else [line.text]
    assert not unseen


@pytest.mark.parametrize("language", LIBRARY.languages)
def test_every_blank_is_linted_as_a_placeholder(language: str) -> None:
    """Whatever a line leaves open is underlined as an error, so that nobody sends it so."""
    lines = LIBRARY.rewrite_lines(language)
    assert lines is not None
    matcher = SentenceMatcher(LIBRARY.pack(language), LIBRARY.reader(language))
    open_lines = [line for group in lines.lines.values() for line in group if line.has_blank]
    assert open_lines
    for line in open_lines:
        found = lint(read_draft(line.text, matcher.pack.wording), relate((), TODAY, LIBRARY.gates), Contact("Anna"), "email", LIBRARY, matcher)
        marked = [f.span.of(line.text) for f in found if f.kind == "placeholder" and f.severity is Severity.ERROR and "[" in f.span.of(line.text)]
        assert marked == list(blanks_of(line.text)), line.text


@pytest.mark.parametrize("language", LIBRARY.languages)
def test_nothing_is_offered_to_strangers_out_of_nowhere(language: str) -> None:
    """What is offered to somebody unknown rests on a fact, or is to tell more of what was told; anything else is a phrase."""
    lines = LIBRARY.rewrite_lines(language)
    assert lines is not None
    unfounded = [x.text for x in lines.lines["give_first"] if not x.ground and (not x.stages or "stranger" in x.stages) and x.after != {"own"}]
    assert unfounded == []


@pytest.mark.parametrize("language", LIBRARY.languages)
def test_memories_name_no_month(language: str) -> None:
    """A memory with its date reads like an entry in the books; a promise may say when it was made."""
    lines = LIBRARY.rewrite_lines(language)
    assert lines is not None
    dated = {x.ground for group in lines.lines.values() for x in group if "when" in x.slots}
    assert dated <= {"promise", "overdue", "was_asked"}


@pytest.mark.parametrize("language", LIBRARY.languages)
def test_what_a_line_was_judged_as_is_known(language: str) -> None:
    """Each reworded line is said, and the words that people judged in its place are those that the ranker has learnt of."""
    lines, reader = LIBRARY.rewrite_lines(language), LIBRARY.reader(language)
    assert lines is not None
    assert reader is not None
    assert reader.ranker is not None
    said = {(group, line.text) for group, many in lines.lines.items() for line in many}
    learnt = reader.ranker.network.worth
    for text, judged in lines.file.judged_as.items():
        groups = [group for group, own in said if own == text]
        assert groups, text
        assert any(line_id(group, judged) in learnt for group in groups), judged
