// @ts-check
// Underlines in the editor by CSS Custom Highlights: the text itself is never touched.
import { rangeOf, readEditor } from './editor-text.js';

/** @typedef {import('./linting.js').Finding} Finding */
/** @typedef {import('./page.js').Tone} Tone */
/** @typedef {{finding: Finding, tone: Tone, range: Range}} Underline */

/** @type {readonly Tone[]} */
const TONES = ['growing', 'info', 'warning', 'error'];
const SLACK_PX = 4;

export const canDraw = 'highlights' in CSS;

/** Return how a finding looks; an ask that fits is a good sign. @param {Finding} finding @returns {Tone} */
export function toneOf(finding) {
  if (finding.category === 'growing' || (finding.category === 'ask' && !finding.premature)) return 'growing';
  return finding.severity;
}

/**
 * Draw *findings* in place of what was drawn, and return them with their ranges, which follow later edits.
 * @param {HTMLElement} editor
 * @param {readonly Finding[]} findings
 * @returns {Underline[]}
 */
export function draw(editor, findings) {
  const { places } = readEditor(editor);
  const drawn = findings.flatMap((finding) => {
    const range = rangeOf(places, finding.start, finding.end);
    return range ? [{ finding, tone: toneOf(finding), range }] : [];
  });
  if (!canDraw) return drawn;
  TONES.forEach((tone, priority) => {
    const highlight = new Highlight(...drawn.filter((one) => one.tone === tone).map(({ range }) => range));
    highlight.priority = priority;
    CSS.highlights.set(`coltiva-${tone}`, highlight);
  });
  return drawn;
}

/** Tint the underline whose card is open; null takes the tint away. @param {Underline | null} underline */
export function tint(underline) {
  if (!canDraw) return;
  if (underline) CSS.highlights.set('coltiva-current', new Highlight(underline.range));
  else CSS.highlights.delete('coltiva-current');
}

/**
 * Return the underline at a point of the viewport, the shortest where several lie there.
 * @param {readonly Underline[]} drawn
 * @param {number} x
 * @param {number} y
 */
export function underlineAt(drawn, x, y) {
  return drawn
    .filter(({ range }) => [...range.getClientRects()].some((box) =>
      x >= box.left && x <= box.right && y >= box.top && y <= box.bottom + SLACK_PX))
    .sort((a, b) => a.range.toString().length - b.range.toString().length)[0];
}
