// @ts-check
// Shows a pairing code, and notices when an extension has used it.
import { request, sendJson } from './api.js';
import { element, refusal, text, write } from './page.js';

/** @typedef {{id: string, name: string, origin: string, paired_on: string}} Pairing */

const LOOK_EVERY_MS = 1000;

/** @param {Response | null} response  the answer's JSON; null, and a notice, where there is none */
export async function answerOf(response) {
  const answer = await response?.json().catch(() => null);
  const message = !response ? text('problems', 'away')
    : response.ok && answer ? '' : text('problems', 'failed', { message: refusal(response, answer) });
  write('notice-text', message);
  element('notice').hidden = message === '';
  return message ? null : answer;
}

/** @param {Pairing} pairing */
export const nameOf = ({ name }) => name || text('code', 'unnamed');

/**
 * Let the button show a code; returns what looks who is paired.
 * @param {{onLook?: (pairings: Pairing[]) => void, onCode?: () => void, onPaired?: () => void}} listeners
 *   hear who is paired at each look, that a code is shown, and that one more extension is paired
 */
export function startPairingCode({ onLook = () => {}, onCode = () => {}, onPaired = () => {} }) {
  /** @type {Set<string> | null} */
  let known = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let looking;

  async function look() {
    /** @type {{pairings: Pairing[]} | null} */
    const answer = await answerOf(await request('/api/v1/pairings').catch(() => null));
    if (!answer) return;
    const fresh = answer.pairings.find(({ id }) => known && !known.has(id));
    known = new Set(answer.pairings.map(({ id }) => id));
    onLook(answer.pairings);
    if (!fresh) return;
    write('waiting', text('code', 'done', { name: nameOf(fresh) }));
    element('code-shown').hidden = element('minutes').hidden = true;
    clearTimeout(looking);
    looking = undefined;
    onPaired();
  }

  /** @param {number} until  milliseconds since 1970 */
  function lookAgain(until) {
    clearTimeout(looking);
    looking = setTimeout(async () => {
      await look();
      if (looking === undefined) return;
      if (Date.now() < until) lookAgain(until);
      else hideCode();
    }, LOOK_EVERY_MS);
  }

  function hideCode() {
    element('code-shown').hidden = element('minutes').hidden = true;
    write('waiting', '');
  }

  async function makeCode() {
    /** @type {{code: string, minutes: number} | null} */
    const made = await answerOf(await sendJson('POST', '/api/v1/pairing/code').catch(() => null));
    if (!made) return;
    write('code', made.code);
    write('minutes', text('code', 'minutes', { minutes: made.minutes }));
    write('waiting', text('code', 'waiting'));
    write('make', text('code', 'again'));
    write('copy-code', text('code', 'copy'));
    element('code-shown').hidden = element('minutes').hidden = false;
    onCode();
    lookAgain(Date.now() + made.minutes * 60_000);
  }

  element('make').addEventListener('click', () => void makeCode());
  element('copy-code').addEventListener('click', async () => {
    await navigator.clipboard.writeText(element('code').textContent ?? '');
    write('copy-code', text('code', 'copied'));
  });
  void look();
  return look;
}
