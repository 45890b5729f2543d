// Underlines in rich editors by CSS Custom Highlights: nothing is added to the page's document.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.richEditor) return;
  const { caret, lineParts, nearView, plainText, underlineStyle } = coltiva;

  // Longer than from one key to the next.
  const PAUSE_MS = 150;

  /** A mark's range, and what of it is drawn. @typedef {{ range: Range, parts: Range[], severity: MarkLook }} Drawn */

  // Names say nothing about who drew them, and differ on every page load.
  const letters = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => String.fromCharCode(97 + (byte % 26))).join('');
  const layers = underlineStyle.severities.map((severity, priority) => {
    const highlight = new Highlight();
    highlight.priority = priority;
    return { severity, name: letters(), highlight };
  });
  /** @type {CSSStyleSheet | null} */
  let sheet = null;

  // Chromium gives these words the colours of a selection there, so the line has to be seen on that ground.
  const GROUND = 'text-decoration-color: HighlightText; text-underline-offset: 0;';

  /** @param {MarkLook} severity */
  const layerOf = (severity) => /** @type {(typeof layers)[number]} */ (layers.find((layer) => layer.severity === severity));

  /** Put the highlights and their style in force where the page has not got them, or has thrown them away. @param {Node} root */
  function install(root) {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(underlineStyle.sheet((severity) => `::highlight(${layerOf(severity).name})`, GROUND));
    }
    for (const { name, highlight } of layers) if (CSS.highlights.get(name) !== highlight) CSS.highlights.set(name, highlight);
    // A sheet of the document alone does not reach into shadow roots in every browser.
    for (const scope of [root, document]) {
      const takesSheets = scope instanceof Document || scope instanceof ShadowRoot;
      if (takesSheets && !scope.adoptedStyleSheets.includes(sheet)) scope.adoptedStyleSheets.push(sheet);
    }
  }

  /** @param {WrittenPlace} a @param {WrittenPlace} b */
  const isSame = (a, b) => a.startContainer === b.startContainer && a.startOffset === b.startOffset &&
    a.endContainer === b.endContainer && a.endOffset === b.endOffset;

  /** @param {WrittenPlace} place */
  function rangeAt({ startContainer, startOffset, endContainer, endOffset }) {
    const range = document.createRange();
    range.setStart(startContainer, startOffset);
    range.setEnd(endContainer, endOffset);
    return range;
  }

  /** Draw other parts of a mark, if they are others. @param {Drawn} one @param {Range[]} parts */
  function redraw(one, parts) {
    if (parts.length === one.parts.length && parts.every((part, i) => isSame(part, /** @type {Range} */ (one.parts[i])))) return;
    const { highlight } = layerOf(one.severity);
    for (const part of one.parts) highlight.delete(part);
    for (const part of parts) highlight.add(part);
    one.parts = parts;
  }

  /**
   * The mark whose range stands at *place*: most often the same mark's, else one that has got another id.
   * @param {Map<string, Drawn>} drawn
   * @param {string} mark
   * @param {WrittenPlace} place
   * @param {MarkLook} severity
   */
  function fitting(drawn, mark, place, severity) {
    /** @param {Drawn | undefined} one */
    const fits = (one) => one?.severity === severity && isSame(one.range, place);
    return fits(drawn.get(mark)) ? mark : [...drawn.keys()].find((id) => fits(drawn.get(id))) ?? null;
  }

  /**
   * A contenteditable element as an editor that can be read and drawn on.
   * @param {HTMLElement} element
   * @param {string} id
   * @param {AbortSignal} signal
   * @returns {DrawnEditor}
   */
  ns.richEditor = (element, id, signal) => {
    /** @type {Map<string, Drawn>} */
    let drawn = new Map();
    /** What was drawn last, and on which text. @type {{ marks: readonly Mark[], on: PlainText | null }} */
    let last = { marks: [], on: null };
    /** @type {PlainText | null} */
    let mapped = null;
    // One key makes several readers ask for the text; it is walked once for each change.
    const changes = new MutationObserver(() => {
      mapped = null;
    });
    changes.observe(element, { childList: true, characterData: true, subtree: true });

    const read = () => {
      if (changes.takeRecords().length) mapped = null;
      return (mapped ??= plainText(element));
    };
    /** @param {Mark} mark */
    const placed = (mark) => {
      const place = read().place(mark.start, mark.end);
      return place ? [{ mark: mark.id, severity: mark.severity, place }] : [];
    };
    const drawLast = () => {
      const places = last.marks.flatMap(placed);
      const isNear = near(places.map(({ place }) => place));
      const old = new Map(drawn);
      /** @type {Map<string, Drawn>} */
      const next = new Map();
      for (const { mark, severity, place } of places) {
        if (!isNear(place)) continue;
        // A range that still stands right is kept: each one that comes or goes is painted again.
        const kept = fitting(old, mark, place, severity);
        if (kept) old.delete(kept);
        const one = drawn.get(kept ?? '') ?? { range: rangeAt(place), parts: [], severity };
        if (!kept) redraw(one, [one.range]);
        next.set(mark, one);
      }
      for (const one of old.values()) redraw(one, []);
      drawn = next;
      partSoon();
    };
    // To look where lines are wrapped takes long where there are many: nobody who types waits for it.
    let pause = 0;
    const partSoon = () => {
      clearTimeout(pause);
      pause = window.setTimeout(() => {
        for (const one of drawn.values()) redraw(one, lineParts(one.range));
      }, PAUSE_MS);
    };
    const resized = new ResizeObserver(partSoon);
    resized.observe(element);
    // Where the text is another by now, whoever drew last is about to draw again.
    const near = nearView(() => {
      if (read() === last.on) drawLast();
    }, signal);
    /** @param {readonly Mark[]} marks */
    const draw = (marks) => {
      if (marks === last.marks && read() === last.on) return;
      last = { marks, on: read() };
      if (marks.length) install(element.getRootNode());
      drawLast();
    };
    signal.addEventListener('abort', () => {
      changes.disconnect();
      draw([]);
      clearTimeout(pause);
      resized.disconnect();
    });

    return {
      id,
      element,
      read: () => read().text,
      draw,
      boxes: (mark) => {
        const range = drawn.get(mark.id)?.range ?? placed(mark).map(({ place }) => rangeAt(place))[0];
        return [...(range?.getClientRects() ?? [])];
      },
      caret: () => {
        const range = element.contains(caret.focused()) || document.activeElement === null ? caret.rangeIn(element) : null;
        return range?.collapsed && element.contains(range.startContainer) ? read().offset(range.startContainer, range.startOffset) : null;
      },
      select: (start, end) => {
        const range = read().selection(start, end);
        if (range) document.getSelection()?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
        return range !== null;
      },
    };
  };
})();
