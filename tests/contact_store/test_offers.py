"""Which lines were offered to whom is remembered for a season, as ids alone."""

from datetime import date
from pathlib import Path

from coltiva.contact_store import OfferLog

DAY, NEXT, LATER = date(2026, 5, 14), date(2026, 5, 15), date(2026, 9, 1)


def test_a_line_rests_from_the_next_day_on(tmp_path: Path) -> None:
    """On the day of the offer nothing changes; afterwards the line rests, for this contact and for a season."""
    log = OfferLog(tmp_path)
    log.add("c1", ["wait-1", "smaller-2"], DAY)
    assert log.before("c1", DAY) == frozenset()
    assert log.before("c1", NEXT) == {"wait-1", "smaller-2"}
    assert log.before("c2", NEXT) == frozenset()
    assert log.before("c1", LATER) == frozenset()


def test_it_outlives_the_server_and_is_private(tmp_path: Path) -> None:
    """Another log of the same folder knows the same; the file is the user's alone, and forgets what is over."""
    OfferLog(tmp_path).add("c1", ["wait-1"], DAY)
    assert OfferLog(tmp_path).before("c1", NEXT) == {"wait-1"}
    file = tmp_path / "offers.json"
    assert file.stat().st_mode & 0o077 == 0
    OfferLog(tmp_path).add("c2", ["wait-3"], LATER)
    assert b"wait-1" not in file.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["offers.json"]


def test_a_file_that_cannot_be_read_or_written_costs_no_rewrite(tmp_path: Path) -> None:
    """A broken file is begun anew, and a folder that is gone keeps nothing on disk."""
    (tmp_path / "offers.json").write_text("{", encoding="utf-8")
    log = OfferLog(tmp_path)
    log.add("c1", ["wait-1"], DAY)
    assert OfferLog(tmp_path).before("c1", NEXT) == {"wait-1"}
    gone = OfferLog(tmp_path / "gone")
    gone.add("c1", ["wait-1"], DAY)
    assert gone.before("c1", NEXT) == {"wait-1"}
