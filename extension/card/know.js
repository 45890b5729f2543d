// “I know them”: the user's own word on the stage, with the reason, which then counts instead of the record.
import { element, field, make, say } from '../pages/dom.js';
import { STAGES } from '../pages/happened.js';

/** @type {AbortController | null} */
let open = null;

/**
 * Show the form with what the ask needs and a reason filled in, so that Enter is enough.
 * @param {CardView} view
 * @param {(wanted: ExtensionMessages['write']['ask'], done: string) => Promise<void>} save
 * @param {() => void} changed  called when the card's height may have changed
 */
export function startKnow(view, save, changed) {
  const { contact, finding, frame, editor } = view;
  if (!contact) return;
  open?.abort();
  open = new AbortController();
  const { signal } = open;
  const stage = /** @type {HTMLSelectElement} */ (element('know-stage'));
  stage.replaceChildren(...STAGES.map((one) => {
    const option = make('option', say(`stage_${one}`));
    option.value = one;
    option.selected = one === finding.needs;
    return option;
  }));
  const reason = field('know-reason');
  reason.value = say('knowDefault');
  element('know').hidden = false;
  element('acts').hidden = true;
  reason.focus();
  reason.select();
  changed();
  // Where the window is low, the form may lie below what is seen of the card.
  element('know').scrollIntoView({ block: 'end' });
  element('know-cancel').addEventListener('click', () => {
    closeKnow();
    changed();
  }, { signal });
  element('know').addEventListener('submit', (event) => {
    event.preventDefault();
    if (!event.isTrusted || !reason.value.trim()) return;
    const body = { stage_override: { stage: stage.value, reason: reason.value.trim() } };
    const again = { frame, editor };
    closeKnow();
    const done = say('done_override', say(`stage_${stage.value}`));
    void save({ method: 'PATCH', path: `/contacts/${contact.id}`, body, what: 'override', words: reason.value.trim(), who: contact.name, again }, done);
  }, { signal });
}

/** Close the form; returns whether it was open. */
export function closeKnow() {
  if (!open) return false;
  open.abort();
  open = null;
  element('know').hidden = true;
  element('acts').hidden = false;
  element('card').focus();
  return true;
}
