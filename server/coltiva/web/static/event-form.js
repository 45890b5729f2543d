// @ts-check
// The form in which an event of the timeline is changed.
import { startDialog } from './dialogs.js';
import { element } from './page.js';

/** @typedef {import('./contacts-api.js').HistoryEvent} HistoryEvent */

/** Who acted, by kind; a message says it itself. @type {Record<string, string>} */
const DIRECTIONS = { gave: 'sent', asked: 'sent', received: 'received', was_asked: 'received' };

let editedId = '';
let unknownAsk = ''; // a kind of ask that the form does not offer, kept unless another one is chosen
/** @type {(id: string, body: object) => Promise<void>} */
let save;

const { input, open } = startDialog('event-form', () => save(editedId, body()));

/** Return the name under which the page speaks of an event. @param {HistoryEvent} event */
export const eventName = (event) => (event.kind === 'message' ? `message_${event.direction}` : event.kind);

/** Return what a kind of ask is called. @param {string} ask */
export function askName(ask) {
  const options = [.../** @type {HTMLSelectElement} */ (/** @type {unknown} */ (input('ask'))).options];
  return options.find((option) => option.value === ask)?.textContent ?? ask;
}

/** @param {HistoryEvent} event */
export function openEventForm(event) {
  editedId = event.id;
  input('date').value = event.date;
  input('what').value = eventName(event);
  input('ask').value = event.ask;
  unknownAsk = input('ask').value === event.ask ? '' : event.ask;
  if (unknownAsk) input('ask').value = '';
  input('summary').value = event.summary;
  onWhat();
  open('summary');
}

/** @param {typeof save} saveEvent */
export function startEventForm(saveEvent) {
  save = saveEvent;
  input('what').addEventListener('change', onWhat);
}

const isAsk = () => ['asked', 'was_asked'].includes(input('what').value);

function onWhat() {
  element('ask-field').hidden = !isAsk();
}

function body() {
  const what = input('what').value;
  const [, direction] = what.match(/^message_(.+)$/) ?? [];
  return {
    date: input('date').value, summary: input('summary').value, ask: isAsk() ? input('ask').value || unknownAsk : '',
    kind: direction ? 'message' : what, direction: direction ?? DIRECTIONS[what] ?? 'both',
  };
}
