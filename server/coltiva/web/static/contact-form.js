// @ts-check
// The form in which a contact is made or changed.
import { startDialog } from './dialogs.js';
import { element, text, write } from './page.js';

/** @typedef {import('./contacts-api.js').Contact} Contact */

let editedId = '';
/** @type {import('./contacts-api.js').StageOverride | null} */
let override = null;
/** @type {(id: string, body: object) => Promise<void>} */
let save;

const { input, open } = startDialog('form', () => save(editedId, body()));

/** @param {Contact | null} contact  null for a new one */
export function openForm(contact) {
  editedId = contact?.id ?? '';
  override = contact?.stage_override ?? null;
  write('form-title', text('form', contact ? 'edit' : 'new'));
  input('name').value = contact?.name ?? '';
  input('company').value = contact?.company ?? '';
  input('role').value = contact?.role ?? '';
  input('emails').value = (contact?.emails ?? []).join('\n');
  input('profiles').value = (contact?.profiles ?? []).join('\n');
  input('stage').value = override?.stage ?? '';
  input('reason').value = override?.reason ?? '';
  onStage();
  open('name');
}

/** @param {typeof save} saveContact  id is empty for a new contact */
export function startForm(saveContact) {
  save = saveContact;
  input('stage').addEventListener('change', onStage);
}

function onStage() {
  element('reason-field').hidden = input('stage').value === '';
}

function body() {
  const lines = (/** @type {string} */ name) => input(name).value.split('\n').map((line) => line.trim()).filter(Boolean);
  const stage = input('stage').value;
  const reason = input('reason').value.trim();
  const isSame = override?.stage === stage && override.reason === reason;
  return {
    name: input('name').value, company: input('company').value, role: input('role').value,
    emails: lines('emails'), profiles: lines('profiles'),
    stage_override: stage ? (isSame ? override : { stage, reason }) : null,
  };
}
