// The plain text of a rich editor, and the way back from an offset in it to a place in the document.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.plainText) return;

  const PRESERVED = /^(pre|break-spaces)/;
  const INLINE = /^(inline|contents|ruby|none|$)/;
  // Editors put these where the caret could not stand otherwise; nobody wrote them.
  const FILLERS = /[\uFEFF\u2060\u200B]+/u;
  const NOT_WRITTEN = '[data-slate-placeholder], script, style';

  /**
   * A stretch of the text in one node: of a text node from *at* on, or the empty place before a BR.
   * @typedef {{ node: Text | HTMLBRElement, at: number, start: number, end: number }} Piece
   */

  // Asking for styles on every key would make the browser work them out again on every key.
  /** @type {WeakMap<Element, boolean>} */
  let blocks = new WeakMap();

  /** @param {Element} element */
  function isBlock(element) {
    let known = blocks.get(element);
    if (known === undefined) blocks.set(element, known = !INLINE.test(getComputedStyle(element).display));
    return known;
  }

  /** Indentation between blocks in the page's source, which nobody wrote. @param {Text} node */
  const isSourceIndent = (node) =>
    node.data.includes('\n') && !node.data.trim() && node.parentElement !== null &&
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
    /** @param {Text} node @param {number} at @param {string} written */
    const add = (node, at, written) => {
      if (!written) return;
      pieces.push({ node, at, start: text.length, end: text.length + written.length });
      text += written;
    };

    /** @param {Text} node */
    const readText = (node) => {
      if (!node.data || isSourceIndent(node)) return;
      beginContent();
      if (!FILLERS.test(node.data)) return add(node, 0, node.data);
      let at = 0;
      for (const written of node.data.split(FILLERS)) {
        add(node, at, written);
        at += written.length + (FILLERS.exec(node.data.slice(at + written.length))?.[0].length ?? 0);
      }
      if (pieces.at(-1)?.node !== node) pieces.push({ node, at: node.data.length, start: text.length, end: text.length });
    };

    /** @param {Node} parent */
    const walk = (parent) => {
      for (let node = parent.firstChild; node; node = node.nextSibling) {
        if (node instanceof Text) readText(node);
        else if (node instanceof HTMLBRElement) {
          beginContent();
          pieces.push({ node, at: 0, start: text.length, end: text.length });
          breakDue = true;
        } else if (node instanceof Element && !node.matches(NOT_WRITTEN)) {
          const block = isBlock(node);
          if (block) endLine();
          walk(node);
          if (block) endLine();
        }
      }
    };
    walk(root);
    return {
      text,
      place: (start, end) => placeOf(pieces, start, end),
      selection: (start, end) => selectionOver(pieces, start, end),
      offset: (node, offset) => offsetOf(pieces, node, offset),
    };
  };

  /**
   * Where written text alone stands; null where there is none.
   *
   * No range is made for it: the browser carries every range along with each change of the page, as long as it lives.
   * @param {Piece[]} pieces
   * @param {number} start
   * @param {number} end
   * @returns {WrittenPlace | null}
   */
  function placeOf(pieces, start, end) {
    const first = pieces[firstEndingAfter(pieces, start)];
    let lastAt = firstEndingAfter(pieces, end - 1);
    // An end that falls on a line break belongs to the text before the break.
    while (lastAt >= 0 && (lastAt === pieces.length || isEmptyOrBehind(pieces[lastAt], end))) lastAt -= 1;
    const last = pieces[lastAt];
    if (!first || !last || start >= end || first.start >= end) return null;
    return {
      startContainer: first.node, startOffset: first.at + Math.max(start - first.start, 0),
      endContainer: last.node, endOffset: last.at + Math.min(end, last.end) - last.start,
    };
  }

  /** @param {Piece | undefined} piece @param {number} end */
  const isEmptyOrBehind = (piece, end) => !piece || piece.start >= end || piece.start === piece.end;

  /**
   * The range whose replacement replaces [start, end), line breaks too; it may be empty.
   * @param {Piece[]} pieces
   * @param {number} start
   * @param {number} end
   */
  function selectionOver(pieces, start, end) {
    const range = document.createRange();
    const from = pieces.findLast((piece) => piece.start <= start && start <= piece.end);
    const to = start === end ? from : pieces.find((piece) => piece.start <= end && end <= piece.end);
    if (!from || !to) return null;
    for (const [piece, offset, set] of /** @type {const} */ ([[from, start, 'setStart'], [to, end, 'setEnd']])) {
      if (piece.node instanceof Text) range[set](piece.node, piece.at + offset - piece.start);
      else range[set](/** @type {Node} */ (piece.node.parentNode), indexOf(piece.node));
    }
    return range;
  }

  /** @param {ChildNode} node */
  const indexOf = (node) => [...(node.parentNode?.childNodes ?? [])].indexOf(node);

  /**
   * The offset in the text of a place in the document; null where nothing is written there.
   * @param {Piece[]} pieces
   * @param {Node} node
   * @param {number} offset
   */
  function offsetOf(pieces, node, offset) {
    if (node instanceof Text) {
      const piece = pieces.findLast((one) => one.node === node && one.at <= offset) ?? pieces.find((one) => one.node === node);
      return piece ? Math.min(piece.end, piece.start + Math.max(0, offset - piece.at)) : null;
    }
    const [here, before] = [node.childNodes[offset], node.childNodes[offset - 1]];
    const next = here && pieces.find((piece) => here.contains(piece.node));
    if (next) return next.start;
    const last = before && pieces.findLast((piece) => before.contains(piece.node));
    return last ? last.end : null;
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

  ns.forgetStyles = () => {
    blocks = new WeakMap();
  };
})();
