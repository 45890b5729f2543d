// @ts-check
// The card beside an underline: what was found, why, and what it rests on.

/**
 * @typedef {{category: string, kind: string, severity: string, premature: boolean, needs: string | null, start: number, end: number,
 *   quote: string, title: string, why: string, events: string[]}} Finding
 */

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {Finding} finding */
export const severityOf = (finding) => (finding.category === 'growing' ? 'growing' : finding.severity);

const SEVERITY_WORDS = { error: 'Too early', warning: 'A little early', info: 'Good to know', growing: 'A good sign' };

/**
 * Show the card below a rectangle of the viewport.
 * @param {Finding} finding
 * @param {DOMRect} below
 * @param {string} reached
 * @param {string[]} events  what the judgement rests on, in words
 */
export function showCard(finding, below, reached, events) {
  const card = element('card');
  const severity = severityOf(finding);
  card.dataset.severity = severity;
  element('card-severity').textContent = SEVERITY_WORDS[/** @type {keyof typeof SEVERITY_WORDS} */ (severity)];
  element('card-title').textContent = finding.title;
  element('card-why').textContent = finding.why;
  element('card-stages').hidden = finding.needs === null;
  element('card-needs').textContent = finding.needs ?? '';
  element('card-reached').textContent = reached;
  element('card-events').replaceChildren(...(finding.premature ? [] : events).map((event) => {
    const item = document.createElement('li');
    item.textContent = event;
    return item;
  }));
  card.hidden = false;
  const left = Math.min(Math.max(8, below.left), document.documentElement.clientWidth - card.offsetWidth - 8);
  const fitsBelow = below.bottom + card.offsetHeight + 12 <= window.innerHeight || below.top < card.offsetHeight + 12;
  const top = fitsBelow ? below.bottom + 8 : below.top - card.offsetHeight - 8;
  card.style.left = `${left + window.scrollX}px`;
  card.style.top = `${top + window.scrollY}px`;
}

/** Hide the card. */
export function hideCard() {
  element('card').hidden = true;
}

/** Tell whether the card is open. */
export function isCardOpen() {
  return !element('card').hidden;
}
