// All that is said to the server, and what its silence or refusal means in words.

const DEFAULT_ORIGIN = 'http://127.0.0.1:7333';
const LOOPBACK = /^http:\/\/127\.0\.0\.1:\d{1,5}$/;
const TIMEOUT_MS = 5000;

/**
 * Where the server listens: port 7333, or another port of this machine that the settings name; never another machine.
 * @returns {Promise<string>}
 */
export async function serverOrigin() {
  const { serverOrigin: chosen } = await chrome.storage.local.get('serverOrigin');
  return typeof chosen === 'string' && LOOPBACK.test(chosen) ? chosen : DEFAULT_ORIGIN;
}

/**
 * Ask the server; a problem is returned in words, never thrown.
 * @template T
 * @param {string} path
 * @param {object} [body]  sent as JSON; without it the request is a GET
 * @param {'POST' | 'PATCH' | 'DELETE'} [method]  of a request with a body
 * @returns {Promise<{ value: T } | { problem: Problem }>}
 */
export async function ask(path, body, method = 'POST') {
  const request = body === undefined ? {} : {
    method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  };
  try {
    const response = await fetch((await serverOrigin()) + path, { ...request, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const answer = await response.json();
    if (response.ok) return { value: answer };
    const message = String(answer?.error?.message ?? response.status);
    const title = chrome.i18n.getMessage('serverRefused', message);
    return { problem: { code: 'refused', status: response.status, title } };
  } catch (error) {
    if (error instanceof SyntaxError) {
      return { problem: { code: 'broken', title: chrome.i18n.getMessage('serverBroken', error.message) } };
    }
    return { problem: { code: 'away', title: chrome.i18n.getMessage('serverAway') } };
  }
}
