// @ts-check
// The rewrites below the verdict: each with its words, what changes and why, and a button that takes it over.
import { element, make, text } from './page.js';

/** @typedef {import('./linting.js').Rewrite} Rewrite */

/**
 * List the rewrites; the section is hidden where there are none.
 * @param {readonly Rewrite[]} rewrites
 * @param {object} about
 * @param {(id: string) => string[]} about.event  an event in words, by its id
 * @param {(rewrite: Rewrite) => void} about.use
 */
export function showRewrites(rewrites, { event, use }) {
  element('rewrites-section').hidden = rewrites.length === 0;
  element('rewrites').replaceChildren(...rewrites.map((rewrite) => {
    const item = make('li', '');
    const button = make('button', text('rewrites', 'use'));
    button.type = 'button';
    button.addEventListener('click', () => use(rewrite));
    item.append(make('h3', rewrite.title), words(rewrite), ...notes(rewrite, event), changes(rewrite), button);
    return item;
  }));
}

/** The words of a rewrite, its blanks marked. @param {Rewrite} rewrite */
function words({ text: all, blanks }) {
  const paragraph = make('p', '');
  paragraph.className = 'rewrite-text';
  let at = 0;
  for (const blank of blanks) {
    const start = all.indexOf(blank, at);
    if (start < 0) continue;
    paragraph.append(all.slice(at, start), make('mark', blank));
    at = start + blank.length;
  }
  paragraph.append(all.slice(at));
  return paragraph;
}

/** @param {Rewrite} rewrite @param {(id: string) => string[]} event */
function notes({ blanks, uses }, event) {
  const events = uses.flatMap(event).join('; ');
  const lines = [events && text('rewrites', 'rests', { events }), blanks.length > 0 && text('rewrites', 'blank')];
  return lines.flatMap((line) => {
    if (!line) return [];
    const note = make('p', line);
    note.className = 'hint';
    return [note];
  });
}

/** What goes and what comes, each with its reason. @param {Rewrite} rewrite */
function changes(rewrite) {
  const details = make('details', '');
  const list = make('ul', '');
  for (const { goes, comes, why } of rewrite.changes) {
    const item = make('li', '');
    if (goes) item.append(make('del', goes), ' ');
    if (comes) item.append(make('ins', comes), ' ');
    item.append(make('small', why));
    list.append(item);
  }
  details.append(make('summary', text('rewrites', 'shows')), list);
  return details;
}
