// @ts-check
// A text of the user's own, to try a rule on: what the phrase that is being written finds in it, else what the rule finds.
import { call, CallError } from './rules-api.js';
import { element, make, text } from './page.js';
import { marked } from './phrase-syntax.js';

/** @typedef {import('./rule-detail.js').Draft} Draft */
/** @typedef {import('./rules-api.js').Found} Found */
/** @typedef {Found & {held_back: [number, number][]}} RuleFound */

const WAIT_MS = 150;
/** The rule as it now stands, saved or not; null where none is open that has phrases. @type {Draft | null} */
let draft = null;
let isWriting = false;
let turn = 0;
let said = '';
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

export function startSample() {
  element('sample').addEventListener('input', () => {
    document.dispatchEvent(new Event('coltiva-sample'));
    if (!isWriting) soon();
  });
}

/** The user's own text on one line, as the server tries it. */
export const sampleText = () => /** @type {HTMLTextAreaElement} */ (element('sample')).value.trim().replace(/\s+/g, ' ');

/** Show what the rule finds as it now stands, unless a phrase is being written. @param {Draft | null} now */
export function showRuleTrial(now) {
  draft = now;
  if (!isWriting) soon();
}

/** Show what a phrase finds while it is written. @param {Found[] | null} found  null where none is written any more */
export function showPhraseTrial(found) {
  isWriting = found !== null;
  if (found === null) return soon();
  turn += 1;
  clearTimeout(timer);
  const own = sampleText();
  const one = found.find((candidate) => candidate.text === own);
  // A phrase that is not finished is tried on nothing: its fault stands under it.
  say(own, one?.spans ?? [], one ? text('rule', one.spans.length ? 'sample_hit' : 'sample_none') : '');
}

function soon() {
  turn += 1;
  clearTimeout(timer);
  if (!sampleText() || !draft) say('', [], '');
  else timer = setTimeout(() => void ask(turn), WAIT_MS);
}

/** @param {number} asked */
async function ask(asked) {
  const own = sampleText();
  if (!draft) return;
  if (!draft.enabled) return say(own, [], text('rule', 'sample_off'));
  try {
    const { found: [one] } = /** @type {{found: [RuleFound]}} */ (await call('POST', '/rules/finds', { rule: draft, texts: [own] }));
    if (asked !== turn || !draft) return;
    const result = one.spans.length ? 'hit' : one.held_back.length ? 'held_back' : 'none';
    const speaker = draft.rule.split('/')[1] === 'guards' ? 'sample_guard' : 'sample_rule';
    if (result === 'held_back') say(own, one.held_back, text('rule', 'sample_held_back'), 'goes');
    else say(own, one.spans, text('rule', `${speaker}_${result}`));
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    if (asked === turn) say(own, [], error.message || text('problems', 'away'));
  }
}

/** @param {string} own @param {[number, number][]} spans @param {string} note @param {string} [look] */
function say(own, spans, note, look = '') {
  const saying = JSON.stringify([own, spans, note]);
  if (saying === said) return;
  said = saying;
  element('sample-found').replaceChildren(...(own ? [marked(own, spans, look), make('small', note)] : []));
}
