"""The mouse in Firefox: an element is clicked where it stands and once it rests there, or nothing is clicked at all."""

from __future__ import annotations

import json
from typing import Any, Protocol

# The element that a selector finds, in open shadow roots too, brought into view, once it has stayed in the same place of the window
# for a moment: a page that is still filling pushes it away again.
_AT_REST = """((selector) => {
  const look = (root) => root.querySelector(selector)
    ?? [...root.querySelectorAll('*')].reduce((found, one) => found ?? (one.shadowRoot && look(one.shadowRoot)), null);
  return (async () => {
    const element = look(document);
    if (!element) return null;
    element.scrollIntoView({ block: 'nearest' });
    const before = element.getBoundingClientRect();
    await new Promise((done) => setTimeout(done, 50));
    const now = element.getBoundingClientRect();
    const isInside = now.height && now.top >= 0 && now.top + now.height / 2 < innerHeight;
    return element.isConnected && before.top === now.top && before.left === now.left && isInside ? element : null;
  })();
})(%s)"""
# What the mouse does beside the element is kept from the page: it moved after all, and another look is due.
_GUARD = """(element) => {
  let hit = window.hitByTheMouse = false;
  const guard = (event) => {
    if (event.type === 'pointerdown') {
      hit = [element, ...element.labels ?? []].some((one) => event.composedPath().includes(one));
      window.hitByTheMouse = hit;
    }
    if (hit) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const kinds = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'];
  for (const kind of kinds) window.addEventListener(kind, guard, true);
  window.takeGuardAway = () => {
    for (const kind of kinds) window.removeEventListener(kind, guard, true);
    return window.hitByTheMouse;
  };
}"""
_TRIES = 100


class _Browser(Protocol):
    def call(self, method: str, **parameters: object) -> dict[str, Any]: ...


def _found(browser: _Browser, context: str, selector: str) -> dict[str, Any] | None:
    looked = browser.call("script.evaluate", expression=_AT_REST % json.dumps(selector), target={"context": context}, awaitPromise=True)
    result: dict[str, Any] = looked["result"]
    return {"sharedId": result["sharedId"]} if result["type"] == "node" else None


def _is_hit(browser: _Browser, context: str, element: dict[str, Any]) -> bool:
    """Click the middle of an element, and return whether it was there that the button went down."""
    target = {"context": context}
    browser.call("script.callFunction", functionDeclaration=_GUARD, arguments=[element], target=target, awaitPromise=False)
    there = {"type": "element", "element": element}
    actions = [{"type": "pointerMove", "x": 0, "y": 0, "origin": there}, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
    try:
        browser.call("input.performActions", context=context, actions=[{"type": "pointer", "id": "mouse", "actions": actions}])
        done = browser.call("script.evaluate", expression="window.takeGuardAway?.()", target=target, awaitPromise=False)
    except AssertionError as error:
        # A click may close the page in which it is made, or lead to another; one beside the element does neither.
        if "no longer exist" in str(error) or "no such frame" in str(error):
            return True
        raise
    return done["result"].get("value") is not False


def click(browser: _Browser, context: str, selector: str) -> None:
    """Click an element once it rests; where it moves from under the mouse meanwhile, look and click again."""
    for _ in range(_TRIES):
        element = _found(browser, context, selector)
        if element and _is_hit(browser, context, element):
            return
    raise AssertionError(f"{selector} never rested under the mouse")
