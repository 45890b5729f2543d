// @ts-check
// The changes made so far, each with its undo; the layer carried away and in; whether sent messages are kept.
import { call, CallError } from './rules-api.js';
import { counted, element, make, momentText, text, write } from './page.js';
import { problemLine } from './rule-effect.js';
import { focusShown } from './rules-focus.js';
import { saveFile } from './saving.js';

/** @typedef {import('./rules-api.js').Change} Change */

/** @type {(change: Change | null, what: string) => Promise<void>} */
let onChange = async () => {};
/** @type {string} */
let newest = '';

/** @param {typeof onChange} changed  called after the rules have changed */
export function startChanges(changed) {
  onChange = changed;
  element('export').addEventListener('click', () => void trying(async () => {
    const problem = await saveFile('/api/v1/rules/export', 'coltiva-rules.json');
    if (problem) throw new CallError(problem === 'away' ? '' : problem);
  }));
  const file = /** @type {HTMLInputElement} */ (element('import'));
  file.addEventListener('change', () => void trying(async () => {
    const [chosen] = file.files ?? [];
    if (!chosen) return;
    const content = await chosen.text();
    file.value = '';
    const { change } = await call('POST', '/rules/import', content);
    await onChange(change, text('changes', 'imported'));
  }));
  const keep = /** @type {HTMLInputElement} */ (element('keep-sent'));
  keep.addEventListener('change', () => void trying(async () => {
    keep.checked = (await call('POST', '/rules/keep-sent', { keeps: keep.checked })).keeps;
    if (!keep.checked) write('sent-count', text('changes', 'sent_none'));
  }));
  element('undo').addEventListener('click', () => void trying(() => undo(newest)));
  element('done-close').addEventListener('click', () => {
    element('done').hidden = true;
    focusShown();
  });
}

/** Say what was done, with a button that takes it back. @param {Change | null} change @param {string} what */
export function sayDone(change, what) {
  newest = change?.id ?? '';
  element('done').hidden = false;
  write('done-text', what);
  element('undo').hidden = newest === '';
}

/** @param {string} id */
async function undo(id) {
  const { change } = await call('POST', `/rules/changes/${id}/undo`);
  await onChange(change, text('changes', 'undone_line'));
}

/** Show the changes. @param {{keeps_sent: boolean, sent: number}} told @param {string} folder */
export async function loadChanges(told, folder) {
  const { changes } = /** @type {{changes: Change[]}} */ (await call('GET', '/rules/changes'));
  write('folder', folder);
  /** @type {HTMLInputElement} */ (element('keep-sent')).checked = told.keeps_sent;
  write('sent-count', told.sent ? counted('changes', 'sent_count', told.sent) : text('changes', 'sent_none'));
  element('changes').replaceChildren(...(changes.length ? changes.map(line) : [make('li', text('changes', 'none'), 'hint')]));
}

/** @param {Change} change */
function line(change) {
  const entry = document.createElement('li');
  const what = make('div', '');
  what.append(make('strong', text('whats', change.what)), make('small', change.files.join(', ')));
  const undoing = make('button', text('changes', 'undo'));
  undoing.type = 'button';
  undoing.setAttribute('aria-label', `${text('changes', 'undo')}: ${text('whats', change.what)}, ${change.files.join(', ')}`);
  undoing.addEventListener('click', () => void trying(() => undo(change.id)));
  const at = make('time', momentText(change.at));
  at.dateTime = change.at;
  entry.append(at, what, undoing);
  return entry;
}

/** @param {() => Promise<void>} run */
async function trying(run) {
  element('notice').hidden = true;
  try {
    await run();
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    write('notice-text', error.problems.length ? error.problems.map(problemLine).join('\n') : error.message || text('problems', 'away'));
    element('notice').hidden = false;
  }
}
