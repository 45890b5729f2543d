"""An input method in Firefox: what it composes, changes and commits takes the way of a real one, from the browser's window into the page."""

from __future__ import annotations

import json

from .firefox import Firefox

_METHOD = """((act) => {
  globalThis.inputMethod ??= Cc['@mozilla.org/text-input-processor;1'].createInstance(Ci.nsITextInputProcessor);
  if (!inputMethod.beginInputTransactionForTests(window)) return false;
  // The page sees that a key went down, not which.
  const key = (type) => new KeyboardEvent(type, { key: 'n', code: 'KeyN', keyCode: KeyboardEvent.DOM_VK_N });
  return act(inputMethod, key('keydown'), %s);
})"""
_COMPOSE = """(method, key, text) => {
  method.setPendingCompositionString(text);
  if (text) method.appendClauseToPendingComposition(text.length, method.ATTR_RAW_CLAUSE);
  method.setCaretInPendingComposition(text.length);
  return method.flushPendingComposition(key);
}"""
_COMMIT = "(method, key, text) => method.commitCompositionWith(text, key)"


def compose(firefox: Firefox, text: str) -> None:
    """Let *text* be what is composed where the caret is, in place of what was composed before."""
    _act(firefox, _COMPOSE, text)


def commit(firefox: Firefox, text: str) -> None:
    """End the composition with *text*."""
    _act(firefox, _COMMIT, text)


def _act(firefox: Firefox, act: str, text: str) -> None:
    done = firefox.run(firefox.chrome, f"{_METHOD % json.dumps(text)}({act})")
    assert done is True, f"the input method could not write {text!r}"
