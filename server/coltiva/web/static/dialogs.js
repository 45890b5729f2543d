// @ts-check
// What the forms in dialogs share: they close once what they hold is safe, and say in themselves what went wrong.
import { CallError } from './contacts-api.js';
import { element, text, write } from './page.js';

/**
 * Start the form `#ID` in the dialog `#ID-dialog`, with `#ID-error` and `#ID-cancel`.
 * @param {string} id
 * @param {() => Promise<void | false>} save  called on submit, false where something is missing; what the server refuses stands in
 *   the form then
 */
export function startDialog(id, save) {
  const form = /** @type {HTMLFormElement} */ (element(id));
  const dialog = /** @type {HTMLDialogElement} */ (element(`${id}-dialog`));
  let isSaving = false;

  /** @param {string} message  empty for none */
  const fail = (message) => {
    write(`${id}-error`, message);
    element(`${id}-error`).hidden = message === '';
  };
  /** @param {string} name */
  const input = (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));

  element(`${id}-cancel`).addEventListener('click', () => dialog.close());
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (isSaving) return;
    isSaving = true;
    try {
      if (await save() !== false) dialog.close();
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      fail(error.message ? text('problems', 'refused', { message: error.message }) : text('problems', 'away'));
    } finally {
      isSaving = false;
    }
  });

  return {
    input,
    fail,
    /** @param {string} first  the name of the field in which typing begins */
    open(first) {
      fail('');
      dialog.showModal();
      input(first).focus();
    },
  };
}
