// One contact: how far the two have come and why, the next step, what was promised, noted and recorded.
import { button, dayText, element, field, localToday, make, say, sayCount, write } from '../pages/dom.js';
import { eventItem, stageMark } from '../pages/happened.js';

const EVENTS_SHOWN = 4;
const LAST_DAY = '9999-12-31';

/**
 * @typedef {{ pin: (id: string | null) => void,
 *   write: (wanted: Omit<ExtensionMessages['write']['ask'], 'again'>) => Promise<boolean> }} ContactActions
 */

/** @type {ContactReport | null} */
let shown = null;
/** What was begun for each contact and not kept yet, by contact: words in the two lines, and a note that is being changed. @type {Map<string, Begun>} */
const begun = new Map();
let showsAll = false;

/** @typedef {{ line: string, note: string, changing: { note: string, text: string } | null }} Begun */

/** @param {{ contact: ContactReport | null, pinned: boolean }} state @param {ContactActions} actions */
export function showContact({ contact: report, pinned }, actions) {
  const isAnother = report?.contact.id !== shown?.contact.id;
  if (isAnother) {
    showsAll = false;
    putAside();
  }
  shown = report;
  element('contact').hidden = report === null;
  if (!report) return;
  const { contact, relationship } = report;
  element('unpin').hidden = !pinned;
  write('name', contact.name || contact.emails[0] || contact.profiles[0] || '');
  write('work', [contact.role, contact.company].filter(Boolean).join(' · '));
  const extra = [contact.stage_override ? say('setByYou') : '', relationship.dormant ? say('dormant') : ''].filter(Boolean).join(' · ');
  element('stage-row').replaceChildren(stageMark(relationship.stage), make('small', extra),
    ...(contact.stage_override ? [button(say('backToRecord'), () => override(contact, actions), 'plain')] : []));
  write('why', relationship.why.join(' '));
  write('steps', report.next_steps[0]?.text ?? '');
  element('steps').hidden = report.next_steps.length === 0;
  const open = contact.promises.filter(({ kept_on }) => !kept_on).toSorted(byDueDay);
  element('promises-part').hidden = open.length === 0;
  element('promises').replaceChildren(...open.map((promise) => promiseItem(promise, contact, actions)));
  if (isAnother || !element('notes').querySelector('form')) drawNotes(report, actions);
  if (isAnother) takeUp(report, actions);
  drawTimeline(report);
}

/** Keep what was begun for the contact shown, and take it away: the next one's words are other words. */
function putAside() {
  if (!shown) return;
  const form = element('notes').querySelector('form');
  const changing = form?.dataset.note ? { note: form.dataset.note, text: form.querySelector('textarea')?.value ?? '' } : null;
  const [line, note] = [field('line').value, field('note').value];
  if (line || note || changing) begun.set(shown.contact.id, { line, note, changing });
  else begun.delete(shown.contact.id);
  for (const name of ['line', 'note']) {
    // What is typed on goes nowhere, rather than to somebody else.
    if (field(name).value) field(name).blur();
    field(name).value = '';
  }
  element('notes').replaceChildren();
}

/** Go on with what was begun for a contact. @param {ContactReport} report @param {ContactActions} actions */
function takeUp({ contact }, actions) {
  const { line = '', note = '', changing = null } = begun.get(contact.id) ?? {};
  field('line').value = line;
  field('note').value = note;
  const number = contact.notes.toReversed().findIndex(({ id }) => id === changing?.note);
  const [item, old] = [element('notes').children[number], contact.notes.toReversed()[number]];
  if (changing && old && item instanceof HTMLElement) editNote(item, { ...old, text: changing.text }, contact, actions, false);
}

/** The record counts again instead of the user's word. @param {ContactReport['contact']} contact @param {ContactActions} actions */
const override = ({ id, name }, actions) =>
  actions.write({ method: 'PATCH', path: `/contacts/${id}`, body: { stage_override: null }, what: 'override_off', words: '', who: name });

/** @param {ContactReport} report */
function drawTimeline({ history, relationship }) {
  const rests = new Set(relationship.events);
  const newest = history.toReversed();
  element('no-events').hidden = newest.length > 0;
  element('timeline').replaceChildren(...newest.slice(0, showsAll ? undefined : EVENTS_SHOWN).map((event) => eventItem(event, rests.has(event.id))));
  const more = element('all-events');
  more.hidden = showsAll || newest.length <= EVENTS_SHOWN;
  more.textContent = sayCount('allEvents', newest.length);
}

/** The earliest first, and those without a day at the end. @param {ContactPromise} one @param {ContactPromise} other */
const byDueDay = (one, other) => (one.due_on ?? LAST_DAY).localeCompare(other.due_on ?? LAST_DAY);

/** @param {ContactPromise} promise @param {ContactReport['contact']} contact @param {ContactActions} actions */
function promiseItem(promise, contact, actions) {
  const item = make('li');
  const details = make('small', say(promise.by_user ? 'youOwe' : 'theyOwe'));
  if (promise.due_on) {
    details.append(' · ', make('span', say('due', dayText(promise.due_on)), promise.due_on < localToday() ? 'late' : ''));
  }
  const keep = button(say('kept'), () => void actions.write({
    method: 'PATCH', path: `/contacts/${contact.id}/promises/${promise.id}`, body: { kept_on: localToday() }, what: 'promise_kept',
    words: promise.text, who: contact.name,
  }));
  keep.setAttribute('aria-label', say('keptWhat', promise.text));
  item.append(make('p', promise.text), details, keep);
  return item;
}

/** @param {ContactReport} report @param {ContactActions} actions */
function drawNotes({ contact }, actions) {
  element('notes').replaceChildren(...contact.notes.toReversed().map((note) => {
    const item = make('li');
    const edit = button(say('edit'), () => editNote(item, note, contact, actions), 'plain');
    edit.setAttribute('aria-label', say('editWhat', note.text.slice(0, 60)));
    item.append(make('p', note.text), make('small', dayText(note.date)), edit);
    return item;
  }));
}

/**
 * @param {HTMLElement} item
 * @param {ContactNote} note
 * @param {ContactReport['contact']} contact
 * @param {ContactActions} actions
 * @param {boolean} [takesFocus]
 */
function editNote(item, note, contact, actions, takesFocus = true) {
  const form = make('form');
  form.dataset.note = note.id;
  const text = make('textarea');
  text.value = note.text;
  text.rows = Math.min(8, note.text.split('\n').length + 1);
  text.setAttribute('aria-label', say('notes'));
  const path = `/contacts/${contact.id}/notes/${note.id}`;
  const close = () => {
    form.remove();
    if (shown) drawNotes(shown, actions);
  };
  const row = make('p', '', 'row end');
  const save = make('button', say('save'), 'main');
  row.append(
    button(say('remove'), async () => {
      if (await actions.write({ method: 'DELETE', path, body: {}, what: 'note_removed', words: note.text, who: contact.name })) close();
    }, 'plain'),
    button(say('cancel'), close), save,
  );
  form.append(text, row);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const words = text.value.trim();
    if (!event.isTrusted || !words) return;
    if (await actions.write({ method: 'PATCH', path, body: { text: words }, what: 'note_changed', words, who: contact.name })) close();
  });
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close();
  });
  item.replaceChildren(form);
  if (takesFocus) text.focus();
}

/** Wire the forms, which stay while what they add to is drawn anew. @param {ContactActions} actions */
export function startContact(actions) {
  /** @param {string} form @param {string} input @param {string} what @param {(words: string) => object} body */
  const adds = (form, input, what, body) => element(form).addEventListener('submit', async (event) => {
    event.preventDefault();
    const words = field(input).value.trim();
    if (!event.isTrusted || !shown || !words) return;
    const { id, name } = shown.contact;
    field(input).value = '';
    const isSafe = await actions.write({ method: 'POST', path: `/contacts/${id}/${what}s`, body: body(words), what, words, who: name });
    // What was not taken comes back, for the user to change.
    if (!isSafe && !field(input).value && shown?.contact.id === id) field(input).value = words;
  });
  adds('line-form', 'line', 'line', (line) => ({ line, today: localToday() }));
  adds('note-form', 'note', 'note', (text) => ({ text, date: localToday() }));
  element('unpin').addEventListener('click', (event) => event.isTrusted && actions.pin(null));
  element('all-events').addEventListener('click', (event) => {
    if (!event.isTrusted || !shown) return;
    showsAll = true;
    drawTimeline(shown);
  });
}
