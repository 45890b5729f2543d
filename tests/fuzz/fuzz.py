"""Coverage-guided fuzzing of whatever reads text from outside; run by hand, for as long as there is time.

``pip install atheris``, then ``python tests/fuzz/fuzz.py TARGET -max_total_time=600`` with one of the targets below. It begins with
what a well-formed file looks like. An input that raises anything but an error of ours ends the run and is written to a file; it then
belongs into ``test_findings.py``.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris
from seeds import SEEDS

with atheris.instrument_imports(include=["coltiva"]):
    from targets import TABLES, import_bytes, lint_text, rule_file  # type: ignore[import-not-found]

    from coltiva.contact_store import ContactStore
    from coltiva.errors import ColtivaError
    from coltiva.library import Library
    from coltiva.phrase_language import parse_phrase
    from coltiva.review import Reviewer

ENDINGS = ("vcf", "csv", "mbox", "json", "zip", *TABLES)


def _targets() -> dict[str, Callable[[bytes], None]]:
    library, folder = Library(), Path(tempfile.mkdtemp())
    reviewer = Reviewer(library)
    store = ContactStore(folder / "data", library.tending, "fuzzing")

    def lint(data: bytes) -> None:
        lint_text(reviewer, data.decode("utf-8", "ignore"))

    def importing(data: bytes) -> None:
        import_bytes(folder, store, ENDINGS[data[0] % len(ENDINGS)] if data else "csv", data[1:])

    return {
        "phrase": lambda data: parse_phrase(data.decode("utf-8", "ignore")) and None,
        "rules": lambda data: rule_file(folder, library, data),
        "import": importing,
        "lint": lint,
    }


def main() -> None:
    """Fuzz the target that the first argument names."""
    name = sys.argv.pop(1)
    target, seeds = _targets()[name], Path(tempfile.mkdtemp())
    for number, seed in enumerate(SEEDS[name]):
        (seeds / str(number)).write_bytes(seed)
        with contextlib.suppress(ColtivaError):
            target(seed)  # what is read once is read before the clock runs

    def one(data: bytes) -> None:
        with contextlib.suppress(ColtivaError):
            target(data)

    atheris.Setup([*sys.argv, str(seeds)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
