"""What a hostile page does: it looks around an open card, each way giving a text in which no word of the card may stand, and makes up events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .drawing import DRAWN_RANGES

# Begun before the card opens: what reaches the page meanwhile, and what it is told of loading, drawing and moving.
LISTEN = """() => {
  const heard = window.heard = [];
  for (const type of PerformanceObserver.supportedEntryTypes) {
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => heard.push(
      `${type} ${JSON.stringify(entry)} ${[entry.target, ...(entry.sources ?? []).map(({ node }) => node)].map((one) => one?.outerHTML)}`)))
      .observe({ type, buffered: true });
  }
  for (const type of ['message', 'messageerror', 'error', 'load', 'securitypolicyviolation', 'focusin', 'pointerover', 'toggle', 'storage'])
    window.addEventListener(type, (event) => heard.push(`${type} ${event.target?.outerHTML} ${event.origin} ${JSON.stringify(event.data)} ${event.blockedURI}`), true);
  new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach((node) => heard.push(`added ${node.outerHTML ?? node.data}`))))
    .observe(document, { childList: true, subtree: true, attributes: true });
}"""

# By search, which reaches into closed shadow trees; in Firefox into frames too, but into one of another origin it is refused.
SEARCH = """(words) => {
  document.querySelector('[role=textbox]').focus();
  const isFound = (word, inFrames) => { try { return window.find(word, false, false, true, false, inFrames); } catch { return false; } };
  return words.filter((word) => isFound(word, false) || isFound(word, true)).join(' ');
}"""

LOOK = """(words) => {
  const attempt = (look) => { try { return String(look()); } catch (error) { return String(error); } };
  const elements = [document.documentElement, ...document.querySelectorAll('*')];
  const roots = elements.map((element) => element.shadowRoot).filter(Boolean);
  const names = [...CSS.highlights.keys()];
  const styled = document.querySelector('[role=textbox]');
  const looked = {
    document: [document.documentElement, ...roots].map((root) => root.outerHTML ?? root.innerHTML).join(),
    sheets: [document, ...roots].flatMap((root) => [...root.styleSheets, ...root.adoptedStyleSheets]
      .map((sheet) => attempt(() => [...sheet.cssRules].map((rule) => rule.cssText).join()))).join(),
    styles: names.flatMap((name) => { const style = getComputedStyle(styled, `::highlight(${name})`); return [...style].map((one) => style.getPropertyValue(one)); }).join(),
    boxes: elements.flatMap((element) => { const style = getComputedStyle(element); return [...style].map((one) => style.getPropertyValue(one)); }).join(),
    highlights: [...names, ...DRAWN_RANGES.map(String)].join(),
    entries: JSON.stringify(performance.getEntries()),
    heard: window.heard.join('\\n'),
    frames: attempt(() => [...Array(Math.max(1, window.length)).keys()].map((at) => [window[at]?.name, window[at]?.location.href, window[at]?.document.body.innerText]).join()),
    focus: attempt(() => `${document.activeElement.outerHTML} ${document.activeElement.contentWindow?.location.href} ${[...location.ancestorOrigins ?? []]}`),
    selection: attempt(() => { getSelection().selectAllChildren(document.documentElement); return getSelection(); }),
  };
  getSelection().collapse(styled, 0);
  return { ...looked, search: (SEARCH)(words) };
}""".replace("DRAWN_RANGES", DRAWN_RANGES).replace("SEARCH", SEARCH)

# The extension's own files, asked for in three ways; and what tells that it is there before anything is drawn.
FILES = (
    "manifest.json", "card/card.html", "panel/panel.html", "options/options.html", "icons/coltiva-32.png", "background/worker.js",
    "content/start.js", "_locales/en/messages.json",
)
PROBE = """async ([origin, paths]) => {
  const signs = { runtime: typeof globalThis.chrome?.runtime?.id === 'string', global: 'coltiva' in window, document: /coltiva/i.test(document.documentElement.outerHTML),
    highlights: CSS.highlights.size > 0 };
  const loaded = (name, url, more, element = document.createElement(name)) => new Promise((done) => {
    Object.assign(element, more, { onload: () => done(true), onerror: () => done(false) });
    element[name === 'link' ? 'href' : 'src'] = url;
    if (name === 'link') document.head.append(element);
  }).then((found) => {
    element.remove();
    return found;
  });
  const ways = { fetch: (url) => fetch(url).then(() => true, () => false), image: (url) => loaded('img', url), style: (url) => loaded('link', url, { rel: 'stylesheet' }) };
  const seen = await Promise.all(Object.entries(ways).flatMap(([way, ask]) =>
    paths.map((path) => ask(`${origin}/${path}`).then((found) => [way, path, found]))));
  const entries = performance.getEntriesByType('resource').filter(({ name, responseStatus }) => name.startsWith(origin) && responseStatus === 200);
  performance.clearResourceTimings();
  return { tried: seen.length + Object.keys(signs).length, found: [...seen.filter((one) => one[2]).map(([way, path]) => [way, path]),
    ...entries.map(({ name }) => ['entry', name])], told: Object.keys(signs).filter((sign) => signs[sign]) };
}"""

# Words that the page puts into the editor, with the events that typing sends.
PUT_WORDS = """(element, words) => {
  element.textContent = words;
  for (const type of ['beforeinput', 'input', 'keyup', 'compositionend'])
    element.dispatchEvent(new InputEvent(type, { bubbles: true, composed: true, data: words, inputType: 'insertText' }));
}"""
# Longer than the pause after which the extension looks once more at what was typed.
PAUSE = "() => new Promise((done) => setTimeout(done, 1400))"
# What the page makes up in the place of a hand, over a point of the window.
CLICKS = """(element, [x, y]) => { const at = { bubbles: true, composed: true, cancelable: true, clientX: x, clientY: y, pointerType: 'mouse' };
  for (const aim of [element, document.elementFromPoint(x, y) ?? element])
    for (const type of ['pointermove', 'pointerdown', 'pointerup', 'mousemove', 'mousedown', 'mouseup', 'click'])
      aim.dispatchEvent(new (type.startsWith('pointer') ? PointerEvent : MouseEvent)(type, at));
  for (const key of ['F8', 'Enter', '1', 'i', 'n', 'k', 'Escape'])
    for (const type of ['keydown', 'keyup']) document.activeElement.dispatchEvent(new KeyboardEvent(type, { key, altKey: key === 'F8', bubbles: true, composed: true })); }"""


def told(looked: Mapping[str, str], words: Sequence[str]) -> list[str]:
    """Name each way by which the page has learnt one of the words, once for each word."""
    return [f"{way}: {word}" for way, text in looked.items() for word in words if word in text]
