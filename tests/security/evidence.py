"""What the attacks of one run found, as the table that SECURITY.md shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SECURITY_MD = Path(__file__).resolve().parents[2] / "SECURITY.md"
BEGIN, END = "<!-- attacks: begin -->", "<!-- attacks: end -->"
_HEAD = "| # | attack | tried | got in | defence taken out | got in then |\n| --- | --- | ---: | ---: | --- | ---: |"


@dataclass(frozen=True, slots=True)
class Attack:
    """One row: how often an attack was tried and got in, with the defences and with one of them taken out."""

    row: int
    name: str
    tried: int
    got_in: int
    taken_out: str
    got_in_then: int

    def line(self) -> str:
        """Return the row as Markdown."""
        cells = (self.row, self.name, self.tried, self.got_in, self.taken_out, self.got_in_then)
        return "| " + " | ".join(map(str, cells)) + " |"


class Evidence:
    """Collects the attacks of a run."""

    def __init__(self) -> None:
        self.attacks: list[Attack] = []

    def add(self, row: int, name: str, tried: int, got_in: int, taken_out: str, got_in_then: int) -> None:
        """Record an attack, and insist that it fails, and that it works where the defence is taken out."""
        assert tried > 0, f"{name}: nothing was tried"
        assert got_in == 0, f"{name}: {got_in} of {tried} got in"
        assert got_in_then > 0, f"{name}: nothing gets in even with {taken_out}; the attack shows nothing"
        self.attacks.append(Attack(row, name, tried, got_in, taken_out, got_in_then))

    def table(self) -> str:
        """Return all attacks as a Markdown table."""
        rows = sorted(self.attacks, key=lambda attack: (attack.row, attack.name))
        return "\n".join([_HEAD, *(attack.line() for attack in rows)])


def table_in_security_md() -> str:
    """Return the table that SECURITY.md shows."""
    return SECURITY_MD.read_text("utf-8").partition(BEGIN)[2].partition(END)[0].strip()


def write_table(table: str) -> None:
    """Put a table into SECURITY.md."""
    before, _, rest = SECURITY_MD.read_text("utf-8").partition(BEGIN)
    SECURITY_MD.write_text(f"{before}{BEGIN}\n{table}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
