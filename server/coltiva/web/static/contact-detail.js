// @ts-check
// Draws one contact: stage with its reasons, next steps, promises, timeline and notes.
import { askName, eventName } from './event-form.js';
import { counted, dayText, element, make, text, write } from './page.js';

/** @typedef {import('./contacts-api.js').Shown} Shown */
/** @typedef {(method: string, rest: string, body?: object) => void} Act  a change to this contact: method, path below it, body */
/** @typedef {import('./contacts-api.js').HistoryEvent} HistoryEvent */

const STAGES = ['stranger', 'visibility', 'credibility', 'profitability'];

/**
 * Return the marks that show a stage; the word stands beside them.
 * @param {string} stage
 */
export function stageMarks(stage) {
  const marks = make('span', '', 'dots');
  marks.setAttribute('aria-hidden', 'true');
  marks.append(...STAGES.map((_, i) => make('i', '', i <= STAGES.indexOf(stage) ? 'on' : '')));
  return marks;
}

/** @param {Shown} shown @param {Act} act @param {(event: HistoryEvent) => void} edit  opens the form of an event */
export function drawContact(shown, act, edit) {
  const { contact } = shown;
  write('name', contact.name || contact.emails[0] || contact.profiles[0] || '');
  write('work', [contact.role, contact.company].filter(Boolean).join(' · '));
  element('reach').replaceChildren(...reach(contact));
  drawStanding(shown);
  element('steps').replaceChildren(...shown.next_steps.map((step) => make('li', step.text)));
  element('promises').replaceChildren(...byDueDay(contact.promises).map((promise) => promiseItem(promise, act)));
  element('promises-part').hidden = contact.promises.length === 0;
  const rests = new Set(shown.relationship.events);
  element('timeline').replaceChildren(...shown.history.map((event) => eventItem(event, rests.has(event.id), act, edit)).reverse());
  element('no-events').hidden = shown.history.length > 0;
  element('notes').replaceChildren(...contact.notes.map((note) => noteItem(note, act)));
}

/**
 * Return promises in the order in which they fall due: first those that are open, those without a day last.
 * @param {import('./contacts-api.js').Promised[]} promises
 */
function byDueDay(promises) {
  const place = (/** @type {import('./contacts-api.js').Promised} */ one) => `${one.kept_on ? 1 : 0} ${one.due_on ?? '9999'}`;
  return [...promises].sort((one, other) => place(one).localeCompare(place(other)));
}

/** @param {import('./contacts-api.js').Contact} contact */
function reach(contact) {
  /** @type {(Node | string)[]} */
  const parts = [];
  for (const part of [...contact.emails, ...contact.phones, ...contact.profiles]) {
    if (parts.length > 0) parts.push(' · ');
    if (!/^https:\/\//.test(part)) parts.push(part);
    else {
      const link = make('a', part.replace(/^https:\/\/(www\.)?/, ''));
      link.href = part;
      link.rel = 'noreferrer';
      link.target = '_blank';
      parts.push(link);
    }
  }
  return parts;
}

/** @param {Shown} shown */
function drawStanding({ contact, relationship, balance, rhythm }) {
  const at = STAGES.indexOf(relationship.stage);
  for (const [i, step] of [...element('ladder').children].entries()) {
    step.classList.toggle('on', i <= at);
    if (i === at) step.setAttribute('aria-current', 'true');
    else step.removeAttribute('aria-current');
  }
  const extra = [contact.stage_override && text('detail', 'own_word'), relationship.dormant && text('detail', 'dormant')].filter(Boolean);
  write('stage-word', `${text('detail', 'stage')}: ${[text('stages', relationship.stage), ...extra].join(', ')}`);
  write('why', relationship.why.join(' '));
  const { conversation_days: days, gave, received } = relationship.counters;
  const counts = [
    `${days?.count ?? 0} ${counted('detail', 'days', days?.count ?? 0)}`,
    `${text('detail', 'gave')} ${gave?.count ?? 0}`, `${text('detail', 'received')} ${received?.count ?? 0}`,
  ];
  const isNew = !days?.count && !gave?.count && !received?.count;
  write('counters', isNew ? '' : `${text('detail', 'counters')}: ${counts.join(', ')}`);
  write('balance', balanceInWords(balance));
  write('rhythm', rhythm ? rhythmInWords(rhythm) : '');
}

/** What was given, received and asked of late, as far as there is any. @param {Shown['balance']} balance */
function balanceInWords(balance) {
  const told = /** @type {const} */ (['gave', 'asked', 'received', 'was_asked']).filter((part) => balance[part].length > 0)
    .map((part) => text('detail', `balance_${part}`, { count: balance[part].length }));
  return told.length ? text('detail', 'balance', { days: balance.days, said: told.join(', ') }) : '';
}

/** @param {{usual_days: number, is_known: boolean, quiet_days: number}} rhythm */
function rhythmInWords({ usual_days: usual, is_known: isKnown, quiet_days: quiet }) {
  const last = text('detail', ['last_today', 'last_day'][quiet] ?? 'last_days', { quiet });
  return isKnown ? text('detail', 'rhythm', { usual, last }) : last;
}

/** @param {HistoryEvent} event @param {boolean} doesRest @param {Act} act @param {(event: HistoryEvent) => void} edit */
function eventItem(event, doesRest, act, edit) {
  const item = make('li', '', doesRest ? 'rests' : '');
  const head = make('div', '');
  const day = make('time', dayText(event.date));
  day.dateTime = event.date;
  head.append(day, make('span', text('events', eventName(event)), 'kind'));
  if (event.ask) head.append(make('span', ` ${text('detail', 'asks', { ask: askName(event.ask) })}`));
  if (event.small) head.append(make('span', ` · ${text('detail', 'small')}`, 'small-gift'));
  const what = event.summary || dayText(event.date);
  const change = make('button', text('detail', 'edit'), 'change');
  change.type = 'button';
  change.setAttribute('aria-label', text('detail', 'change', { what: what.slice(0, 60) }));
  change.addEventListener('click', () => edit(event));
  item.append(head, change, removeButton(what, () => act('DELETE', `/events/${encodeURIComponent(event.id)}`)));
  if (event.summary) item.append(make('p', event.summary));
  return item;
}

/** @param {import('./contacts-api.js').Promised} promise @param {Act} act */
function promiseItem(promise, act) {
  const item = make('li', '', promise.kept_on ? 'is-kept' : '');
  item.append(make('p', promise.text));
  const path = `/promises/${promise.id}`;
  const today = localToday();
  if (!promise.kept_on) {
    const keep = make('button', text('detail', 'keep'), 'keep');
    keep.type = 'button';
    keep.addEventListener('click', () => act('PATCH', path, { kept_on: today }));
    item.append(keep);
  }
  item.append(removeButton(promise.text, () => act('DELETE', path)));
  const isLate = (promise.due_on ?? today) < today;
  const due = promise.due_on && !promise.kept_on ? text('detail', isLate ? 'was_due' : 'due', { date: dayText(promise.due_on) }) : '';
  const small = make('small', `${text('detail', promise.by_user ? 'by_user' : 'by_them')}${due ? ', ' : ''}`);
  if (due) small.append(make('span', due, isLate ? 'late' : ''));
  if (promise.kept_on) small.append(`, ${text('detail', 'kept')} ${dayText(promise.kept_on)}`);
  item.append(small);
  return item;
}

/** @param {import('./contacts-api.js').Note} note @param {Act} act */
function noteItem(note, act) {
  const item = make('li', '');
  item.append(make('p', note.text));
  item.append(removeButton(note.text, () => act('DELETE', `/notes/${note.id}`)));
  const box = make('input', '');
  box.type = 'checkbox';
  box.checked = note.usable;
  box.addEventListener('change', () => act('PATCH', `/notes/${note.id}`, { usable: box.checked }));
  const label = make('label', '', 'usable');
  label.append(box, ` ${text('detail', 'usable')}`);
  const small = make('small', dayText(note.date));
  small.append(label);
  item.append(small);
  return item;
}

/** @param {string} what @param {() => void} remove */
function removeButton(what, remove) {
  const button = make('button', '×', 'remove');
  button.type = 'button';
  button.setAttribute('aria-label', text('detail', 'remove', { what: what.slice(0, 60) }));
  button.addEventListener('click', remove);
  return button;
}

/** Return today by the user's calendar. */
function localToday() {
  const day = new Date();
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`;
}
