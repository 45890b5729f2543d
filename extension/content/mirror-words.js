// The words of a text field once more, for the mirror that lies over it: a block for each line, so that the browser lays out only
// the lines that change.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.mirrorWords) return;

  /** @typedef {{ text: string, mark: Mark | null }} Piece */
  /** @typedef {readonly Piece[]} Row */

  // A letter that is nothing to see.
  const NOTHING = '\u200b';
  const EMPTY = { text: NOTHING, mark: null };
  // Words that stay as they are where blanks collapse, as the blank does at which a line is wrapped: it gets no underline then.
  const SINGLE_BLANKS = /^[^\s]+(?: [^\s]+)*$/u;

  /**
   * The text cut at the marks' borders; where marks overlap, the later one starts behind the earlier.
   * @param {string} text
   * @param {readonly Mark[]} marks
   */
  function piecesOf(text, marks) {
    /** @type {Piece[]} */
    const pieces = [];
    let done = 0;
    for (const mark of [...marks].sort((a, b) => a.start - b.start)) {
      const start = Math.max(mark.start, done);
      if (start >= mark.end) continue;
      pieces.push({ text: text.slice(done, start), mark: null }, { text: text.slice(start, mark.end), mark });
      done = mark.end;
    }
    // Without a letter behind it a last line break would open no line.
    return [...pieces, { text: text.slice(done) + NOTHING, mark: null }];
  }

  /**
   * The pieces of each line.
   * @param {readonly Piece[]} pieces
   */
  function rowsOf(pieces) {
    /** @type {Piece[]} */
    let row = [];
    const rows = [row];
    for (const { text, mark } of pieces) {
      text.split('\n').forEach((part, number) => {
        if (number) rows.push(row = []);
        if (part) row.push({ text: part, mark });
      });
    }
    // Without a letter an empty line would have no height.
    return rows.map((one) => (one.length ? one : [EMPTY]));
  }

  /** @param {Row | undefined} a @param {Row | undefined} b  whether they look the same */
  const isSame = (a, b) => a !== undefined && b !== undefined && a.length === b.length &&
    a.every(({ text, mark }, index) => text === b[index]?.text && mark?.severity === b[index]?.mark?.severity);

  /**
   * How many rows at the beginning, and how many behind them at the end, look the same.
   * @param {readonly Row[]} before
   * @param {readonly Row[]} after
   */
  function commonEnds(before, after) {
    const shorter = Math.min(before.length, after.length);
    let head = 0;
    while (head < shorter && isSame(before[head], after[head])) head += 1;
    let tail = 0;
    while (tail < shorter - head && isSame(before[before.length - 1 - tail], after[after.length - 1 - tail])) tail += 1;
    return { head, tail };
  }

  /**
   * Put a row's pieces into its block; spans that are the same as before stay.
   * @param {HTMLElement} block
   * @param {Row} row
   */
  function write(block, row) {
    while (block.children.length > row.length) block.lastElementChild?.remove();
    row.forEach(({ text, mark }, index) => {
      const span = /** @type {HTMLElement} */ (block.children[index] ?? block.appendChild(document.createElement('span')));
      if (span.textContent !== text) span.textContent = text;
      const name = mark ? `${mark.severity}${SINGLE_BLANKS.test(text) ? ' words' : ''}` : '';
      if (span.className !== name) span.className = name;
    });
  }

  /**
   * @param {HTMLElement} copy  the element that takes the blocks
   * @returns {MirrorWords}
   */
  ns.mirrorWords = (copy) => {
    /** @type {readonly Row[]} */
    let rows = [];
    /** The elements of each mark, once somebody has asked for one's. @type {Map<string, Element[]> | null} */
    let places = null;

    const findPlaces = () => {
      /** @type {Map<string, Element[]>} */
      const found = new Map();
      rows.forEach((row, at) => row.forEach(({ mark }, index) => {
        const span = copy.children[at]?.children[index];
        if (mark && span) found.set(mark.id, [...(found.get(mark.id) ?? []), span]);
      }));
      return found;
    };

    return {
      write: (text, marks, isByLines) => {
        const pieces = piecesOf(text, marks);
        const next = isByLines ? rowsOf(pieces) : [pieces];
        const { head, tail } = commonEnds(rows, next);
        for (let extra = rows.length - next.length; extra > 0; extra -= 1) copy.children[head]?.remove();
        const behind = copy.children[copy.children.length - tail] ?? null;
        for (let missing = next.length - copy.children.length; missing > 0; missing -= 1) copy.insertBefore(document.createElement('div'), behind);
        next.slice(head, next.length - tail).forEach((row, index) => write(/** @type {HTMLElement} */ (copy.children[head + index]), row));
        rows = next;
        places = null;
      },
      spans: (mark) => (places ??= findPlaces()).get(mark.id) ?? [],
    };
  };
})();
