// Whom to tend today.
import { button, element, make, say, sayCount, write } from '../pages/dom.js';

/**
 * @param {{ tending: TendingEntry[], total: number, isReady: boolean }} state
 * @param {{ pin: (id: string) => void }} actions
 */
export function showTending({ tending, total, isReady }, { pin }) {
  element('tending').hidden = !isReady;
  element('tending-none').hidden = total > 0 && total === tending.length;
  write('tending-none', total === 0 ? say('tendingNobody') : total > tending.length ? sayCount('tendingOf', total) : '');
  element('tending-list').replaceChildren(...tending.map(({ id, name, why }) => {
    const item = make('li');
    const one = button('', () => pin(id));
    const words = make('span', name);
    words.append(make('small', why));
    one.append(words);
    item.append(one);
    return item;
  }));
}
