// @ts-check
// The figures of an effect, before and after: counts of labelled messages and of what is found in them.
import { element, make, text } from './page.js';

/** @typedef {import('./rules-api.js').Effect} Effect */
/** @typedef {import('./rules-api.js').Figures} Figures */
/** @typedef {{before: Figures, after: Figures}} Pair */

/** Each figure with what it is counted of, and whether more of it is better. @type {[string, string, boolean][]} */
const FIGURES = [['found', 'asks', true], ['wrong', '', false], ['flagged', 'neutral', false], ['right_verdicts', 'messages', true]];
const OF_A_KIND = FIGURES.slice(0, 2);

/** @param {Pair} pair */
const isMoved = (pair) => FIGURES.some(([name]) => pair.before[name] !== pair.after[name]);

/** The name of a language as the page's own list of languages has it. @param {string} code */
const nameOf = (code) => element('rule-language').querySelector(`[value="${code}"]`)?.textContent ?? code.toUpperCase();

/** Return the figures of what moves; nothing where no message does. @param {Effect} effect @returns {HTMLElement[]} */
export function figures(effect) {
  const languages = Object.entries(effect.languages);
  const moved = languages.filter(([, pair]) => isMoved(pair));
  const still = languages.filter(([, pair]) => !isMoved(pair)).map(([code]) => nameOf(code));
  const groups = [...moved.map(([code, pair]) => group(text('figures', 'asks', { language: nameOf(code) }), pair, FIGURES)),
    ...Object.entries(effect.kinds).map(([kind, pair]) => group(text('kinds', kind), pair, OF_A_KIND))];
  if (!groups.length) return effect.moved ? [make('p', text('figures', 'unmoved'), 'hint')] : [];
  const table = document.createElement('table');
  const head = table.createTHead().insertRow();
  head.append(document.createElement('td'), ...['before', 'after', 'difference'].map((name) => heading(text('figures', name), 'col')));
  table.append(...groups);
  const scroll = make('div', '', 'scroll');
  scroll.tabIndex = 0;
  scroll.setAttribute('role', 'region');
  scroll.setAttribute('aria-label', text('effect', 'figures'));
  scroll.append(table);
  const rest = moved.length && still.length ? [make('p', text('figures', 'still', { languages: still.join(', ') }), 'hint')] : [];
  return [scroll, ...rest, make('p', text('effect', 'note'), 'hint')];
}

/** @param {string} name @param {Pair} pair @param {[string, string, boolean][]} shown */
function group(name, pair, shown) {
  const body = document.createElement('tbody');
  const title = heading(name, 'rowgroup');
  title.colSpan = 4;
  body.insertRow().append(title);
  const told = pair.before.messages ? shown : shown.filter(([figure]) => pair.before[figure] !== pair.after[figure]);
  for (const [figure, whole, isBetter] of told) body.insertRow().append(heading(text('figures', figure), 'row'), ...cells(pair, figure, whole, isBetter));
  return body;
}

/** @param {Pair} pair @param {string} figure @param {string} whole @param {boolean} moreIsBetter */
function cells({ before, after }, figure, whole, moreIsBetter) {
  const difference = (after[figure] ?? 0) - (before[figure] ?? 0);
  const look = difference === 0 ? 'same' : difference > 0 === moreIsBetter ? 'better' : 'worse';
  const counts = [before, after].map((side) => (
    make('td', whole ? text('figures', 'of', { count: side[figure] ?? 0, all: side[whole] ?? 0 }) : String(side[figure] ?? 0))));
  return [...counts, make('td', difference > 0 ? `+${difference}` : String(difference).replace('-', '−'), look)];
}

/** @param {string} name @param {string} scope */
function heading(name, scope) {
  const cell = document.createElement('th');
  cell.scope = scope;
  cell.textContent = name;
  return cell;
}
