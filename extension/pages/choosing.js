// Choosing whom a message goes to: the likely ones by one key, all others by a few letters.
import { labelOf } from '../background/choices.js';
import { button, dayText, make, say, sayCount, send } from './dom.js';
import { stageMark } from './happened.js';

const SEARCH_AFTER_MS = 120;

/**
 * Whom a message goes to as far as the page says it, what that means for the verdict, and what is asked.
 * @param {Pick<CardView, 'recipients' | 'recipient' | 'candidates' | 'likely'>} message
 * @param {boolean} [isJudged]
 */
export function whoText({ recipients, recipient, candidates, likely }, isJudged = true) {
  const question = recipient && likely.length ? sayCount('cardSameName', likely.length, recipient) : '';
  if (recipients.length > 1) return [isJudged ? say('cardStrictest', recipient ?? '', recipients.length) : '', question].filter(Boolean).join(' ');
  const known = recipient ? say('cardNotStored', recipient) : say(candidates.length ? 'cardAmbiguous' : 'cardUnknownContact');
  return [question ? '' : known, isJudged ? say('cardAsStranger') : '', question].filter(Boolean).join(' ');
}

/** What adds somebody who is not stored, told apart from those of the same name who are. @param {Recipient} person @param {readonly ContactBrief[]} likely */
export const addText = (person, likely) => say(likely.some(({ name }) => name === person.name) ? 'addOther' : 'addContact', labelOf(person));

/**
 * A list of people as buttons.
 * @param {readonly ContactBrief[]} people
 * @param {(person: ContactBrief) => void} choose
 * @param {boolean} [hasKeys]  whether the digits 1 to 9 choose too, while one of the buttons has the focus
 */
export function peopleList(people, choose, hasKeys = false) {
  const list = make('ul', '', 'people');
  list.append(...people.map((person, index) => {
    const item = make('li');
    const one = button('', () => choose(person));
    const details = [person.role, person.company, person.last_day && dayText(person.last_day)].filter(Boolean).join(' · ');
    one.append(make('span', person.name), make('small', details));
    if (person.stage) one.append(stageMark(person.stage));
    if (hasKeys && index < 9) {
      one.append(make('kbd', String(index + 1)));
      one.setAttribute('aria-keyshortcuts', String(index + 1));
    }
    item.append(one);
    return item;
  }));
  list.addEventListener('keydown', (event) => {
    const person = hasKeys && /^[1-9]$/u.test(event.key) ? people[Number(event.key) - 1] : undefined;
    if (!person || !event.isTrusted || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    choose(person);
  });
  return list;
}

/**
 * A search field with the people found under it; the arrow keys walk through them, Enter in the field takes the first.
 * @param {HTMLElement} place
 * @param {{ label: string, choose: (person: ContactBrief) => void, changed?: () => void }} options
 */
export function personSearch(place, { label, choose, changed = () => {} }) {
  const input = make('input');
  input.type = 'search';
  input.autocomplete = 'off';
  input.placeholder = label;
  input.setAttribute('aria-label', label);
  const found = make('div');
  const status = make('p', '', 'hint');
  status.setAttribute('role', 'status');
  let newest = 0;
  let timer = 0;
  /** @type {ContactBrief[]} */
  let people = [];

  const search = async () => {
    const query = input.value.trim();
    const turn = (newest += 1);
    people = query ? await send('search-contacts', { query }) : [];
    if (turn !== newest) return;
    found.replaceChildren(people.length ? peopleList(people, choose) : '');
    status.textContent = query && !people.length ? say('searchNobody') : '';
    changed();
  };
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void search(), SEARCH_AFTER_MS);
  });
  const box = make('div', '', 'search');
  box.addEventListener('keydown', (event) => {
    if (!event.isTrusted) return;
    const stops = [input, ...found.querySelectorAll('button')];
    const at = stops.indexOf(/** @type {HTMLInputElement} */ (document.activeElement));
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step && at >= 0) {
      event.preventDefault();
      stops[Math.min(stops.length - 1, Math.max(0, at + step))]?.focus();
    } else if (event.key === 'Enter' && at === 0 && people[0]) {
      event.preventDefault();
      choose(people[0]);
    }
  });
  box.append(input, status, found);
  place.replaceChildren(box);
  return input;
}
