// What the user took for wrong, or did not want to see, each to be taken back.
import { button, element, make, say, send, write } from '../pages/dom.js';

/** What the page says in its first part already. */
const SAID_ABOVE = ['away', 'not_paired'];

export async function showIgnored() {
  const answer = await send('dismissals', {});
  const list = element('ignored');
  element('ignored-part').hidden = 'problem' in answer && SAID_ABOVE.includes(answer.problem.code);
  if ('problem' in answer) {
    list.replaceChildren();
    return write('ignored-none', answer.problem.title);
  }
  const { dismissals } = answer.value;
  write('ignored-none', dismissals.length ? '' : say('ignoredNone'));
  list.replaceChildren(...dismissals.map((one) => {
    const item = make('li');
    const undo = button(say('undo'), async () => {
      const what = { method: /** @type {const} */ ('DELETE'), path: `/dismissals/${encodeURIComponent(one.id)}`, body: {} };
      await send('write', { ...what, what: 'undo_ignored', words: one.quote, who: '' });
      await showIgnored();
    });
    undo.setAttribute('aria-label', say('undoWhat', one.quote));
    item.append(make('p', say('quoted', one.quote)), make('small', say(`reason_${one.reason}`)), undo);
    return item;
  }));
}
