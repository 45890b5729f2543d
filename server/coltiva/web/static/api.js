// @ts-check
// Every request of the own pages goes through here, for it carries the session's secret. Cookies are shown to every server on
// this machine, whatever its port; the secret is kept where browsers show it to this origin alone.

const SECRET = 'coltiva-session';
const HEADER = 'X-Coltiva-CSRF';

/** @param {string} secret  as a one-time link has brought it */
export function keepSecret(secret) {
  localStorage.setItem(SECRET, secret);
}

/** @returns {Record<string, string>} */
function secretHeader() {
  try {
    const secret = localStorage.getItem(SECRET);
    return secret ? { [HEADER]: secret } : {};
  } catch {
    return {}; // storage may be forbidden; what needs no session works all the same
  }
}

/**
 * Ask the server, as `fetch` does.
 * @param {string} path  from the root, such as `/api/v1/contacts`
 * @param {{method?: string, headers?: Record<string, string>, body?: BodyInit}} [options]
 */
export function request(path, { headers = {}, ...options } = {}) {
  return fetch(path, { ...options, headers: { ...headers, ...secretHeader() } });
}

/**
 * Send a value as JSON.
 * @param {string} method
 * @param {string} path
 * @param {object} [value]
 */
export function sendJson(method, path, value = {}) {
  return request(path, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) });
}
