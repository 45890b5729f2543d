// @ts-check
// Shows a pairing code, notices when an extension has used it, and revokes.
import { request, sendJson } from './api.js';
import { dayText, element, make, refusal, text, write } from './page.js';

/** @typedef {{id: string, name: string, origin: string, paired_on: string}} Pairing */

const LOOK_EVERY_MS = 1000;
/** @type {Set<string> | null} */
let known = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let looking;

/** @param {Response | null} response  the answer's JSON; null, and a notice, where there is none */
async function answerOf(response) {
  const answer = await response?.json().catch(() => null);
  const message = !response ? text('problems', 'away')
    : response.ok && answer ? '' : text('problems', 'failed', { message: refusal(response, answer) });
  write('notice-text', message);
  element('notice').hidden = message === '';
  return message ? null : answer;
}

/** @param {Pairing} pairing */
const nameOf = ({ name }) => name || text('paired', 'unnamed');

/** @param {Pairing[]} pairings */
function show(pairings) {
  element('none').hidden = pairings.length > 0;
  element('paired').replaceChildren(...pairings.map((pairing) => {
    const item = make('li', '');
    const words = make('div', nameOf(pairing));
    words.append(make('small', `${text('paired', 'since', { day: dayText(pairing.paired_on) })} · ${pairing.origin}`));
    const revoke = make('button', text('paired', 'revoke'));
    revoke.type = 'button';
    revoke.setAttribute('aria-label', text('paired', 'revoke_of', { name: nameOf(pairing) }));
    revoke.addEventListener('click', () => void revokeOne(pairing));
    item.append(words, revoke);
    return item;
  }));
}

async function look() {
  /** @type {{pairings: Pairing[]} | null} */
  const answer = await answerOf(await request('/api/v1/pairings').catch(() => null));
  if (!answer) return;
  const fresh = answer.pairings.find(({ id }) => known && !known.has(id));
  known = new Set(answer.pairings.map(({ id }) => id));
  show(answer.pairings);
  if (!fresh) return;
  write('waiting', text('code', 'done', { name: nameOf(fresh) }));
  element('code-shown').hidden = element('minutes').hidden = true;
  clearTimeout(looking);
  looking = undefined;
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
  write('copy', text('code', 'copy'));
  element('code-shown').hidden = element('minutes').hidden = false;
  lookAgain(Date.now() + made.minutes * 60_000);
}

/** @param {Pairing} pairing */
async function revokeOne(pairing) {
  const done = await answerOf(await sendJson('DELETE', `/api/v1/pairings/${pairing.id}`).catch(() => null));
  if (done) write('revoked', text('paired', 'revoked', { name: nameOf(pairing) }));
  await look();
  element('make').focus();
}

element('make').addEventListener('click', () => void makeCode());
element('copy').addEventListener('click', async () => {
  await navigator.clipboard.writeText(element('code').textContent ?? '');
  write('copy', text('code', 'copied'));
});
void look();
