// A range without the blanks at which its lines are wrapped: those hang at the end of a line and belong to no word.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.lineParts) return;

  /** Half-open, within one text node. @typedef {{ node: Text, start: number, end: number }} Stretch */
  /** A blank with the text on either side of it. @typedef {Stretch & { before: Stretch, after: Stretch }} Blank */

  // A letter may take two of the units that texts count in.
  const LETTER = 2;

  /** @param {Range} range @returns {Stretch[]} */
  function textIn(range) {
    const { commonAncestorContainer: root, startContainer, startOffset, endContainer, endOffset } = range;
    const found = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = root.nodeType === Node.TEXT_NODE ? root : walker.nextNode(); node; node = walker.nextNode()) {
      if (!range.intersectsNode(node)) continue;
      const text = /** @type {Text} */ (node);
      const start = text === startContainer ? startOffset : 0;
      const end = text === endContainer ? endOffset : text.length;
      if (start < end) found.push({ node: text, start, end });
    }
    return found;
  }

  /** The blanks that have text on both sides, in order. @param {readonly Stretch[]} texts @returns {Blank[]} */
  function blanksIn(texts) {
    return texts.flatMap(({ node, start, end }, i) => [...node.data.slice(start, end).matchAll(/\s+/g)].flatMap(({ index, 0: blank }) => {
      const from = start + index;
      const to = from + blank.length;
      const before = from > start ? { node, start: Math.max(start, from - LETTER), end: from } : texts[i - 1];
      const after = to < end ? { node, start: to, end: Math.min(end, to + LETTER) } : texts[i + 1];
      return before && after ? [{ node, start: from, end: to, before, after }] : [];
    }));
  }

  /** @param {Stretch} stretch */
  function boxes({ node, start, end }) {
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, end);
    return [...range.getClientRects()];
  }

  /** @param {DOMRect | undefined} one @param {DOMRect | undefined} other */
  const isBelow = (one, other) => one !== undefined && other !== undefined && (one.top + one.bottom) / 2 >= other.bottom;

  /** Those of some blanks in a row at which lines end; halving finds the few among the many. @param {readonly Blank[]} blanks @returns {readonly Blank[]} */
  function lineEnds(blanks) {
    const [first, last] = [blanks[0], blanks.at(-1)];
    if (!first || !last || !isBelow(boxes(last.after)[0], boxes(first.before).at(-1))) return [];
    if (blanks.length === 1) return blanks;
    const middle = blanks.length >> 1;
    return [...lineEnds(blanks.slice(0, middle)), ...lineEnds(blanks.slice(middle))];
  }

  /**
   * What of *range* is to be underlined as the page is laid out now: the range itself where nothing in it is wrapped at a blank.
   * @param {Range} range
   * @returns {Range[]}
   */
  ns.lineParts = (range) => {
    const drawn = [...range.getClientRects()];
    if (!drawn.some((box) => isBelow(box, drawn[0]))) return [range];
    const ends = lineEnds(blanksIn(textIn(range)));
    if (!ends.length) return [range];
    return [...ends, null].map((end, i) => {
      const part = range.cloneRange();
      const before = ends[i - 1];
      if (before) part.setStart(before.node, before.end);
      if (end) part.setEnd(end.node, end.start);
      return part;
    });
  };
})();
