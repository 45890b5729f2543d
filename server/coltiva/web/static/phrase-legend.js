// @ts-check
// How a phrase is written: each sign with an example, folded away until somebody asks.
import { make, text } from './page.js';
import { coloured } from './phrase-syntax.js';

const SIGNS = ['words', 'choice', 'optional', 'gap', 'forms', 'prefix', 'list', 'slot', 'edges', 'question'];
/** Whoever has unfolded it once finds it so at the next phrase. */
let isOpen = false;

/** Return the legend, as the user left it. */
export function phraseLegend() {
  const box = make('details', '', 'legend');
  box.open = isOpen;
  box.addEventListener('toggle', () => {
    isOpen = box.open;
  });
  const list = document.createElement('dl');
  list.append(...SIGNS.map((sign) => {
    const row = document.createElement('div');
    const example = document.createElement('dt');
    example.append(coloured(text('legend_examples', sign)));
    row.append(example, make('dd', text('legend', sign)));
    return row;
  }));
  box.append(make('summary', text('legend', 'title')), list);
  return box;
}
