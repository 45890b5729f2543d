// @ts-check
// Stage gates, needs of asks, channel limits, thresholds and severities in forms, each with how it ships and its source.
import { call } from './rules-api.js';
import { element, hasText, make, text } from './page.js';
import { markLatest } from './rules-focus.js';

/** @typedef {number | string | boolean | null} Value */
/** @typedef {{row: string, field: string, shipped: Value, value: Value, allowed: (string | number)[] | null, source: {strength: string, note: string} | null}} Cell */

/** Table, group, where the names of its rows are; in an order that fills two columns alike. @type {[string, string, string][]} */
const GROUPS = [['asks.yml', 'asks', 'kinds'], ['stages.yml', 'gates', 'gates'], ['signals.yml', 'hunting', 'kinds'], ['signals.yml', 'growing', 'kinds'],
  ['channels.yml', 'channels', 'channels'], ['channels.yml', 'limits', 'limits'], ['stages.yml', 'tending', 'tending'], ['readers.yml', 'readers', '']];
// A value beside a switch needs no name of its own; of several nobody would know which is which.
const MOST_UNNAMED = 2;
/** @type {Record<string, Record<string, Record<string, Record<string, Value>>>>} */
let set = {};
/** @type {(change: object | null) => void} */
let propose = () => {};

/** @param {(change: object | null) => void} onChange */
export function startValues(onChange) {
  propose = onChange;
}

/** Show the tables as they are saved. @returns {Promise<{keeps_sent: boolean, sent: number}>} */
export async function loadValues() {
  const answer = await call('GET', '/rules/tables');
  set = {};
  element('values').replaceChildren(...GROUPS.map(([table, group, names]) => groupOf(table, group, names, answer.tables[table][group])));
  return answer;
}

/** @param {string} table @param {string} group @param {string} names @param {Cell[]} cells */
function groupOf(table, group, names, cells) {
  const box = make('fieldset', '', 'panel group');
  box.append(make('legend', text('tables', group)), make('p', text('tables', `${group}_hint`), 'hint'));
  const rows = [...new Set(cells.map((cell) => cell.row))];
  box.append(...rows.map((row) => rowOf(table, group, nameOf(names, row), cells.filter((cell) => cell.row === row))));
  return box;
}

/** A row in the user's words; one that has none yet, such as of a newer pack, by its own name. @param {string} names @param {string} row */
function nameOf(names, row) {
  if (!names) return element('rule-language').querySelector(`[value="${row}"]`)?.textContent ?? row.toUpperCase();
  return hasText(names, row) ? text(names, row) : row.replaceAll('_', ' ');
}

/** @param {string} table @param {string} group @param {string} name @param {Cell[]} cells */
function rowOf(table, group, name, cells) {
  const line = make('div', '', 'value-row');
  const head = make('div', '', 'value-name');
  head.append(make('strong', name));
  const source = cells[0]?.source;
  if (source?.note) {
    const note = make('span', source.note);
    note.lang = 'en'; // sources are written in one language for all
    const told = make('small', '');
    told.append(note, ` ${text('tables', 'strength', { strength: source.strength })}`);
    head.append(told);
  }
  const areNamed = cells.length > MOST_UNNAMED;
  // Where values have names they stand in a line of their own, below the row's name and its switch.
  const shown = areNamed ? [...cells].sort((one, other) => Number(one.allowed !== null) - Number(other.allowed !== null)) : cells;
  line.append(head, ...shown.map((cell) => fieldOf(table, group, name, cell, areNamed)));
  return line;
}

/** @param {string} table @param {string} group @param {string} name @param {Cell} cell @param {boolean} isNamed  whether it says what it is */
function fieldOf(table, group, name, cell, isNamed) {
  const label = make('label', '', cell.allowed === null ? 'switch' : isNamed ? 'value pair' : 'value');
  const input = inputFor(cell);
  const spoken = text('fields', cell.field);
  const note = make('small', '', 'shipped');
  const showNote = (/** @type {Value} */ value) => {
    const differs = value !== cell.shipped;
    note.textContent = differs ? text('tables', 'ships', { value: said(cell.shipped) }) : '';
    label.classList.toggle('differs', differs);
  };
  input.setAttribute('aria-label', `${name}: ${spoken}`);
  input.addEventListener('change', () => {
    const value = valueOf(input, cell);
    const rows = ((set[table] ??= {})[group] ??= {});
    const fields = (rows[cell.row] ??= {});
    if (value === cell.value) delete fields[cell.field];
    else fields[cell.field] = value;
    showNote(value);
    markLatest(label);
    const changed = JSON.stringify(set).match(/:(?!\{)/);
    propose(changed ? { values: set } : null);
  });
  if (cell.allowed === null) label.append(input, make('span', spoken), note);
  else label.append(make('span', spoken), input, note);
  showNote(cell.value);
  return label;
}

/** @param {Cell} cell */
function inputFor(cell) {
  if (cell.allowed === null) {
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = cell.value === true;
    return box;
  }
  if (typeof cell.allowed[0] === 'string') {
    const select = document.createElement('select');
    select.append(...cell.allowed.map((word) => new Option(said(String(word)), String(word))));
    select.value = String(cell.value);
    return select;
  }
  const number = document.createElement('input');
  Object.assign(number, { type: 'number', min: String(cell.allowed[0]), max: String(cell.allowed[1]), step: '1', value: cell.value ?? '' });
  if (cell.shipped === null) number.placeholder = text('tables', 'no_limit');
  number.inputMode = 'numeric';
  return number;
}

/** @param {HTMLInputElement | HTMLSelectElement} input @param {Cell} cell @returns {Value} */
function valueOf(input, cell) {
  if (input instanceof HTMLInputElement && input.type === 'checkbox') return input.checked;
  if (input instanceof HTMLInputElement) return input.value === '' ? null : Number(input.value);
  return input.value === '' ? cell.value : input.value;
}

/** A value in the user's words. @param {Value} value */
function said(value) {
  if (value === true || value === false) return text('tables', value ? 'on' : 'off');
  if (value === null) return text('tables', 'no_limit');
  const words = { stranger: 'stages', visibility: 'stages', credibility: 'stages', profitability: 'stages', info: 'severities', warning: 'severities', error: 'severities' };
  const group = typeof value === 'string' ? /** @type {Record<string, string>} */ (words)[value] : undefined;
  return group ? text(group, String(value)) : String(value);
}
