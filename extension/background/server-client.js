// All that is said to the server, and what its silence or refusal means in words.
import { PairingError, currentPairing, expectProof, forgetPairing, forgetSession, newNonce, pair, sessionWith } from './pairing.js';
import { readAnew, remembered } from './remembered.js';

const DEFAULT_ORIGIN = 'http://127.0.0.1:7333';
const LOOPBACK = /^http:\/\/127\.0\.0\.1:\d{1,5}$/;
// A server that has just begun reads its rules before its first answer, on a busy machine for some seconds.
const TIMEOUT_MS = 10_000;

/** @typedef {'GET' | 'POST' | 'PATCH' | 'DELETE'} Method */

/**
 * Where the server listens: port 7333, or another port of this machine that the settings name; never another machine.
 * @returns {Promise<string>}
 */
export function serverOrigin() {
  readAnew('local', 'serverOrigin');
  return knownOrigin();
}

/** The same as it was read last: no key of a message waits for the storage. */
async function knownOrigin() {
  const chosen = await remembered('local', 'serverOrigin');
  return typeof chosen === 'string' && LOOPBACK.test(chosen) ? chosen : DEFAULT_ORIGIN;
}

/** @param {string} url @param {Method} method @param {object | undefined} body @param {Record<string, string>} headers */
function send(url, method, body, headers = {}) {
  /** @type {RequestInit} */
  const sent = method === 'GET' ? { headers }
    : { headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body ?? {}) };
  return fetch(url, {
    method, ...sent,
    priority: 'high', credentials: 'omit', cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS),
  });
}

/**
 * Send one request within the session, and throw where the answer does not prove that the server gave it.
 * @param {string} server @param {string} path @param {Method} method @param {object | undefined} body
 */
async function sendProved(server, path, method, body) {
  const session = await sessionWith((to, value) => send(server + to, 'POST', value), server);
  const nonce = newNonce();
  const isProved = expectProof(session, nonce);
  const response = await send(server + path, method, body, { Authorization: `Bearer ${session.token}`, 'X-Coltiva-Nonce': nonce });
  if (await isProved(response)) return response;
  await forgetSession();
  // The server was started again, or the pairing was revoked: a new session tells, and it proves the server anew.
  return response.status === 401 || response.status === 403 ? null : Promise.reject(new PairingError('impostor'));
}

/**
 * Ask the server; a problem is returned in words, never thrown.
 * @template T
 * @param {string} path
 * @param {object} [body]  sent as JSON by POST; without it the request is a GET
 * @param {Method} [method]  another method
 * @returns {Promise<{ value: T } | { problem: Problem }>}
 */
export async function ask(path, body, method = body === undefined ? 'GET' : 'POST') {
  try {
    const server = await knownOrigin();
    const response = await sendProved(server, path, method, body) ?? await sendProved(server, path, method, body);
    if (!response) throw new PairingError('impostor');
    const answer = await response.json();
    if (response.ok) return { value: answer };
    throw new PairingError('refused', String(answer?.error?.message ?? response.status), response.status);
  } catch (error) {
    return { problem: await problemOf(error) };
  }
}

/**
 * Pair with the server by the code that it shows.
 * @param {string} code
 * @param {string} name  what the server lists this browser as
 * @returns {Promise<{ paired: true } | { problem: Problem }>}
 */
export async function pairByCode(code, name) {
  try {
    const server = await serverOrigin();
    await pair((path, body) => send(server + path, 'POST', body), server, code, name);
    return { paired: true };
  } catch (error) {
    return { problem: await problemOf(error) };
  }
}

/** Give the pairing up, here and on the server, where that answers. */
export async function unpair() {
  const pairing = await currentPairing();
  if (pairing) await ask(`/api/v1/pairings/${pairing.id}`, {}, 'DELETE');
  await forgetPairing();
  return { paired: false };
}

/** @param {unknown} error @returns {Promise<Problem>} */
async function problemOf(error) {
  if (error instanceof PairingError) {
    const { code, message, status } = error;
    if (code === 'impostor') await forgetSession();
    const title = chrome.i18n.getMessage(code === 'refused' ? 'serverRefused' : `problem_${code}`, message);
    return status === undefined ? { code, title } : { code, status, title };
  }
  if (error instanceof SyntaxError) return { code: 'broken', title: chrome.i18n.getMessage('serverBroken', error.message) };
  return { code: 'away', title: chrome.i18n.getMessage('serverAway') };
}
