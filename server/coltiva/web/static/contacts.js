// @ts-check
// The contacts page: the list, the contact that is open, and every change with its undo.
import { drawContact, stageMarks } from './contact-detail.js';
import { openForm, startForm } from './contact-form.js';
import { call, CallError, contactPath } from './contacts-api.js';
import { openEventForm, startEventForm } from './event-form.js';
import { openMergeForm, startMergeForm } from './merge-form.js';
import { counted, dayText, element, field, make, shortDayText, text, write } from './page.js';
import { startQuickLine } from './quick-line.js';

/** @typedef {import('./contacts-api.js').Shown} Shown */
/** @typedef {import('./contacts-api.js').Brief} Brief */

const SHOWN_AT_MOST = 100;
const SEARCH_DELAY_MS = 120;
const UNDONE_SHOWN_MS = 15000;

/** @type {Shown | null} */
let open = null;
let lastChange = '';
/** @type {ReturnType<typeof setTimeout> | undefined} */
let hiding;
let question = 0;

let works = 0;
let failed = 0;

/** Run something that calls the server, and say what went wrong. @param {() => Promise<void>} work */
async function trying(work) {
  const number = ++works;
  try {
    await work();
    // What was begun before something failed says nothing about whether it would succeed now.
    if (number > failed) notice('');
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    failed = Math.max(failed, number);
    notice(error.message ? text('problems', 'refused', { message: error.message }) : text('problems', 'away'));
  }
}

/** @param {string} message  empty hides the notice */
function notice(message) {
  write('notice-text', message);
  element('notice').hidden = message === '';
}

const isTending = () => /** @type {HTMLInputElement} */ (document.querySelector('[name="view"]:checked')).value === 'tending';

async function list() {
  const asked = ++question;
  const query = field('search').value.trim();
  const answer = isTending()
    ? await call('GET', `/tending?limit=${SHOWN_AT_MOST}`)
    : await call('GET', `/contacts?limit=${SHOWN_AT_MOST}&q=${encodeURIComponent(query)}`);
  if (asked !== question) return; // a newer question is under way
  /** @type {Brief[]} */
  const found = answer.tending ?? answer.contacts;
  const group = isTending() ? 'tending' : 'count';
  const none = isTending() ? 'no_tending' : query ? 'not_found' : 'none';
  const count = counted('list', group, answer.total);
  const more = answer.total > found.length ? `; ${text('list', 'first', { shown: found.length })}` : '';
  write('count', answer.total ? count + more : text('list', none));
  showEmpty(!isTending() && query === '' && answer.total === 0);
  element('people').replaceChildren(...found.map(personItem));
  const [problem] = answer.problems ?? [];
  if (problem) notice(text('problems', 'broken', { count: answer.problems.length, path: problem.path, message: problem.message }));
}

/** @param {Brief} brief */
function personItem(brief) {
  const item = make('li', '');
  const button = make('button', '');
  button.type = 'button';
  button.dataset.id = brief.id;
  if (brief.stage) button.append(stageMarks(brief.stage));
  button.append(make('strong', brief.name));
  if (brief.last_day && !brief.why) button.append(lastDay(brief.last_day));
  const never = brief.last_day ? '' : text('list', 'never');
  const said = brief.why ?? [brief.company, brief.stage && text('stages', brief.stage), never].filter(Boolean).join(' · ');
  button.append(make('small', said));
  button.addEventListener('click', () => {
    location.hash = brief.id;
    element('name').focus();
  });
  if (brief.id === open?.contact.id) button.setAttribute('aria-current', 'true');
  item.append(button);
  return item;
}

/** The last day of conversation, short for the eye, and in words for whoever asks or listens. @param {string} day */
function lastDay(day) {
  const when = make('time', '', 'when');
  when.dateTime = day;
  when.title = text('list', 'last', { date: dayText(day) });
  const short = make('span', shortDayText(day));
  short.setAttribute('aria-hidden', 'true');
  when.append(short, make('span', when.title, 'visually-hidden'));
  return when;
}

/** Where nobody is there, what brings somebody is all that the page shows. @param {boolean} isEmpty */
function showEmpty(isEmpty) {
  const page = element('contacts');
  if (isEmpty && !page.hasAttribute('data-empty')) /** @type {HTMLDetailsElement} */ (element('import')).open = true;
  page.toggleAttribute('data-empty', isEmpty);
}

/** Draw a contact, or nobody. @param {Shown | null} shown */
function show(shown) {
  open = shown;
  element('shown').hidden = shown === null;
  element('nobody').hidden = shown !== null;
  element('contacts').toggleAttribute('data-open', shown !== null);
  if (shown) drawContact(shown, (method, rest, body) => void trying(() => change(method, rest, body)), openEventForm);
  for (const button of element('people').querySelectorAll('button')) {
    if (button.dataset.id === shown?.contact.id) button.setAttribute('aria-current', 'true');
    else button.removeAttribute('aria-current');
  }
}

async function openFromAddress() {
  const id = decodeURIComponent(location.hash.slice(1));
  if (!id) show(null);
  else if (id !== open?.contact.id) show(await call('GET', contactPath(id)));
}

/** Change the open contact and show it as it is then. @param {string} method @param {string} rest @param {object} [body] */
async function change(method, rest, body) {
  if (!open) return;
  changed(await call(method, contactPath(open.contact.id, rest), body));
}

/** Whether a line told of nothing that Coltiva knows, so that it was kept as a note. @param {import('./contacts-api.js').Changed} answer */
function isOnlyNoted(answer) {
  if (answer.what !== 'line_added' || !open || !answer.contact) return false;
  const { contact, history: events } = answer.contact;
  return contact.notes.length > open.contact.notes.length
    && contact.promises.length === open.contact.promises.length && events.length === open.history.length;
}

/** @param {import('./contacts-api.js').Changed} answer */
function changed(answer) {
  const name = open?.contact.name ?? '';
  lastChange = answer.change;
  const known = ['created', 'edited', 'deleted', 'merged', 'line_added', 'event_edited', 'event_removed', 'note_added', 'note_removed', 'note_edited', 'promise_removed', 'promise_edited', 'undone'];
  const what = isOnlyNoted(answer) ? 'line_noted' : known.includes(answer.what) ? answer.what : 'edited';
  write('done-text', text('changes', what, { name }));
  element('undo').hidden = answer.what === 'undone';
  element('done').hidden = false;
  clearTimeout(hiding);
  // What can be taken back stays until it is closed, or the next change comes: nobody has to be quick.
  if (answer.what === 'undone') hiding = setTimeout(() => { element('done').hidden = true; }, UNDONE_SHOWN_MS);
  show(answer.contact);
  const address = answer.contact ? `#${answer.contact.contact.id}` : location.pathname;
  history.replaceState(null, '', address);
  // What was changed is safe and shown; a form need not stay open, nor a line wait, until the list has come as well.
  void trying(list);
}

/** Send the note that was typed; the field is emptied only once it is safe. */
async function sendNote() {
  const typed = field('note').value.trim();
  if (!typed) return;
  await change('POST', '/notes', { text: typed });
  if (field('note').value.trim() === typed) field('note').value = ''; // what was typed meanwhile stays
}

/** @param {string} id @param {string} name @param {() => Promise<void>} work */
function on(id, name, work) {
  element(id).addEventListener(name, (event) => {
    if (name === 'submit') event.preventDefault();
    void trying(work);
  });
}

function start() {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let typing;
  element('search').addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => void trying(list), SEARCH_DELAY_MS);
  });
  for (const view of document.querySelectorAll('[name="view"]')) view.addEventListener('change', () => void trying(list));
  startQuickLine((line) => change('POST', '/lines', { line }), trying);
  on('note-form', 'submit', sendNote);
  on('delete', 'click', () => change('DELETE', ''));
  on('undo', 'click', async () => changed(await call('POST', `/changes/${encodeURIComponent(lastChange)}/undo`)));
  element('done-close').addEventListener('click', () => { element('done').hidden = true; });
  element('back').addEventListener('click', () => { location.hash = ''; });
  element('new').addEventListener('click', () => openForm(null));
  element('edit').addEventListener('click', () => openForm(open?.contact ?? null));
  element('merge').addEventListener('click', () => { if (open) openMergeForm(open.contact); });
  startForm((id, body) => call(id ? 'PATCH' : 'POST', id ? contactPath(id) : '/contacts', body).then(changed));
  startEventForm((id, body) => change('PATCH', `/events/${encodeURIComponent(id)}`, body));
  startMergeForm((kept, other) => call('POST', contactPath(kept, '/merge'), { other }).then(changed));
  document.addEventListener('coltiva-contacts-changed', () => void trying(list));
  window.addEventListener('hashchange', () => void trying(openFromAddress));
  void trying(async () => {
    await list();
    await openFromAddress();
  });
}

start();
