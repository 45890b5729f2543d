// @ts-check
// What a change would do, measured as soon as it is made, before anything is saved; and saving it.
import { call, CallError, effectOf } from './rules-api.js';
import { counted, element, make, text, write } from './page.js';
import { marked } from './phrase-syntax.js';
import { figures } from './rule-figures.js';

/** @typedef {import('./rules-api.js').Effect} Effect */
/** @typedef {import('./rules-api.js').MovedMessage} MovedMessage */
/** @typedef {import('./rules-api.js').Change} Change */

const WAIT_MS = 250;
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
  if (change === null) {
    // The next change begins with nothing of this one.
    element('effect-warnings').replaceChildren();
    showDetails([], [], 0);
    /** @type {HTMLDetailsElement} */ (element('effect-details')).open = false;
    return;
  }
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
  showDetails([], [], 0);
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
  save.textContent = text('effect', effect.worse || effect.faults.length ? 'save_anyway' : 'save');
  write('effect-summary', broken ? text('problems', 'refused') : summary(effect));
  const warnings = [
    ...effect.problems.map((problem) => make('li', problemLine(problem), 'broken')),
    ...effect.faults.map((fault) => make('li', text('effect', 'fault', { fault: fault.fault, example: fault.example }))),
  ];
  if (effect.worse && !broken) warnings.unshift(make('li', text('effect', 'worse')));
  element('effect-warnings').replaceChildren(...warnings);
  const moved = [...effect.sent.moved.map((one) => movedLine(one, true)), ...effect.shown.map((one) => movedLine(one, false))];
  showDetails(figures(effect), moved, effect.moved + effect.sent.moved.length);
}

/** @param {Effect} effect */
function summary(effect) {
  const { messages, moved, flagged, cleaned, sent } = effect;
  const said = messages === 0 ? text('effect', 'unmeasured') : moved === 0 ? text('effect', 'none', { messages })
    : counted('effect', 'moved', moved, { messages, flagged, cleaned });
  return sent.messages ? `${said} ${text('effect', 'sent', { messages: sent.messages, moved: sent.moved.length })}` : said;
}

/**
 * Show figures and messages, folded as the user left them; where nothing moves there is nothing to unfold.
 * @param {HTMLElement[]} shown @param {HTMLElement[]} moved @param {number} all  how many messages are moved; not all may be listed
 */
function showDetails(shown, moved, all) {
  element('effect-figures').replaceChildren(...shown);
  element('effect-list').replaceChildren(...moved);
  write('effect-messages-label', moved.length < all ? text('effect', 'messages_some', { count: moved.length, all }) : text('effect', 'messages'));
  element('effect-messages').hidden = moved.length === 0;
  element('effect-details').hidden = shown.length + moved.length === 0;
}

/** @param {MovedMessage} one @param {boolean} isOwn */
function movedLine(one, isOwn) {
  const line = document.createElement('li');
  const verdicts = make('p', '', 'verdicts');
  verdicts.append(make('span', text('verdicts', one.before.verdict), `verdict ${one.before.verdict}`), make('span', ' → '),
    make('span', text('verdicts', one.after.verdict), `verdict ${one.after.verdict}`));
  const labels = isOwn ? text('effect', 'own_message') : one.labels.length
    ? text('effect', 'labelled', { kinds: [...new Set(one.labels)].map((kind) => text('kinds', kind)).join(', ') }) : text('effect', 'labelled_none');
  verdicts.append(make('small', `${text('stages', one.stage)} · ${labels}`));
  const findings = one.after.findings.length ? one.after.findings : one.before.findings;
  const spans = findings.map(({ start, end }) => /** @type {[number, number]} */ ([start, end])).sort((a, b) => a[0] - b[0]);
  const message = make('p', '', 'message');
  message.lang = one.language;
  message.append(marked(one.text, spans, one.after.findings.length ? 'comes' : 'goes'));
  line.append(verdicts, message);
  return line;
}
