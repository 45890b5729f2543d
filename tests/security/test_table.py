"""The table of attacks in SECURITY.md is what the run found; collected last."""

from __future__ import annotations

import pytest

from .evidence import Evidence, table_in_security_md, write_table


def test_security_md_shows_what_the_attacks_found(request: pytest.FixtureRequest, evidence: Evidence) -> None:
    """Every attack of this run stands in the table with its figures; a run of all attacks shows all rows."""
    if request.config.getoption("write_security_table"):
        write_table(evidence.table())
    shown = table_in_security_md().splitlines()
    assert len(shown) > 2, "SECURITY.md shows no table"
    found = evidence.table().splitlines()
    assert [line for line in found if line not in shown] == []
    names = {item.path.name for item in request.session.items if "evidence" in getattr(item, "fixturenames", ())}
    if {path.name for path in request.path.parent.glob("test_row*.py")} <= names | {"test_row_01_any_site.py"}:
        assert shown == found
