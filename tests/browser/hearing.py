"""What a screen reader is told of a card that has closed, read from the browser's accessibility trees."""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import CDPSession, Frame, Page

from .extension_pages import NEXT_FRAME

_PATIENCE_SECONDS = 10
# So long it takes at least until a screen reader has begun.
_LASTING_SECONDS = 0.6


def _nodes(session: CDPSession) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    return [node for node in nodes if not node["ignored"]]


def _said(node: dict[str, Any], kind: str) -> str:
    return str(node.get(kind, {}).get("value", ""))


def _is_heard(nodes: list[dict[str, Any]], text: str) -> bool:
    """Tell whether a polite live region holds *text*, and nothing else of the card is there."""
    said = {(_said(node, "role"), _said(node, "name")) for node in nodes}
    live = [one["value"].get("value") for node in nodes if _said(node, "role") == "status" for one in node["properties"] if one["name"] == "live"]
    return ("StaticText", text) in said and live == ["polite"] and not {"dialog", "button", "heading"} & {role for role, _ in said}


def wait_until_heard(page: Page, card: Frame, text: str) -> None:
    """Wait until *text* is heard from the card's frame, and goes on to be heard; the page's own tree has the frame, and not the words."""
    inside, outside = page.context.new_cdp_session(card), page.context.new_cdp_session(page)
    end, since = time.monotonic() + _PATIENCE_SECONDS, 0.0
    while not since or time.monotonic() < since + _LASTING_SECONDS:
        nodes = _nodes(inside)
        if _is_heard(nodes, text):
            since = since or time.monotonic()
        else:
            assert not since, "it is heard no more"
            assert time.monotonic() < end, [(_said(node, "role"), _said(node, "name")) for node in nodes][:8]
        page.evaluate(NEXT_FRAME)
    around = _nodes(outside)
    assert [node for node in around if (_said(node, "role"), _said(node, "name")) == ("Iframe", "Coltiva")], "the frame is hidden"
    assert not [node for node in around if text in _said(node, "name")]
