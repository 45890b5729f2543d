// @ts-check
// The form in which a contact is made or changed.
import { CallError } from './contacts-api.js';
import { element, text, write } from './page.js';

/** @typedef {import('./contacts-api.js').Contact} Contact */

const form = /** @type {HTMLFormElement} */ (element('form'));
const dialog = /** @type {HTMLDialogElement} */ (element('form-dialog'));
let editedId = '';
/** @type {import('./contacts-api.js').StageOverride | null} */
let override = null;

/** @param {string} name */
const input = (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));

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
  fail('');
  dialog.showModal();
  input('name').focus();
}

/** @param {(id: string, body: object) => Promise<void>} save  id is empty for a new contact */
export function startForm(save) {
  input('stage').addEventListener('change', onStage);
  element('form-cancel').addEventListener('click', () => dialog.close());
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      await save(editedId, body());
      dialog.close();
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      fail(error.message ? text('problems', 'refused', { message: error.message }) : text('problems', 'away'));
    }
  });
}

function onStage() {
  element('reason-field').hidden = input('stage').value === '';
}

/** @param {string} message */
function fail(message) {
  write('form-error', message);
  element('form-error').hidden = message === '';
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
