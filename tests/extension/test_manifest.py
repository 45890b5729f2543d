"""What the manifest asks for, and what the extension's files may never do."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from coltiva.rule_tables import CHANNELS

ROOT = Path(__file__).resolve().parents[2]
EXTENSION = ROOT / "extension"
MANIFEST = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))
FILES = sorted(p for p in EXTENSION.rglob("*") if p.suffix in (".js", ".html"))
BANNED = re.compile(r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|new Function|DOMParser|createContextualFragment)\b")


def test_every_permission_is_justified_in_the_readme() -> None:
    """The README's table has a line for all that the browser will ask the user for, and for nothing else."""
    table = re.search(r"\| permission \| why \|\n(?:\|.*\n)+", (ROOT / "README.md").read_text("utf-8"))
    assert table
    named = set(re.findall(r"`([^`]+)`", "".join(line.split("|")[1] for line in table[0].splitlines()[2:])))
    matches = {match for entry in MANIFEST["content_scripts"] for match in entry["matches"]}
    assert named == {*MANIFEST["permissions"], *MANIFEST["host_permissions"], *MANIFEST["optional_host_permissions"], *matches}


def test_what_firefox_names_at_installation_is_explained_in_the_readme() -> None:
    """Each kind of data that Firefox says the extension collects stands below the table, with where it goes."""
    _, _, below = (ROOT / "README.md").read_text("utf-8").partition("| permission | why |")
    collected = MANIFEST["browser_specific_settings"]["gecko"]["data_collection_permissions"]["required"]
    assert collected
    assert [kind for kind in collected if f"(`{kind}`)" not in below] == []


def test_sites_are_known_and_can_be_switched_off() -> None:
    """Every surface writes to a channel that there is, and each site of the manifest has its entry and stands in the options."""
    sites = yaml.safe_load((ROOT / "shared_rules" / "sites.yml").read_text("utf-8"))["sites"]
    assert {surface["channel"] for site in sites for surface in site["surfaces"]} <= set(CHANNELS)
    ids = {f"https://{host}/*": site["id"] for site in sites for host in site["hosts"]}
    listed = re.findall(r"id: '(\w+)', name: '\w+', origin: '([^']+)'", (EXTENSION / "options" / "sites-list.js").read_text("utf-8"))
    matches = {match for entry in MANIFEST["content_scripts"] for match in entry["matches"]}
    assert {(ids[match], match.removesuffix("/*")) for match in matches} == set(listed)


def test_nobody_outside_can_reach_in() -> None:
    """No other page or extension may send messages, what a frame needs has a changing address, and pages reach loopback alone."""
    assert "externally_connectable" not in MANIFEST
    assert [entry["use_dynamic_url"] for entry in MANIFEST["web_accessible_resources"]] == [True]
    policy = dict(part.split(maxsplit=1) for part in MANIFEST["content_security_policy"]["extension_pages"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["connect-src"] == "http://127.0.0.1:*"
    assert "unsafe" not in " ".join(policy.values())
    assert "http" not in " ".join(value for name, value in policy.items() if name != "connect-src")


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(EXTENSION).as_posix())
def test_text_is_set_as_text(path: Path) -> None:
    """No file parses markup or code from a string, and no page has a script or style of its own inline."""
    text = path.read_text("utf-8")
    assert BANNED.findall(text) == []
    if path.suffix == ".html":
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=|https?://", text)


def test_every_file_that_is_named_exists() -> None:
    """The manifest, the pages and their scripts name only files that are there."""
    named = [script for entry in MANIFEST["content_scripts"] for script in entry["js"]]
    named += [*MANIFEST["icons"].values(), MANIFEST["options_ui"]["page"], MANIFEST["side_panel"]["default_path"]]
    for page in (p for p in FILES if p.suffix == ".html"):
        for source in re.findall(r'(?:src|href)="([^"]+)"', page.read_text("utf-8")):
            named.append((page.parent / source).resolve().relative_to(EXTENSION).as_posix())
    assert [name for name in named if not (EXTENSION / name).is_file()] == []
