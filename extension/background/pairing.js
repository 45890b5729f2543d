// The pairing with the server and the sessions that it opens. The token is made here, is kept where pages cannot read it, and is
// never sent: server and extension prove to each other that they know it, the server first. So whoever sits on its port learns nothing.
import { answerProof, clientProof, fromHex, keyFromCode, keysOf, proofOf, randomBytes, signingKey, toHex } from './proofs.js';

/**
 * @typedef {{ id: string, token: string }} Pairing  `token` in hexadecimal
 * @typedef {{ server: string, token: string, answerKey: string }} Session
 * @typedef {(path: string, body: object) => Promise<Response>} Post
 */

const PAIRING = 'pairing';
const SESSION = 'session';
const CODE = /^[2-9A-HJ-NP-Z]{8}$/;
const NONCE_BYTES = 16;
const GOOD = 200;
const TOKEN_BYTES = 32;

/** The session that is begun or was; the storage keeps it for when the worker is stopped. @type {{ server: string, session: Promise<Session> } | null} */
let starting = null;

/** A refusal or a doubt; `code` is one of the problem codes. */
export class PairingError extends Error {
  /** @param {Problem['code']} code @param {string} [message] @param {number} [status]  of the answer, where there was one */
  constructor(code, message = '', status = undefined) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** @returns {Promise<Pairing | null>} */
export async function currentPairing() {
  const { [PAIRING]: pairing } = await chrome.storage.local.get(PAIRING);
  return /** @type {Pairing | undefined} */ (pairing) ?? null;
}

export async function forgetPairing() {
  await forgetSession();
  await chrome.storage.local.remove(PAIRING);
}

export async function forgetSession() {
  starting = null;
  await chrome.storage.session.remove(SESSION);
}

/**
 * Return what a POST answers; a refusal is thrown by its code.
 * @param {Post} post @param {string} path @param {object} body
 */
async function answerTo(post, path, body) {
  const response = await post(path, body);
  const answer = await response.json();
  if (response.ok) return answer;
  const code = answer?.error?.code;
  const isKnown = code === 'not_paired' || code === 'no_code' || code === 'wrong_code';
  throw new PairingError(isKnown ? code : 'refused', String(answer?.error?.message ?? response.status), response.status);
}

/** @param {string} server @param {string} pairing */
const newTranscript = (server, pairing) => ({
  server, extension: location.origin, pairing, clientNonce: toHex(randomBytes(NONCE_BYTES)), serverNonce: '',
});

/**
 * Pair with the server by the code that it shows.
 * @param {Post} post
 * @param {string} server  its origin
 * @param {string} typed
 * @param {string} name  what the server lists this browser as
 */
export async function pair(post, server, typed, name) {
  const code = typed.toUpperCase().replace(/[\s-]/g, '');
  if (!CODE.test(code)) throw new PairingError('wrong_code');
  const transcript = newTranscript(server, '');
  const begun = await answerTo(post, '/api/v1/pairing/begin', { nonce: transcript.clientNonce });
  transcript.serverNonce = String(begun.nonce);
  const key = await keyFromCode(code, String(begun.salt));
  // A mistyped code and a server that does not know the code look alike from here: nothing goes on to either.
  if (toHex(await proofOf(transcript, key, 'server')) !== begun.proof) throw new PairingError('wrong_code');
  const token = randomBytes(TOKEN_BYTES);
  const keys = await keysOf(token);
  const [storedKey, serverKey] = [toHex(keys.storedKey), toHex(keys.serverKey)];
  const proof = toHex(await proofOf(transcript, key, 'client', storedKey, serverKey));
  const body = { nonce: transcript.serverNonce, proof, stored_key: storedKey, server_key: serverKey, name };
  const done = await answerTo(post, '/api/v1/pairing', body);
  const id = String(done.id);
  if (toHex(await proofOf(transcript, key, 'paired', id)) !== done.proof) throw new PairingError('impostor');
  /** @type {Pairing} */
  const pairing = { id, token: toHex(token) };
  await forgetSession();
  await chrome.storage.local.set({ [PAIRING]: pairing });
}

/**
 * Return the session with a server, begun where there is none; many who ask at once get the same.
 * @param {Post} post
 * @param {string} server
 * @returns {Promise<Session>}
 */
export function sessionWith(post, server) {
  if (starting?.server !== server) {
    const session = keptSession(server).then((kept) => kept ?? beginSession(post, server));
    const mine = { server, session };
    starting = mine;
    session.catch(() => {
      if (starting === mine) starting = null;
    });
  }
  return starting.session;
}

/** @param {string} server @returns {Promise<Session | null>} */
async function keptSession(server) {
  const { [SESSION]: kept } = await chrome.storage.session.get(SESSION);
  const session = /** @type {Session | undefined} */ (kept);
  return session?.server === server ? session : null;
}

/** Begin a session; the server proves itself before this side does. @param {Post} post @param {string} server @returns {Promise<Session>} */
async function beginSession(post, server) {
  const pairing = await currentPairing();
  if (!pairing) throw new PairingError('not_paired');
  const transcript = newTranscript(server, pairing.id);
  const { clientKey, storedKey, serverKey } = await keysOf(fromHex(pairing.token));
  const begun = await answerTo(post, '/api/v1/sessions/begin', { pairing: pairing.id, nonce: transcript.clientNonce });
  transcript.serverNonce = String(begun.nonce);
  if (toHex(await proofOf(transcript, serverKey, 'server')) !== begun.proof) throw new PairingError('impostor');
  await answerTo(post, '/api/v1/sessions', { nonce: begun.nonce, proof: await clientProof(clientKey, storedKey, transcript) });
  const token = toHex(await proofOf(transcript, clientKey, 'session'));
  const answerKey = toHex(await proofOf(transcript, clientKey, 'answers'));
  /** @type {Session} */
  const session = { server, token, answerKey };
  await chrome.storage.session.set({ [SESSION]: session });
  return session;
}

/** The key of a session's answers, which every key of a message needs. @type {WeakMap<Session, Promise<CryptoKey>>} */
const answerKeys = new WeakMap();

/**
 * Return what tells of the answer to a request whether it comes from the server that was proved. The proof of a good answer is worked
 * out while the server works on the request.
 * @param {Session} session @param {string} nonce  of the request
 */
export function expectProof(session, nonce) {
  const key = answerKeys.get(session) ?? signingKey(fromHex(session.answerKey));
  answerKeys.set(session, key);
  /** @param {number} status */
  const proof = async (status) => answerProof(await key, nonce, status);
  const ofGood = proof(GOOD);
  ofGood.catch(() => {});
  /** @param {Response} response */
  return async ({ status, headers }) => headers.get('X-Coltiva-Proof') === await (status === GOOD ? ofGood : proof(status));
}

export const newNonce = () => toHex(randomBytes(NONCE_BYTES));
