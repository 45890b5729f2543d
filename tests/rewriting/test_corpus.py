"""Every rewrite of the labelled messages, linted again, asks for nothing too early and claims nothing unrecorded.

All messages of the corpus are checked by ``tests/benchmarks/rewrites_hold.py``; here a sample of each set, and the
development messages whole.
"""

import pytest

from .holding import FOLDERS, LIBRARY, faults, records, reviewed, suggestion_faults

LANGUAGES = [code for code in LIBRARY.languages if LIBRARY.rewrite_lines(code)]
_EVERY = {"development": 1, "own": 5, "mixed": 12, "training": 24, "varied": 20, "everyday": 20, "kindred": 20, "sought": 24}
_EVERY_FRESH = 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_rewrites_hold(language: str) -> None:
    """No rewrite holds an early ask, an unmarked placeholder, a new hunting signal, or a claim without a source."""
    messages = [m for folder in FOLDERS for m in reviewed(records(language, folder, every=_EVERY.get(folder, _EVERY_FRESH)))]
    assert len(messages) > 100
    # Of a mailing whose fields are open, what would stay may be open too.
    filled = [report for _, report in messages if all(finding.kind != "placeholder" for finding in report.findings)]
    assert sum(bool(report.rewriting.rewrites) for report in filled) >= 0.98 * len(filled)
    for request, report in messages:
        assert suggestion_faults(request, report) == []
        for rewrite in report.rewriting.rewrites:
            assert faults(request, report, rewrite) == [], rewrite.text
