// @ts-check
// The card at an underline: what was found, why, what it rests on, and what to write instead.
import { element, make, text, write } from './page.js';
import { tint } from './underlines.js';

/** @typedef {import('./underlines.js').Underline} Underline */
/** @typedef {import('./linting.js').Suggestion} Suggestion */

const GAP_PX = 8;
/** Time enough for the pointer to cross from the underline to the card. */
const LEAVE_MS = 250;

/** @type {Underline | null} */
let shown = null;
let isPinned = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let leaving;

/** The underline whose card is open, or null. */
export const shownUnderline = () => shown;

/** @param {Underline} underline */
function label({ finding, tone }) {
  if (finding.category === 'ask' && !finding.premature) return text('card', 'fits');
  if (finding.category === 'signal' && finding.severity !== 'info') return text('card', 'soften');
  return text('card', tone);
}

/**
 * Open the card of an underline.
 * @param {Underline} underline
 * @param {object} about
 * @param {string} about.reached  the stage, in words
 * @param {string} about.needed  the stage that is needed, in words; empty where none is
 * @param {string[]} about.events  the events that the finding rests on, in words
 * @param {boolean} about.isPinned  whether it stays open when the pointer leaves
 * @param {(suggestion: Suggestion) => void} about.apply
 */
export function openCard(underline, about) {
  const { finding, tone } = underline;
  clearTimeout(leaving);
  shown = underline;
  isPinned = about.isPinned;
  const card = element('card');
  card.dataset.tone = tone;
  write('card-severity', label(underline));
  write('card-title', finding.title);
  write('card-why', finding.why);
  element('card-stages').hidden = about.needed === '';
  write('card-needs', about.needed);
  write('card-reached', about.reached);
  element('card-rests').hidden = about.events.length === 0;
  element('card-events').replaceChildren(...about.events.map((event) => make('li', event)));
  element('card-instead').hidden = finding.suggestions.length === 0;
  element('card-suggestions').replaceChildren(...finding.suggestions.map((suggestion) => {
    const item = make('li', suggestion.text);
    const button = make('button', text('card', 'apply'));
    button.type = 'button';
    button.addEventListener('click', () => about.apply(suggestion));
    item.append(button);
    return item;
  }));
  card.hidden = false;
  tint(underline);
  placeCard();
}

/** Put the card below its underline, or above it where there is more room. */
export function placeCard() {
  const card = element('card');
  const first = shown?.range.getClientRects()[0];
  if (!shown || !first) return;
  const all = shown.range.getBoundingClientRect();
  const width = document.documentElement.clientWidth;
  const most = Math.min(width - GAP_PX, Math.max(element('editor').getBoundingClientRect().right, card.offsetWidth)) - card.offsetWidth;
  const left = Math.max(GAP_PX, Math.min(first.left, most));
  const isRoomBelow = all.bottom + card.offsetHeight + 2 * GAP_PX <= window.innerHeight;
  const isRoomAbove = all.top - card.offsetHeight - 2 * GAP_PX >= 0;
  const top = isRoomBelow || !isRoomAbove ? all.bottom + GAP_PX : all.top - card.offsetHeight - GAP_PX;
  card.style.left = `${left + window.scrollX}px`;
  card.style.top = `${top + window.scrollY}px`;
}

/** Close the card. @param {HTMLElement} [giveFocusTo]  gets the focus if the card has it */
export function closeCard(giveFocusTo) {
  const card = element('card');
  if (giveFocusTo && card.contains(document.activeElement)) giveFocusTo.focus();
  clearTimeout(leaving);
  card.hidden = true;
  shown = null;
  tint(null);
}

/** The pointer has left the underline or the card: close soon, unless it comes back or the card was opened on purpose. */
export function leaveCard() {
  clearTimeout(leaving);
  if (shown && !isPinned) leaving = setTimeout(() => closeCard(), LEAVE_MS);
}

/** The pointer is on the card. */
export function stayOnCard() {
  clearTimeout(leaving);
}
