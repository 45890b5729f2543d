// What the extension's own pages may ask: read contacts, write down, choose the recipient, change the message.
import { choose } from './choices.js';
import { keptOf } from './reports.js';
import { recordSent } from './sent.js';
import { currentPairing } from './pairing.js';
import { ask, pairByCode, serverOrigin, unpair } from './server-client.js';
import { explanationLanguage } from './settings.js';
import { cardView, contactReport, panelView, searchContacts } from './views.js';
import { forgetFailed, newId, sendWaiting, write } from './writes.js';

const API = '/api/v1';

/** @typedef {import('./messages.js').Asker} Asker */

/** The tab that a message is about: the one that it names, else the one in which the page lies. @param {{ tab?: number }} message @param {Asker} asker */
const tabOf = (message, asker) => message.tab ?? asker.tab;

/** @param {number} tab @param {number} frame @param {ContentMessage} message */
const tellContent = (tab, frame, message) => chrome.tabs.sendMessage(tab, message, { frameId: frame });

/** Let the editors of a frame be read again: what their answers rest on has changed. @param {number} tab @param {number} frame */
async function askAgain(tab, frame) {
  // The page may be gone, or its content script; there is nothing to read again then.
  await tellContent(tab, frame, { type: 'ask-again' }).catch(() => {});
}

/** @returns {Promise<ServerState>} */
async function serverState() {
  const origin = await serverOrigin();
  /** @type {{ value: { version: string } } | { problem: Problem }} */
  const answer = await ask(`${API}/health`);
  return 'value' in answer ? { version: answer.value.version, origin } : { problem: answer.problem, origin };
}

/** @param {Place & Omit<ApplyOrder, 'type'>} order @param {Asker} asker @returns {Promise<ApplyAnswer>} */
async function apply({ tab, frame, ...order }, asker) {
  const { editor, start, end, text, before } = order;
  try {
    const answer = await tellContent(tab ?? asker.tab, frame, { type: 'apply', editor, start, end, text, before });
    return answer ?? { applied: false, reason: 'gone' };
  } catch {
    return { applied: false, reason: 'gone' };
  }
}

/**
 * Write to the server, now or when it is back, and let the message be read again.
 * @param {Omit<Write, 'id' | 'at'> & { again?: Place, id?: string }} wanted
 * @param {Asker} asker
 */
async function writeDown({ again, id, method, path, body, what, words, who }, asker) {
  if (!/^\/(contacts|changes|dismissals)(\/|$)/.test(path)) throw new Error(`no write goes to ${path}`);
  const language = method === 'POST' && path.endsWith('/lines') ? await explanationLanguage() : undefined;
  const address = `${API}${path}${language ? `?explain_in=${language}` : ''}`;
  const own = id ?? newId();
  // Changes and removals are the same however often they come; what is added is known by its id.
  const full = method === 'POST' && !path.startsWith('/changes/') ? { id: own, ...body } : body;
  const outcome = await write({ id: own, method, path: address, body: full, what, words, who });
  if (again && outcome.state === 'done') await askAgain(tabOf(again, asker), again.frame);
  return outcome;
}

/** @param {Place & { contact: string | null }} message @param {Asker} asker */
async function chooseContact({ contact, ...place }, asker) {
  const tab = tabOf(place, asker);
  const kept = await keptOf(tab, place.frame, place.editor);
  if (!kept) return { chosen: false };
  await choose(tab, kept, kept.recipient, contact);
  await askAgain(tab, place.frame);
  return { chosen: true };
}

/**
 * Store the recipient as a contact, and take it that the message goes to them; one of several is only found among all from then on.
 * @param {Place & { recipient: Recipient }} message
 * @param {Asker} asker
 */
async function addContact({ recipient, ...place }, asker) {
  const id = newId();
  const { name, profile, otherProfile, email } = recipient;
  const profiles = [profile, otherProfile].filter((one) => one !== null && one !== '');
  const body = { name, profiles, emails: email ? [email] : [] };
  const outcome = await writeDown({ id, method: 'POST', path: '/contacts', body, what: 'contact', words: name, who: name }, asker);
  if (outcome.state !== 'done') return { outcome, id };
  const kept = await keptOf(tabOf(place, asker), place.frame, place.editor);
  if (kept && kept.recipients.length > 1) await askAgain(tabOf(place, asker), place.frame);
  else await chooseContact({ ...place, contact: id }, asker);
  return { outcome, id };
}

/** What the user took for wrong or not worth saying, as the server lists it. */
async function dismissals() {
  /** @type {{ value: { dismissals: object[] } } | { problem: Problem }} */
  const answer = await ask(`${API}/dismissals`);
  return answer;
}

/** Open one of the server's own pages, signed in. @param {{ to: string }} wanted @returns {Promise<{ open: true } | { problem: Problem }>} */
async function openPage({ to }) {
  /** @type {{ value: { link: string } } | { problem: Problem }} */
  const answer = await ask(`${API}/links`, { to });
  if ('problem' in answer) return answer;
  await chrome.tabs.create({ url: answer.value.link });
  return { open: true };
}

const pairingState = async () => ({ paired: (await currentPairing()) !== null, origin: await serverOrigin() });

/** @type {Record<string, { from: 'extension', handle: (message: any, asker: Asker) => Promise<unknown> }>} */
export const EXTENSION_ACTIONS = Object.fromEntries(Object.entries({
  'card-ready': (/** @type {any} */ _, /** @type {Asker} */ { tab }) => cardView(tab),
  'panel-view': (/** @type {{ tab: number, pinned: string | null }} */ { tab, pinned }) => panelView(tab, pinned),
  'server-state': serverState,
  'ask-again': async (/** @type {Place} */ place, /** @type {Asker} */ asker) => {
    await askAgain(tabOf(place, asker), place.frame);
    return null;
  },
  'search-contacts': (/** @type {{ query: string }} */ { query }) => searchContacts(query),
  contact: (/** @type {{ id: string }} */ { id }) => contactReport(id),
  apply,
  write: writeDown,
  'send-waiting': sendWaiting,
  'forget-failed': (/** @type {{ id: string }} */ { id }) => forgetFailed(id),
  'choose-contact': chooseContact,
  'add-contact': addContact,
  'log-sent': recordSent,
  dismissals,
  'pairing-state': pairingState,
  pair: (/** @type {{ code: string, name: string }} */ { code, name }) => pairByCode(code, name),
  unpair,
  'open-page': openPage,
}).map(([type, handle]) => [type, { from: /** @type {const} */ ('extension'), handle: /** @type {any} */ (handle) }]));
