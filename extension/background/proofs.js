// The arithmetic by which extension and server prove themselves to each other; the same as in the server's access/proofs.py.

const CODE_ITERATIONS = 200_000;
const encoder = new TextEncoder();

/**
 * What both sides of one exchange have said.
 * @typedef {{ server: string, extension: string, pairing: string, clientNonce: string, serverNonce: string }} Transcript
 * @typedef {Uint8Array<ArrayBuffer>} Bytes
 */

/** @param {Bytes} bytes */
export const toHex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** @param {string} hex @returns {Bytes} */
export const fromHex = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** @param {number} count @returns {Bytes} */
export const randomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));

/** @param {Bytes} key */
export const signingKey = (key) => crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);

/** @param {Bytes | CryptoKey} key @param {string} words @returns {Promise<Bytes>} */
export async function hmac(key, words) {
  const imported = key instanceof CryptoKey ? key : await signingKey(key);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, encoder.encode(words)));
}

/** @param {Transcript} transcript @param {Bytes} key @param {string} purpose @param {string[]} more */
export function proofOf({ server, extension, pairing, clientNonce, serverNonce }, key, purpose, ...more) {
  return hmac(key, [purpose, server, extension, pairing, clientNonce, serverNonce, ...more].join('\n'));
}

/** @param {string} code @param {string} salt  in hexadecimal */
export async function keyFromCode(code, salt) {
  const imported = await crypto.subtle.importKey('raw', encoder.encode(code), 'PBKDF2', false, ['deriveBits']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: fromHex(salt), iterations: CODE_ITERATIONS };
  return new Uint8Array(await crypto.subtle.deriveBits(how, imported, 256));
}

/** The keys of a token: with the first the extension proves itself, the others are what the server keeps. @param {Bytes} token */
export async function keysOf(token) {
  const clientKey = await hmac(token, 'coltiva client key');
  const storedKey = new Uint8Array(await crypto.subtle.digest('SHA-256', clientKey));
  return { clientKey, storedKey, serverKey: await hmac(token, 'coltiva server key') };
}

/** @param {Bytes} clientKey @param {Bytes} storedKey @param {Transcript} transcript */
export async function clientProof(clientKey, storedKey, transcript) {
  const mask = await proofOf(transcript, storedKey, 'client');
  return toHex(clientKey.map((byte, index) => byte ^ (mask[index] ?? 0)));
}

/** @param {Bytes | CryptoKey} answerKey @param {string} nonce @param {number} status */
export const answerProof = async (answerKey, nonce, status) => toHex(await hmac(answerKey, `answer\n${nonce}\n${status}`));
