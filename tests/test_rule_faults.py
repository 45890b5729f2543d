"""What is broken in a rule is told in six languages: every place that says so names a code, and every code has its words."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Formatter

import pytest

from coltiva.cli import main
from coltiva.errors import Fault, RulePackError, RuleProblem
from coltiva.library import LANGUAGES, Library
from coltiva.rule_pack import Pack
from coltiva.rule_yaml import read_rule_text
from coltiva.speech import Speech

SERVER = Path(__file__).resolve().parents[1] / "server" / "coltiva"
# Which argument of a call is the code of its text; ``fail`` is how the reader of phrases makes its errors.
CODED = {"Fault": 1, "PhraseError": 2, "fail": 1, "cls": 2}

Made = tuple[str, ast.Call, list[str]]


def texts_of(language: str) -> dict[str, str]:
    """Return every text on a fault, by its code."""
    spoken = json.loads((SERVER / "speech_texts" / f"{language}.json").read_text("utf-8"))
    shown = json.loads((SERVER / "web" / "texts" / language / "rules.json").read_text("utf-8"))
    return spoken["rule_faults"] | spoken["example_faults"] | spoken["contact_faults"] | shown["phrase_faults"]


def placeholders(text: str) -> set[str]:
    """Return the names that stand in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def made_faults() -> Iterator[Made]:
    """Yield each call that makes a fault: where it stands, the call, and the codes that it may name."""
    for path in sorted(SERVER.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        tables = {
            target.id: [ast.literal_eval(value) for value in node.value.values]
            for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
            for target in node.targets if isinstance(target, ast.Name) and target.id.endswith("_CODES")
        }
        for node in ast.walk(tree):
            name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
            if isinstance(node, ast.Call) and name in CODED and (name != "cls" or path.name == "errors.py"):
                position = CODED[name]
                code = node.args[position] if len(node.args) > position else None
                yield f"{path.name}:{node.lineno}", node, list(codes_of(code, tables))


def codes_of(code: ast.expr | None, tables: dict[str, list[str]]) -> Iterator[str]:
    """Yield the codes that an argument may be: a text as it stands, or an entry of a table of codes."""
    if isinstance(code, ast.Constant):
        yield code.value
    elif isinstance(code, ast.Subscript) and isinstance(code.value, ast.Name):
        yield from tables.get(code.value.id, ())


def values_of(call: ast.Call) -> set[str]:
    """Return the names of the values that a call gives with its code."""
    given = [key.value for argument in call.args if isinstance(argument, ast.Dict) for key in argument.keys if isinstance(key, ast.Constant)]
    return {*given, *(word.arg for word in call.keywords if word.arg)}


def is_passed_on(call: ast.Call) -> bool:
    """Return whether a call only hands on the code of another one."""
    return any(isinstance(argument, ast.Attribute) and argument.attr == "code" for argument in call.args) or any(
        isinstance(argument, ast.Name) and argument.id == "code" for argument in call.args
    )


def test_every_place_names_a_code_with_its_values() -> None:
    """Wherever a fault is made, its code has a text, and all that stands in the text is given."""
    texts, named = texts_of("en"), set()
    for place, call, codes in made_faults():
        assert codes or is_passed_on(call), f"{place} names no code"
        named.update(codes)
        for code in codes:
            assert code in texts, f"{place} names {code}, which has no text"
            assert placeholders(texts[code]) <= values_of(call), f"{place} does not give what {code} says"
    assert set(texts) - named == {"in_phrase"}


def test_a_problem_is_made_of_a_fault() -> None:
    """No module hands a bare text to ``RuleProblem`` or to ``problem`` of a document."""
    for path in sorted(SERVER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
            if isinstance(node, ast.Call) and name in ("RuleProblem", "problem"):
                told = node.args[-1 if name == "RuleProblem" else 1] if len(node.args) > 1 else None
                assert not isinstance(told, ast.Constant | ast.JoinedStr), f"{path.name}:{node.lineno} names no code"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_words_in_every_language(language: str) -> None:
    """The six languages know the same codes with the same placeholders, each in words of its own."""
    own, english = texts_of(language), texts_of("en")
    assert {code: placeholders(text) for code, text in own.items()} == {code: placeholders(text) for code, text in english.items()}
    assert language == "en" or [code for code in own if own[code] == english[code]] == []
    spoken = json.loads((SERVER / "speech_texts" / f"{language}.json").read_text("utf-8"))
    groups = ("rule_faults", "example_faults", "contact_faults")
    assert sum(len(spoken[group]) for group in groups) == len({code for group in groups for code in spoken[group]})


BROKEN = [
    ("kind: sale\nkind: money\nphrases: [a]\nexamples: {}\n", "2:1: «kind» è qui per la seconda volta"),
    ("kind: sale\nphrase: [a]\nphrases: [a]\nexamples: {}\n", "2:9: Qui non c’è «phrase»; quello che c’è: kind, phrases"),
    ("kind: sale\nphrases: a\nexamples: {}\n", "2:10: Qui ci vuole una lista."),
    ("kind: sale\nphrases: [1]\nexamples: {}\n", "2:11: Qui ci vuole un testo."),
    ("kind: sale\nphrases: [a]\nexamples: []\n", "3:11: Qui ci vogliono chiavi"),
    ("kind: sale\nphrases: [a]\nexamples: {}\nenabled: 1\n", "4:10: Qui ci vuole true o false."),
    ("kind: sale\nphrases: [a]\nexamples: {}\nfallback: a\n", "4:11: Qui ci vuole un numero intero."),
    ("kind: sale\nphrases:\n  - buy (this\nexamples: {}\n", "3:9: In «buy (this»: Manca «)» per chiudere questa «(»."),
    ("kind: sale\nphrases:\n  - buy @nothing\nexamples: {}\n", "3:5: In «buy @nothing»: Non c’è una lista che si chiama «@nothing»."),
    ("kind: sale\nphrases:\n  - no\nexamples: {}\n", "3:5: «no» va fra virgolette; senza, YAML lo legge come sì o no."),
    ("kind: sale\nphrases: [2026-05-14, a]\nexamples: {}\n", "2:11: «2026-05-14» va fra virgolette; senza, YAML lo legge come una data."),
    ("kind: sale\nphrases: [1.5]\nexamples: {}\n", "2:11: «1.5» va fra virgolette; senza, YAML lo legge come un numero."),
    ("kind: sale\nphrases: [12:30]\nexamples: {}\n", "2:11: «12:30» va fra virgolette; senza, YAML lo legge come un altro numero."),
    ("kind: sale\nphrases: [!x a]\nexamples: {}\n", "2:11: «a» va fra virgolette; senza, YAML lo legge come un’altra cosa."),
    ("kind:\nphrases: [a]\nexamples: {}\n", "1:6: Qui manca un testo; una parola che YAML prende per niente, come null, va fra virgolette."),
    ("kind: sale\nphrases: [a\n", "3:1: Questo non è YAML valido (did not find expected ',' or ']')."),
    ("kind: \0\n", "1:1: Questo file non si può leggere ("),
    ("[a]: sale\n", "1:1: Una chiave dev’essere una semplice parola."),
    ("kind: selling\nphrases: [a]\nexamples: {}\n", "1:7: «selling» non è fra questi: money,"),
    ("kind: sale\nexamples: {}\n", "1:1: Qui manca «phrases»."),
]


@pytest.mark.parametrize(("broken", "said"), BROKEN)
def test_what_is_broken_in_a_rule(make_pack: Callable[..., Pack], broken: str, said: str) -> None:
    """In Italian, after the place that English names too; no other language says it in the words of English."""
    (problem,) = make_pack(asks__broken_yml=broken).problems
    assert Speech("it").problem(problem).startswith(f"en/asks/broken.yml:{said}")
    told = [Speech(language).problem(problem) for language in LANGUAGES]
    assert len(set(told)) == len(LANGUAGES)
    assert all(line.startswith(f"{problem.place}: ") and "\n" not in line for line in told)


@pytest.mark.parametrize("levels", [33, 900, 20_000])
@pytest.mark.parametrize("nest", [
    lambda levels: "kind: " + "[" * levels + "]" * levels,
    lambda levels: "".join(f"{' ' * i}a:\n" for i in range(min(levels, 2_000))) + " " * levels + "b",
    lambda levels: "kind: &again [*again]",
], ids=["lists", "keys", "within itself"])
def test_values_nested_too_deep(nest: Callable[[int], str], levels: int) -> None:
    """However deep values are nested, that is one fault with its place, told in the user's language."""
    with pytest.raises(RulePackError) as caught:
        read_rule_text(nest(levels), "en/asks/deep.yml")
    assert caught.value.problem.fault.code == "too_deep"
    assert Speech("it").error(caught.value).endswith(": Qui i valori sono annidati troppo in profondità.")


def test_aliases_that_make_millions_of_values() -> None:
    """A few lines whose aliases name each other are one fault, at once."""
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9))
    with pytest.raises(RulePackError) as caught:
        read_rule_text(bomb, "en/asks/bomb.yml")
    assert caught.value.problem.fault.code == "too_many_values"


def test_values_nested_as_deep_as_may_be() -> None:
    """What is nested less is read."""
    assert read_rule_text("a: " + "[" * 31 + "b" + "]" * 31, "x.yml").content


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("en/asks/x.yml", "extends: en/asks/introdction\n", "1:10: Eine mitgelieferte Regel en/asks/introdction gibt es nicht; es gibt en/asks/introduction."),
        ("en/asks/x.yml", "extends: nowhere\n", "1:10: Eine mitgelieferte Regel nowhere gibt es nicht."),
        ("en/asks/x.yml", "extends: en/asks/sale\nseverity: high\n", "2:11: „high“ ist keines von diesen: info, warning, error."),
        ("en/asks/x.yml", "extends: en/asks/sale\nremove: {phrases: [never there]}\n", "2:20: en/asks/sale hat keine Phrase „never there“"),
        ("en/asks/sale.yml", "kind: sale\nphrases: [a]\nexamples: {}\n", "1:1: Eine mitgelieferte Regel heißt schon en/asks/sale."),
        ("asks.yml", "[]\n", "1:1: Was hier stehen kann: asks:."),
        ("asks.yml", "asks: {introduction: 1}\n", "1:22: Was hier stehen kann: needs:."),
        ("asks.yml", "asks: {introduction: {needs: fame}}\n", "1:30: „fame“ ist keines von diesen: stranger, visibility"),
        ("asks.yml", "asks: {introductions: {needs: visibility}}\n", "1:23: „introductions“ gibt es hier nicht; was es gibt: money"),
        ("asks.yml", "asks: {introduction: {need: visibility}}\n", "1:29: „need“ gibt es hier nicht; was es gibt: needs."),
        ("stages.yml", "gates:\n  visibility_days: {value: 0}\n", "2:28: Hier gehört eine ganze Zahl von 1 bis 100000 hin."),
        ("signals.yml", "growing:\n  thanks: {enabled: 1}\n", "2:21: Hier gehört true oder false hin."),
        ("channels.yml", "channel: {}\n", "1:10: Die Werte stehen unter einem von diesen: channels, limits."),
    ],
)
def test_what_is_broken_in_the_users_layer(tmp_path: Path, library: Library, name: str, content: str, said: str) -> None:
    """In German, after the place."""
    path = tmp_path / "rules" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    trial = library.trial(tmp_path / "rules", "mine")
    trial.load_own()
    (problem,) = trial.own_problems
    assert Speech("de").problem(problem).startswith(f"mine/{name}:{said}")


def test_a_code_without_words_falls_back_to_english() -> None:
    """A fault that no language knows is told as it stands; one that stops everything is told in the user's language."""
    say = Speech("it")
    assert say.problem(RuleProblem("a.yml", 1, 2, Fault("expected x", "unheard"))) == "a.yml:1:2: expected x"
    error = RulePackError(RuleProblem("asks.yml", 1, 1, Fault("asks: 'needs'", "unusable_group", {"group": "asks", "reason": "'needs'"})))
    assert str(error) == "asks.yml:1:1: asks: 'needs'"
    assert say.error(error) == "asks.yml:1:1: I valori sotto asks non si possono usare ('needs')."


def test_the_commands_tell_what_is_broken(own_data_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``rules check``, ``rules list`` and ``doctor`` say it in the language chosen, in Italian and in German."""
    rules = own_data_folder / "rules"
    (rules / "en" / "asks").mkdir(parents=True)
    (rules / "en" / "asks" / "mine.yml").write_text("kind: sale\nphrases: [buy (this]\nexamples: {flag: [Hello], pass: [Bye]}\n")
    (rules / "asks.yml").write_text("asks: {introduction: {needs: fame}}\n")
    for language, phrase, example, value in (
        ("it", "In «buy (this»: Manca «)»", "en/asks/mine: non trova nulla nel suo esempio di flag: Hello", "«fame» non è fra questi"),
        ("de", "In „buy (this“: Es fehlt „)“", "en/asks/mine: findet nichts im eigenen Beispiel unter flag: Hello", "„fame“ ist keines von diesen"),
    ):
        assert main(["--language", language, "rules", "check", "en"]) == 1
        out = capsys.readouterr().out
        assert re.search(rf"mine\.yml:2:15: {re.escape(phrase)}", out)
        assert example in out
        assert f"asks.yml:1:30: {value}" in out
        assert main(["--language", language, "rules", "list", "en", "--own"]) == 1
        assert f"asks.yml:1:30: {value}" in capsys.readouterr().out
        assert main(["--language", language, "doctor"]) == 1
        assert f"asks.yml:1:30: {value}" in capsys.readouterr().out
