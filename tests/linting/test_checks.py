"""The checks that count and compare: what each flags, and what it lets pass."""

from __future__ import annotations

from datetime import date

import pytest

from coltiva.payloads import request_from_json
from coltiva.review import Reviewer
from tests.shipped import LIBRARY

REVIEWER = Reviewer(LIBRARY)
SENT = [{"date": f"2026-04-0{day}", "kind": "message", "direction": "sent"} for day in (1, 5)]
REPLY = {"date": "2026-04-07", "kind": "message", "direction": "received"}


def findings(text: str, kind: str, **fields: object) -> list[str]:
    """Return the quotes of the findings of one kind."""
    body = {"text": text, "today": "2026-05-14", "language": "en", **fields}
    report = REVIEWER.review(request_from_json(body, today=date(2026, 5, 14)))
    return [f.span.of(text) for f in report.findings if f.kind == kind]


@pytest.mark.parametrize("placeholder", [
    "{{FirstName}}", "{{ first_name }}", "{% if name %}", "${name}", "{Name}", "%FIRSTNAME%", "%%name%%", "<<Name>>", "*|FNAME|*",
    "<first name>", "[Company]", "[your company]", "[Nome]", "[Vorname]", "FIRSTNAME", "XXXX", "____",
])
def test_flags_placeholders_of_every_style(placeholder: str) -> None:
    """Each style of mail merge is found whole."""
    assert findings(f"Hello {placeholder}, how are you?", "placeholder") == [placeholder]


@pytest.mark.parametrize("text", ["I read [...] and liked it", "a 50% rise and 20% fall", "see [1] and (name)", "x < y > z", "C{2}", "snake_case_name"])
def test_passes_what_only_looks_like_a_placeholder(text: str) -> None:
    """Percentages, footnotes, comparisons and ellipses are none."""
    assert findings(text, "placeholder") == []


def with_rules(rows: list[tuple[str, str, object]]) -> list[tuple[str, str, object]]:
    """Return the rows whose language has rules."""
    return [row for row in rows if row[0] in REVIEWER.library.languages]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    with_rules([("en", "Hi Marc, how are you?", ["Marc"]), ("en", "Dear Mr Oudin, thanks.", ["Oudin"]), ("it", "Gentile Laura, grazie.", ["Laura"]),
     ("de", "Sehr geehrter Herr Dr. Braun, danke.", ["Braun"]), ("fr", "Bonjour Paul, merci.", ["Paul"]), ("es", "Hola Ana, gracias.", ["Ana"]),
     ("pt", "Olá João, obrigado.", ["João"])]),
)
def test_flags_another_name_in_the_greeting(language: str, text: str, expected: list[str]) -> None:
    """A greeting to somebody else is found in each language."""
    assert findings(text, "wrong_name", language=language, contact={"name": "Mark Lee"}) == expected


@pytest.mark.parametrize("text", [
    "Hi Mark, how are you?", "hi mark how are you", "Dear Mr Lee, thanks.", "Hi there, thanks.", "Hello, Anna told me.", "Hi Marky, thanks.",
    "Hi Mark and Ann, thanks.", "Good morning! Paris was lovely.", "Thanks Paul for this.", "Hi M., thanks.", "Hello from Paris, where it rains.",
])
def test_passes_the_right_name_and_no_name(text: str) -> None:
    """The contact's own name, its parts and short forms, and greetings without a name are left alone."""
    assert findings(text, "wrong_name", contact={"name": "Mark Lee"}) == []


@pytest.mark.parametrize(
    ("language", "greeting", "name", "is_other"),
    [
        ("pt", "Oie Bia", "Beatriz Souza", False),
        ("es", "Hola Lety", "Leticia Cruz", False),
        ("pt", "Exma. Senhora Presidente", "Marta Reis", False),
        ("en", "Hi Lara", "Laura Pratt", True),
        ("en", "Hi Marc", "Mark Lee", True),
        ("en", "Hi Bill", "William Pratt", False),
        ("de", "Hallo Wilhelmine", "Sepp Huber", True),
        ("de", "Hallo Josef", "Sepp Huber", False),
        ("es", "Hola Ana", "Antonio Cruz", True),
        ("en", "Hi Mia", "Michael Lee", True),
    ],
)
def test_pet_names_and_offices_are_no_other_names(language: str, greeting: str, name: str, is_other: bool) -> None:
    """Short forms that do not begin a name are listed, and count both ways; a name that is nearly the same is another."""
    assert bool(findings(f"{greeting}, tudo bem?", "wrong_name", language=language, contact={"name": name})) is is_other


@pytest.mark.parametrize(("history", "verdict"), [([], "revise"), ([REPLY], "send")])
def test_a_set_phrase_hunts_among_strangers_only(history: list[dict[str, str]], verdict: str) -> None:
    """People who have talked may hope that each other's mail finds them well; it is still told."""
    text = "Hi Ivan,\n\nI hope this email finds you well. The harbour was full of seals.\n\nAnna"
    body = {"text": text, "today": "2026-05-14", "language": "en", "contact": {"name": "Ivan Misner"}, "history": history}
    report = REVIEWER.review(request_from_json(body, today=date(2026, 5, 14)))
    assert [f.kind for f in report.findings if f.category == "signal"] == ["template"]
    assert report.verdict.decision.value == verdict


def test_an_unknown_contact_has_no_wrong_name() -> None:
    """Without a recorded name there is nothing to compare."""
    assert findings("Hi Marc, how are you?", "wrong_name") == []


@pytest.mark.parametrize(
    ("language", "text", "flagged"),
    with_rules([("it", "La ringrazio molto; quando hai tempo ti scrivo e leggo il tuo libro. Spero che Lei stia bene.", True),
     ("it", "Ti ringrazio, il tuo libro è bello. Anche la sua copertina.", False),
     ("de", "Ich danke Ihnen. Hast du Zeit? Dein Buch und dein Vortrag waren gut.", True),
     ("de", "Danke dir! Sie hat dein Buch gelesen, und ihre Freundin auch.", False),
     ("fr", "Je vous remercie. Tu as le temps ?", True), ("fr", "Je te remercie, ton livre est beau.", False),
     ("es", "Le agradezco a usted. ¿Tú qué tal, y tu libro?", True), ("es", "Gracias por tu libro.", False),
     ("en", "Thanks for your book.", False)]),
)
def test_mixed_address(language: str, text: str, flagged: bool) -> None:
    """Formal and familiar address in one message are flagged, once; either alone passes."""
    assert len(findings(text, "mixed_address", language=language)) == flagged


def test_third_message_without_answer() -> None:
    """Two messages waiting for an answer flag the next; an answer clears it."""
    assert findings("Hello again.", "follow_up", history=SENT) == ["Hello again"]
    assert findings("Hello again.", "follow_up", history=SENT[:1]) == []
    assert findings("Hello again.", "follow_up", history=[*SENT, REPLY]) == []


def test_too_long_counts_as_the_channel_does() -> None:
    """An invitation takes 300 UTF-16 units; an emoji counts two, and what stands beyond is marked."""
    fits = "a" * 298 + "😀"
    assert findings(fits, "too_long", channel="linkedin_invite") == []
    assert findings(fits + "bc", "too_long", channel="linkedin_invite") == ["bc"]
    assert findings(fits + "bc", "too_long", channel="email") == []


def test_too_long_counts_as_the_page_does() -> None:
    """Where the page says how much it takes that counts, less or more than the channel."""
    assert findings("a" * 201, "too_long", channel="linkedin_invite", limit=200) == ["a"]
    assert findings("a" * 200, "too_long", channel="linkedin_invite", limit=200) == []
    assert findings("a" * 301, "too_long", channel="linkedin_invite", limit=500) == []


def test_one_link_is_fine_two_are_many() -> None:
    """The second link is marked."""
    assert findings("See example.com for it.", "many_links") == []
    assert findings("See example.com and example.org.", "many_links") == ["example.org"]


def test_speaking_of_oneself() -> None:
    """Many words for the author and none for the reader are flagged; a balanced message passes."""
    assert findings("I run my shop. I sell my bread. I love my work and my town, and I bake.", "self_centred") == ["I"]
    assert findings("I run my shop. I love your bread. Your work makes my town, and you bake as I do.", "self_centred") == []


HARD = ("Notwithstanding considerable organisational interdependencies characterising institutional collaboration, "
        "comprehensive operationalisation necessitates unequivocally multidimensional conceptualisation, ") * 5
EASY = "We met at the fair. You told me of your bees. I went home and read on. " * 8


def test_hard_to_read() -> None:
    """A long bureaucratic message is flagged, a long simple one is not, a short one never."""
    assert len(findings(HARD, "hard_to_read")) == 1
    assert findings(EASY, "hard_to_read") == []
    assert findings(HARD[:150], "hard_to_read") == []


def test_flags_the_ask_beyond_the_second() -> None:
    """Two asks pass, the third is found; several readings of one sentence are one ask."""
    two = "Could you introduce me to Ann Lee? Could you also review my CV?"
    assert findings(two, "many_asks") == []
    (third,) = findings(f"{two} Would you donate 50 euros to our campaign?", "many_asks")
    assert "donate" in third


@pytest.mark.parametrize("link", ["https://calendly.com/ann/30min", "cal.com/ann", "https://meetings.hubspot.com/ann"])
def test_flags_a_calendar_link_before_a_yes(link: str) -> None:
    """A stranger gets no calendar link; who has answered, or asked for it, may."""
    text = f"Pick a time that suits you: {link}"
    assert findings(text, "early_calendar") == [link]
    assert findings(text, "early_calendar", history=[REPLY]) == []
    assert findings("The programme is on example.com/calendar.", "early_calendar") == []


@pytest.mark.parametrize(("language", "text"), [
    ("en", "It was good to meet you in Turin."), ("it", "Ci siamo incontrati a Torino."), ("es", "Nos conocimos en Turín."),
    ("fr", "Nous nous sommes rencontrés à Turin."), ("de", "Wie besprochen schicke ich die Zahlen."), ("pt", "Nos conhecemos em Turim."),
])
def test_flags_past_contact_that_is_not_recorded(language: str, text: str) -> None:
    """A claim of past contact is found where no contact is recorded, a connection alone included; a reply bears it out."""
    connected = {"date": "2026-04-01", "kind": "connected", "direction": "both"}
    for history in ([], [connected]):
        assert findings(text, "false_history", language=language, history=history), history
    assert findings(text, "false_history", language=language, history=[connected, REPLY]) == []


def no_asks() -> list[tuple[str, str]]:
    """Return the examples of the guards that speak for the second reader, too, each with its language."""
    guards = [(code, LIBRARY.pack(code).guards[f"{code}/guards/{name}"]) for code in LIBRARY.languages for name in ("open-door", "wish-for-answer", "connecting")]
    return [(code, text) for code, guard in guards for text in guard.examples.pass_]


def asks_in(text: str, language: str) -> list[tuple[str, str]]:
    """Return the kind and the rule of each ask in a message to somebody of whom nothing is recorded."""
    report = REVIEWER.review(request_from_json({"text": text, "language": language}, today=date(2026, 5, 14)))
    return [(finding.kind, finding.rule) for finding in report.findings if finding.category == "ask"]


@pytest.mark.parametrize(("language", "text"), no_asks())
def test_an_open_door_a_wish_for_an_answer_and_one_to_connect_are_no_asks(language: str, text: str) -> None:
    """Who may come with questions of their own, or is hoped to answer or to connect, is asked for nothing, whatever rules and readers make of the words."""
    assert asks_in(text, language) == []


@pytest.mark.parametrize(("language", "text"), [
    ("en", "I'd love to connect for a quick call next week."), ("en", "Can you connect me with your boss?"), ("en", "I'd be delighted to count you in, at 5,000 euros."),
    ("it", "Mi piacerebbe entrare in contatto con il tuo capo."), ("it", "Mi piacerebbe collegarmi con Lei per una breve chiamata."),
    ("it", "Vorrei collegarmi con Lei per vedere se possiamo lavorare insieme."), ("es", "Me gustaría conectar contigo para ver si podemos colaborar."),
    ("fr", "J'aimerais entrer en contact avec vous pour voir si nous pouvons travailler ensemble."), ("pt", "Gostaria de me conectar com você para ver se podemos trabalhar juntos."),
    ("es", "Me encantaría conectar contigo en una llamada de 15 minutos."), ("es", "Me gustaría contar con usted entre mis clientes."),
    ("fr", "J'aimerais rejoindre votre équipe."), ("fr", "J'aimerais entrer en contact avec votre responsable achats."),
    ("de", "Können Sie mich mit Ihrem Chef vernetzen?"), ("de", "Wollen wir uns für ein kurzes Telefonat verbinden?"),
    ("pt", "Posso te ligar amanhã às dez?"), ("pt", "Pode me conectar com o seu gerente?"), ("pt", "Adoraria me conectar com você numa call de 15 minutos."),
])
def test_to_connect_for_something_is_an_ask(language: str, text: str) -> None:
    """Only the wish to be connected itself is none: for a call, with somebody else, or as a customer, it is one."""
    assert asks_in(text, language) != []


@pytest.mark.parametrize(("language", "text"), [
    ("en", "If a desk becomes free in your team, I would be grateful for a reply."),
    ("it", "Le allego il curriculum, in attesa di un Suo cortese riscontro."),
    ("de", "Sollte in Ihrem Team eine Stelle frei werden, freue ich mich über eine Antwort."),
])
def test_a_wish_for_an_answer_hides_no_ask_before_it(language: str, text: str) -> None:
    """Only where the wish is the whole sentence does the second reader keep still."""
    assert asks_in(text, language) != []


@pytest.mark.parametrize(("language", "text", "first"), [
    ("en", "Could you introduce me to your publisher, whose books on bells I have read since my childhood in Ghent, or would you put me in touch with the editor?", "Could"),
    ("it", "Potrebbe presentarmi il Suo editore, di cui leggo i libri sulle campane da quando ero bambino a Lucca, oppure mi metterebbe in contatto con il redattore?", "Potrebbe"),
    ("es", "¿Me presentas a tu editor, cuyos libros sobre campanas leo desde que era niño en Burgos, o me pones en contacto con la redactora?", "Me"),
    ("de", "Könntest du mich deinem Verleger vorstellen, dessen Bücher über Glocken ich seit meiner Kindheit in Gent lese, oder mich mit der Lektorin bekannt machen?", "Könntest"),
])
def test_a_sentence_asks_for_one_thing_of_a_kind(language: str, text: str, first: str) -> None:
    """However far apart two clauses ask for it: it is marked from the first to the end, and two kinds are two asks."""
    [quote] = findings(text, "introduction", language=language)
    assert quote.startswith(first)
    assert quote == text.strip("¿?")


def test_two_kinds_in_a_sentence_are_two_asks() -> None:
    """What is asked for besides stands by itself."""
    kinds = [kind for kind, _ in asks_in("Could you introduce me to your publisher, and would you lend me 500 euros?", "en")]
    assert kinds == ["introduction", "money"]
