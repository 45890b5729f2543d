// @ts-check
// The page on which an extension is let in: a code, who is paired, and revoking.
import { sendJson } from './api.js';
import { showWayBack } from './first-steps.js';
import { dayText, element, make, text, write } from './page.js';
import { answerOf, nameOf, startPairingCode } from './pairing-code.js';

/** @typedef {import('./pairing-code.js').Pairing} Pairing */

/** @param {Pairing[]} pairings */
function show(pairings) {
  element('none').hidden = pairings.length > 0;
  element('paired').replaceChildren(...pairings.map((pairing) => {
    const item = make('li', '');
    const words = make('div', nameOf(pairing));
    words.append(make('small', text('paired', 'since', { day: dayText(pairing.paired_on) })), make('small', pairing.origin));
    const revoke = make('button', text('paired', 'revoke'));
    revoke.type = 'button';
    revoke.setAttribute('aria-label', text('paired', 'revoke_of', { name: nameOf(pairing) }));
    revoke.addEventListener('click', () => void revokeOne(pairing));
    item.append(words, revoke);
    return item;
  }));
}

/** @param {Pairing} pairing */
async function revokeOne(pairing) {
  const done = await answerOf(await sendJson('DELETE', `/api/v1/pairings/${pairing.id}`).catch(() => null));
  if (done) write('revoked', text('paired', 'revoked', { name: nameOf(pairing) }));
  await look();
  element('make').focus();
}

const look = startPairingCode({ onLook: show, onPaired: () => void showWayBack() });
void showWayBack();
