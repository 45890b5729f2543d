// @ts-check
// The editor's text as UTF-16, and ranges of it in the page.

/**
 * Return the text nodes and line breaks of an editor in order, with where each begins in the text.
 * @param {HTMLElement} editor
 * @returns {{text: string, places: {node: Node, start: number, length: number}[]}}
 */
export function readEditor(editor) {
  let text = '';
  /** @type {{node: Node, start: number, length: number}[]} */
  const places = [];
  const walker = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Text) {
      places.push({ node, start: text.length, length: node.data.length });
      text += node.data;
    } else if (node.nodeName === 'BR') {
      // A break that closes a block, or stands right before one, only keeps the last line open.
      if (node.nextSibling && !isBlock(node.nextSibling)) text += '\n';
    } else if (isBlock(node) && node.previousSibling) {
      text += '\n';
    }
  }
  return { text, places };
}

/** @param {Node | null} node */
const isBlock = (node) => node !== null && /^(DIV|P)$/.test(node.nodeName);

/**
 * Return the range of the page that holds a half-open stretch of the text, or null where none does.
 * @param {{node: Node, start: number, length: number}[]} places
 * @param {number} start
 * @param {number} end
 */
export function rangeOf(places, start, end) {
  const first = places.find((place) => start < place.start + place.length);
  const last = places.findLast((place) => end > place.start);
  if (!first || !last || start >= end) return null;
  const range = document.createRange();
  range.setStart(first.node, Math.max(0, start - first.start));
  range.setEnd(last.node, Math.min(last.length, end - last.start));
  return range;
}

/**
 * Write over a range through the editor's own input path: the editor hears of it, and one undo takes it back.
 * @param {HTMLElement} editor
 * @param {Range} range
 * @param {string} text
 */
export function writeOver(editor, range, text) {
  editor.focus({ preventScroll: true });
  const selection = window.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
  // Obsolete on paper, but the only way in that keeps the undo history; where it is gone the text is written all the same.
  if (document.execCommand('insertText', false, text)) return;
  range.deleteContents();
  range.insertNode(document.createTextNode(text));
  editor.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
