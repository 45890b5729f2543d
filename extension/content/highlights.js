// Underlines in rich editors by CSS Custom Highlights: nothing is added to the page's document.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.richEditor) return;
  const { plainText, underlineStyle } = coltiva;

  // Names say nothing about who drew them, and differ on every page load.
  const letters = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => String.fromCharCode(97 + (byte % 26))).join('');
  const layers = underlineStyle.severities.map((severity, priority) => {
    const highlight = new Highlight();
    highlight.priority = priority;
    return { severity, name: letters(), highlight };
  });
  /** @type {CSSStyleSheet | null} */
  let sheet = null;

  /** Put the highlights and their style in force where the page has not got them, or has thrown them away. @param {Node} root */
  function install(root) {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(layers.map(({ severity, name }) => `::highlight(${name}) { ${underlineStyle.declarations(severity)} }`).join('\n'));
    }
    for (const { name, highlight } of layers) if (CSS.highlights.get(name) !== highlight) CSS.highlights.set(name, highlight);
    // A sheet of the document alone does not reach into shadow roots in every browser.
    for (const scope of [root, document]) {
      const takesSheets = scope instanceof Document || scope instanceof ShadowRoot;
      if (takesSheets && !scope.adoptedStyleSheets.includes(sheet)) scope.adoptedStyleSheets.push(sheet);
    }
  }

  /**
   * A contenteditable element as an editor that can be read and drawn on.
   * @param {HTMLElement} element
   * @param {string} id
   * @param {AbortSignal} signal
   * @returns {DrawnEditor}
   */
  ns.richEditor = (element, id, signal) => {
    /** @type {Map<string, { range: Range, highlight: Highlight }>} */
    const drawn = new Map();

    const clear = () => {
      for (const { range, highlight } of drawn.values()) highlight.delete(range);
      drawn.clear();
    };
    signal.addEventListener('abort', clear);

    return {
      id,
      element,
      read: () => plainText(element).text,
      draw: (marks) => {
        clear();
        if (!marks.length) return;
        install(element.getRootNode());
        const mapped = plainText(element);
        for (const mark of marks) {
          const range = mapped.range(mark.start, mark.end);
          const layer = layers.find(({ severity }) => severity === mark.severity);
          if (!range || !layer) continue;
          layer.highlight.add(range);
          drawn.set(mark.id, { range, highlight: layer.highlight });
        }
      },
      boxes: (mark) => [...(drawn.get(mark.id)?.range.getClientRects() ?? [])],
    };
  };
})();
