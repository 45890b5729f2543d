"""What LABELLING.md says of a labelled message, worked out from its tables and from raw records, independently of the core."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
STAGES = ["stranger", "visibility", "credibility", "profitability"]


def stage_by_table(history: list[dict[str, str]], today: str) -> int:
    """Return the stage's number by the guide's table of stages."""
    talks = {h["date"] for h in history if h["kind"] in ("call", "meeting") or (h["kind"], h["direction"]) == ("message", "received")}
    if not talks:
        return 0
    first, last = (date.fromisoformat(d) for d in (min(talks), max(talks)))
    kinds = {h["kind"] for h in history}
    level = 1
    if len(talks) > 2 and (last - first).days > 29 and kinds & {"gave", "received"}:
        level = 3 if {"gave", "received"} <= kinds else 2
    return max(1, level - 1) if (date.fromisoformat(today) - last).days > 365 else level


def needs_by_table() -> dict[str, int]:
    """Return the number of the stage that each kind of ask needs, as the guide's sentence on it says."""
    guide = (CORPUS / "LABELLING.md").read_text("utf-8")
    said = guide[guide.index("What each ask needs:") : guide.index("An ask is premature where")]
    groups = re.findall(r"((?:`\w+`(?:,\s+)?)+):\s+(\w+)", said)
    return {kind: STAGES.index(stage) for kinds, stage in groups for kind in re.findall(r"`(\w+)`", kinds)}
