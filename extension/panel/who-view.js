// Whom the message goes to, where the record does not say: the likely ones, a new one, or a search.
import { labelOf } from '../background/choices.js';
import { button, element, say, write } from '../pages/dom.js';
import { addText, peopleList, personSearch, whoText } from '../pages/choosing.js';
import { isUnread } from './draft-view.js';

/**
 * @param {{ draft: DraftView | null, likely: ContactBrief[] }} state
 * @param {{ choose: (draft: DraftView, contact: string | null) => void, add: (draft: DraftView, recipient: Recipient) => void }} actions
 */
export function showWho({ draft, likely }, { choose, add }) {
  const isOpen = draft !== null && draft.report.contact === null;
  element('who').hidden = !isOpen;
  if (!draft || !isOpen) return;
  const { strangers, recipient, gap } = draft;
  write('who-title', recipient ?? say('chooseWho'));
  write('who-line', whoText({ ...draft, likely }, !isUnread(gap)));
  element('who-likely').replaceChildren(likely.length ? peopleList(likely, ({ id }) => choose(draft, id), true) : '');
  element('who-add').replaceChildren(...strangers.filter(labelOf).slice(0, 4).map((person) =>
    button(addText(person, likely), () => add(draft, person), likely.length ? '' : 'main')));
  personSearch(element('who-search'), { label: say('searchContact'), choose: ({ id }) => choose(draft, id) });
}
