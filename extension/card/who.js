// Whom the message goes to, as far as it is known, and how to say it where it is not.
import { labelOf } from '../background/choices.js';
import { button, element, make, say, send } from '../pages/dom.js';
import { addText, peopleList, personSearch, whoText } from '../pages/choosing.js';

/**
 * @param {CardView} view
 * @param {{ keyed: (label: string, key: string, act: () => unknown) => HTMLButtonElement, announce: (text: string) => void,
 *   close: (outcome: string) => void, changed: () => void }} card
 */
export function showWho(view, { keyed, announce, close, changed }) {
  const { contact, recipients, likely, strangers, frame, editor } = view;
  const line = element('recipient');
  const choice = element('who-choice');
  /** @param {ContactBrief} person */
  const choose = async ({ id, name }) => {
    const { chosen } = await send('choose-contact', { frame, editor, contact: id });
    if (chosen) close(say('cardFor', name));
    else announce(say('cardGone'));
  };
  /** @param {Recipient} person */
  const add = async (person) => {
    const { outcome } = await send('add-contact', { frame, editor, recipient: person });
    if (outcome.state === 'done') close(say('done_contact'));
    else announce(outcome.state === 'waiting' ? say('keptForLater') : outcome.message);
  };
  // Who is found stands at the card's end, which may lie below what is seen of it.
  const bringUp = () => {
    changed();
    choice.scrollIntoView({ block: 'nearest' });
  };
  const show = () => {
    choice.hidden = false;
    const box = make('div');
    choice.replaceChildren(...(likely.length ? [peopleList(likely, (person) => void choose(person), true)] : []), box);
    const input = personSearch(box, { label: say('searchContact'), choose: (person) => void choose(person), changed: bringUp });
    for (const person of recipients.length ? strangers : []) {
      if (labelOf(person)) choice.append(button(addText(person, likely), () => void add(person), 'plain'));
    }
    changed();
    return choice.querySelector('button') ?? input;
  };
  const open = () => {
    (choice.hidden ? show() : choice.querySelector('button') ?? choice.querySelector('input'))?.focus();
    bringUp();
  };

  if (contact) line.textContent = recipients.length > 1 ? say('cardStrictest', contact.name, recipients.length) : say('cardFor', contact.name);
  else line.textContent = whoText(view);
  if (contact) return;
  const ask = keyed(say('chooseWho'), 'w', open);
  if (!likely.length) return line.after(ask);
  // Who is likely is shown at once, before what is said to a stranger; the focus comes only when asked for, by the key after the question.
  line.append('\u00a0', ...ask.querySelectorAll('kbd'));
  element('why').after(element('who'));
  show();
}
