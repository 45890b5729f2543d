"""The names under which browsers find the fixture pages: those of every site of ``sites.yml``, and one that no entry knows."""

from __future__ import annotations

from pathlib import Path

import yaml

_SITES = Path(__file__).resolve().parents[2] / "shared_rules" / "sites.yml"
_KNOWN = [host for site in yaml.safe_load(_SITES.read_text("utf-8"))["sites"] for host in site["hosts"] if host != "*"]
SITE_NAMES = (*_KNOWN, "forum.example")
