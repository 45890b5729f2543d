// Where the caret stands in an editor, in open shadow roots too.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.caret) return;

  /**
   * The selection as seen from inside *element*'s own tree; null where there is none.
   * @param {Element} element
   * @returns {Pick<StaticRange, 'startContainer' | 'startOffset' | 'endContainer' | 'endOffset' | 'collapsed'> | null}
   */
  function rangeIn(element) {
    const selection = element.ownerDocument.getSelection();
    const root = element.getRootNode();
    if (!selection?.rangeCount) return null;
    if (!(root instanceof ShadowRoot)) return selection.getRangeAt(0);
    if (selection.getComposedRanges) return selection.getComposedRanges({ shadowRoots: [root] })[0] ?? null;
    // Chromium before 137 asks the root itself.
    const own = /** @type {{ getSelection?: () => Selection | null }} */ (/** @type {unknown} */ (root)).getSelection?.();
    return own?.rangeCount ? own.getRangeAt(0) : null;
  }

  /** The focused element, inside open shadow roots too. */
  function focused() {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element;
  }

  ns.caret = { rangeIn, focused };
})();
