// @ts-check
// The first steps: says which are done, which is next, and looks again when the reader comes back from one of them.
import { lookHowFar } from './first-steps.js';
import { counted, element, text, write } from './page.js';
import { startPairingCode } from './pairing-code.js';

/** @typedef {keyof import('./first-steps.js').Reached['done']} Step */

/** @type {readonly Step[]} */
const STEPS = ['load', 'pair', 'contacts', 'try'];

/** @param {Step} name @param {boolean} isDone @param {boolean} isNext @param {string} words */
function mark(name, isDone, isNext, words) {
  const step = element(`step-${name}`);
  const done = isDone ? 'yes' : 'no';
  const details = step.querySelector('details');
  // Only news folds or unfolds a step: what the reader has opened stays open.
  if (details && step.dataset.done !== done) details.open = !isDone;
  step.dataset.done = done;
  if (isNext) step.setAttribute('aria-current', 'step');
  else step.removeAttribute('aria-current');
  const state = step.querySelector('.state');
  if (state && state.textContent !== words) state.textContent = words;
}

async function look() {
  const { away, contacts, done } = await lookHowFar();
  write('notice-text', away ? text('problems', 'away') : '');
  element('notice').hidden = !away;
  if (away) return; // what was done stays done
  const open = STEPS.filter((name) => !done[name]);
  // That an extension is loaded is known once it is paired; whoever asks for a code has come so far.
  const next = open[0] === 'load' && !element('code-shown').hidden ? 'pair' : open[0];
  for (const name of STEPS) {
    const words = name === 'contacts' ? counted('contacts', 'done', contacts) : text(name, 'done');
    mark(name, done[name], name === next, done[name] ? words : '');
  }
  write('lead', text('lead', next ? 'text' : 'finished'));
}

element('copy').addEventListener('click', async () => {
  await navigator.clipboard.writeText(element('folder').textContent ?? '');
  write('copy', text('load', 'copied'));
});
startPairingCode({ onCode: () => void look(), onPaired: () => void look() });
document.addEventListener('visibilitychange', () => { if (!document.hidden) void look(); });
window.addEventListener('focus', () => void look());
window.addEventListener('pageshow', (event) => { if (event.persisted) void look(); });
void look();
