// @ts-check
// What a change would do, measured as soon as it is made, before anything is saved; and saving it.
import { call, CallError, effectOf } from './rules-api.js';
import { counted, element, make, text, write } from './page.js';
import { marked } from './phrase-syntax.js';

/** @typedef {import('./rules-api.js').Effect} Effect */
/** @typedef {import('./rules-api.js').MovedMessage} MovedMessage */
/** @typedef {import('./rules-api.js').Figures} Figures */
/** @typedef {import('./rules-api.js').Change} Change */

const WAIT_MS = 250;
const FIGURES = ['precision', 'recall', 'false_alarms', 'verdict_accuracy'];
/** @type {object | null} */
let proposed = null;
let turn = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
const save = /** @type {HTMLButtonElement} */ (element('save'));
const progress = /** @type {HTMLProgressElement} */ (element('effect-progress'));

/** Whether something is changed that is not saved. */
export const isChanged = () => proposed !== null;

/**
 * @param {(change: Change | null) => Promise<void>} onSaved
 * @param {() => void} onDiscard
 */
export function startEffect(onSaved, onDiscard) {
  element('discard').addEventListener('click', () => {
    showChange(null);
    onDiscard();
  });
  // From deep within a rule, saving is one key away.
  document.addEventListener('keydown', (event) => {
    if (proposed === null || event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    if (!save.disabled) save.click();
  });
  save.addEventListener('click', async () => {
    if (!proposed) return;
    save.disabled = true;
    try {
      const { change } = await call('POST', '/rules/save', proposed);
      showChange(null);
      await onSaved(change);
    } catch (error) {
      fail(error);
    }
  });
}

/** Measure a change; null where there is none. @param {object | null} change */
export function showChange(change) {
  proposed = change;
  turn += 1;
  clearTimeout(timer);
  element('effect').hidden = change === null;
  document.body.classList.toggle('has-effect', change !== null);
  if (change === null) return;
  save.disabled = true;
  write('effect-summary', text('effect', 'measuring'));
  timer = setTimeout(() => void measure(change, turn), WAIT_MS);
}

/** @param {object} change @param {number} asked */
async function measure(change, asked) {
  showProgress(true);
  try {
    const effect = await effectOf(change, (done, of) => {
      if (asked !== turn) return;
      if (of === 0) return; // the rules of a language are being read: how much there is to do is not known yet
      progress.value = done / of;
      write('effect-count', text('effect', 'progress', { done, of }));
    });
    if (asked === turn) draw(effect);
  } catch (error) {
    if (asked === turn) fail(error);
  } finally {
    if (asked === turn) showProgress(false);
  }
}

/** The count stands beside what is announced: a screen reader asks the bar for it. @param {boolean} isOn */
function showProgress(isOn) {
  progress.hidden = !isOn;
  progress.removeAttribute('value');
  element('effect-count').hidden = !isOn;
  write('effect-count', '');
}

/** @param {unknown} error */
function fail(error) {
  if (!(error instanceof CallError)) throw error;
  save.disabled = true;
  element('effect-figures').replaceChildren();
  element('effect-details').hidden = true;
  write('effect-summary', error.message ? text('problems', 'refused') : text('problems', 'away'));
  const lines = error.problems.length ? error.problems.map(problemLine) : error.message ? [error.message] : [];
  element('effect-warnings').replaceChildren(...lines.map((line) => make('li', line, 'broken')));
}

/** @param {import('./rules-api.js').Problem} problem */
export const problemLine = (problem) => `${problem.path}:${problem.line}:${problem.column}: ${problem.message}`;

/** @param {Effect} effect */
function draw(effect) {
  const broken = effect.problems.length > 0;
  save.disabled = broken;
  save.textContent = text('effect', effect.worse ? 'save_anyway' : 'save');
  const cleaned = effect.shown.filter((one) => one.before.verdict !== 'send' && one.after.verdict === 'send').length;
  const flagged = effect.shown.filter((one) => one.before.verdict === 'send' && one.after.verdict !== 'send').length;
  write('effect-summary', broken ? text('problems', 'refused') : effect.messages === 0 ? text('effect', 'unmeasured') : effect.moved === 0 ? text('effect', 'none', { messages: effect.messages })
    : counted('effect', 'moved', effect.moved, { messages: effect.messages, flagged, cleaned }));
  const warnings = [
    ...effect.problems.map((problem) => make('li', problemLine(problem), 'broken')),
    ...effect.faults.map((fault) => make('li', text('effect', 'fault', { fault: fault.fault, example: fault.example }))),
  ];
  if (effect.worse && !broken) warnings.unshift(make('li', text('effect', 'worse')));
  element('effect-warnings').replaceChildren(...warnings);
  element('effect-figures').replaceChildren(...figures(effect));
  const moved = [...effect.sent.moved.map((one) => movedLine(one, true)), ...effect.shown.map((one) => movedLine(one, false))];
  element('effect-details').hidden = moved.length === 0;
  element('effect-list').replaceChildren(...moved);
}

/** @param {Effect} effect @returns {HTMLElement[]} */
function figures(effect) {
  const rows = Object.entries(effect.languages).map(([code, pair]) => row(code.toUpperCase(), pair, FIGURES));
  for (const [kind, pair] of Object.entries(effect.kinds)) rows.push(row(text('kinds', kind), pair, ['precision', 'recall', '', '']));
  const table = document.createElement('table');
  const head = table.createTHead().insertRow();
  for (const name of ['', ...FIGURES]) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.textContent = name ? text('figures', name) : text('figures', 'of');
    head.append(cell);
  }
  table.createTBody().append(...rows);
  const scroll = make('div', '', 'scroll');
  scroll.tabIndex = 0;
  scroll.setAttribute('role', 'region');
  scroll.setAttribute('aria-label', text('effect', 'figures'));
  scroll.append(table);
  const neutral = make('p', text('effect', 'neutral', effect.neutral), 'hint');
  const note = make('p', text('effect', 'note'), 'hint');
  const sent = effect.sent.messages ? [make('p', text('effect', 'sent', { messages: effect.sent.messages, moved: effect.sent.moved.length }), 'hint')] : [];
  return [scroll, neutral, ...sent, note];
}

/** @param {string} name @param {{before: Figures, after: Figures}} pair @param {string[]} shown */
function row(name, pair, shown) {
  const line = document.createElement('tr');
  const head = make('th', name);
  head.scope = 'row';
  line.append(head, ...shown.map((key) => {
    const cell = document.createElement('td');
    if (!key) return cell;
    const [before, after] = [percent(pair.before[key]), percent(pair.after[key])];
    if (before === after) cell.textContent = after;
    else cell.append(make('span', before, 'before'), make('span', ' → '), make('strong', after));
    return cell;
  }));
  return line;
}

/** @param {number | null | undefined} part */
const percent = (part) => (part === null || part === undefined ? '–' : `${(100 * part).toFixed(1)} %`);

/** @param {MovedMessage} one @param {boolean} isOwn */
function movedLine(one, isOwn) {
  const line = document.createElement('li');
  const verdicts = make('p', '', 'verdicts');
  verdicts.append(make('span', text('verdicts', one.before.verdict), `verdict ${one.before.verdict}`), make('span', ' → '),
    make('span', text('verdicts', one.after.verdict), `verdict ${one.after.verdict}`));
  const labels = isOwn ? text('effect', 'own_message') : one.labels.length
    ? text('effect', 'labelled', { kinds: one.labels.map((kind) => text('kinds', kind)).join(', ') }) : text('effect', 'labelled_none');
  verdicts.append(make('small', `${text('stages', one.stage)} · ${labels}`));
  const findings = one.after.findings.length ? one.after.findings : one.before.findings;
  const spans = findings.map(({ start, end }) => /** @type {[number, number]} */ ([start, end])).sort((a, b) => a[0] - b[0]);
  const message = make('p', '', 'message');
  message.lang = one.language;
  message.append(marked(one.text, spans, one.after.findings.length ? 'comes' : 'goes'));
  line.append(verdicts, message);
  return line;
}
