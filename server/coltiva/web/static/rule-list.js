// @ts-check
// All rules of a language in their groups, searched and narrowed.
import { call } from './rules-api.js';
import { counted, element, field, hasText, make, text, write } from './page.js';

/** @typedef {import('./rules-api.js').RuleRow} RuleRow */

const GROUPS = ['asks', 'signals', 'growing', 'guards', 'checks', 'reader'];
/** @type {RuleRow[]} */
let rows = [];

/** @param {RuleRow} row */
const groupOf = (row) => (row.category === 'growing' ? 'growing' : row.group);

/** The name of a rule as a person says it. @param {{id: string, title: string, group?: string, hint?: boolean, kind?: string}} row */
export function nameOf(row) {
  if (row.title) return row.hint ? text('list', 'hint', { title: row.title }) : row.title;
  if (row.id.endsWith('/reader')) return text('list', 'reader_name');
  const [, folder, file = row.id] = row.id.split('/');
  // A guard of one's own is called as its file is.
  if (folder === 'guards' && hasText('guard_names', file)) return text('guard_names', file);
  const name = file.replaceAll('-', ' ');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** @param {string} id */
export const rowOf = (id) => rows.find((row) => row.id === id);

/** Load the rules of the chosen language and show them. @param {string} open  the rule that is shown */
export async function loadRules(open) {
  const answer = await call('GET', `/rules?language=${field('rule-language').value}`);
  rows = answer.rules;
  showRules(open);
  return answer;
}

/** @param {string} open */
export function showRules(open) {
  const words = field('rule-search').value.toLowerCase().split(/\s+/).filter(Boolean);
  const view = /** @type {HTMLInputElement} */ (document.querySelector('[name="view"]:checked')).value;
  const found = rows.filter((row) => {
    if (view === 'changed' && row.layer === 'shipped') return false;
    if (view === 'off' && row.enabled) return false;
    const all = `${nameOf(row)} ${row.id} ${row.kind} ${row.words}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
  write('rule-count', counted('list', 'count', found.length));
  element('rule-list').replaceChildren(...GROUPS.flatMap((group) => {
    const members = found.filter((row) => groupOf(row) === group);
    if (!members.length) return [];
    const list = make('ul', '', 'list');
    const alike = (/** @type {RuleRow} */ row) => members.some((other) => other !== row && nameOf(other) === nameOf(row));
    list.append(...members.map((row) => item(row, row.id === open, alike(row))));
    const heading = make('h3', text('groups', group));
    heading.id = `group-${group}`;
    list.setAttribute('aria-labelledby', heading.id);
    return [heading, list];
  }));
  showOpen(element('rule-list'));
}

/** Scroll the list, and nothing around it, to the rule that is open, unless that is in sight. @param {HTMLElement} list */
function showOpen(list) {
  const place = list.querySelector('[aria-current]')?.getBoundingClientRect();
  const seen = list.getBoundingClientRect();
  if (place && (place.top < seen.top || place.bottom > seen.bottom)) list.scrollTop += place.top - seen.top - seen.height / 2;
}

/** @param {RuleRow} row @param {boolean} isOpen @param {boolean} isAlike  whether another one has the same name */
function item(row, isOpen, isAlike) {
  const link = document.createElement('a');
  link.href = `#list/${row.id}`;
  if (isOpen) link.setAttribute('aria-current', 'true');
  const name = make('span', nameOf(row), 'name');
  link.append(name);
  const notes = isAlike ? [row.id.split('/').slice(1).join('/')] : [];
  if (!row.enabled) notes.push(text('list', 'is_off'));
  else if (row.layer !== 'shipped') notes.push(text('layers', row.layer));
  if (row.fired || row.dismissed) notes.push(text('list', 'use', { fired: row.fired, dismissed: row.dismissed }));
  if (notes.length) link.append(make('small', notes.join(' · ')));
  if (row.layer !== 'shipped') link.classList.add('touched');
  if (!row.enabled) link.classList.add('off');
  const entry = document.createElement('li');
  entry.append(link);
  return entry;
}
