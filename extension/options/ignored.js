// What the user took for wrong, or did not want to see, each to be taken back.
import { button, element, make, say, send, write } from '../pages/dom.js';

export async function showIgnored() {
  const answer = await send('dismissals', {});
  const list = element('ignored');
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
    item.append(make('p', `“${one.quote}”`), make('small', say(`reason_${one.reason}`)), undo);
    return item;
  }));
}
