// The plain text of a rich editor, and the way back from an offset in it to a place in the document.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.plainText) return;

  const PRESERVED = /^(pre|break-spaces)/;
  const INLINE = /^(inline|contents|ruby|none|$)/;

  /**
   * One text node's share of the text.
   * @typedef {{ node: Text, start: number, end: number }} Piece
   */

  /** @param {Element} element */
  const isBlock = (element) => !INLINE.test(getComputedStyle(element).display);

  /** Indentation between blocks in the page's source, which nobody wrote. @param {Text} node */
  const isSourceIndent = (node) =>
    !node.data.trim() && node.data.includes('\n') && node.parentElement !== null &&
    !PRESERVED.test(getComputedStyle(node.parentElement).whiteSpace);

  /**
   * Read what is written under *root*: text nodes as they are; a line break for BR and for each change of block.
   *
   * A break is kept back until something follows it, so the BR that editors put at the end of a line (or alone in an
   * empty paragraph) adds no line of its own, and nested blocks end one line, not two.
   *
   * @param {HTMLElement} root
   * @returns {PlainText}
   */
  ns.plainText = (root) => {
    /** @type {Piece[]} */
    const pieces = [];
    let text = '';
    let lineHasContent = false;
    let breakDue = false;

    const beginContent = () => {
      if (breakDue) text += '\n';
      breakDue = false;
      lineHasContent = true;
    };
    const endLine = () => {
      if (lineHasContent) breakDue = true;
      lineHasContent = false;
    };

    /** @param {Node} parent */
    const walk = (parent) => {
      for (let node = parent.firstChild; node; node = node.nextSibling) {
        if (node instanceof Text) {
          if (!node.data || isSourceIndent(node)) continue;
          beginContent();
          pieces.push({ node, start: text.length, end: text.length + node.data.length });
          text += node.data;
        } else if (node instanceof HTMLBRElement) {
          beginContent();
          breakDue = true;
        } else if (node instanceof Element) {
          const block = isBlock(node);
          if (block) endLine();
          walk(node);
          if (block) endLine();
        }
      }
    };
    walk(root);
    return { text, range: (start, end) => rangeOver(pieces, start, end) };
  };

  /**
   * @param {Piece[]} pieces
   * @param {number} start
   * @param {number} end
   */
  function rangeOver(pieces, start, end) {
    const first = pieces[firstEndingAfter(pieces, start)];
    let lastAt = firstEndingAfter(pieces, end - 1);
    // An end that falls on a line break belongs to the text before the break.
    if (lastAt === pieces.length || /** @type {Piece} */ (pieces[lastAt]).start >= end) lastAt -= 1;
    const last = pieces[lastAt];
    if (!first || !last || start >= end || first.start >= end) return null;
    const range = document.createRange();
    range.setStart(first.node, Math.max(start - first.start, 0));
    range.setEnd(last.node, Math.min(end, last.end) - last.start);
    return range;
  }

  /** @param {Piece[]} pieces @param {number} offset */
  function firstEndingAfter(pieces, offset) {
    let low = 0;
    let high = pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (/** @type {Piece} */ (pieces[middle]).end <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
})();
