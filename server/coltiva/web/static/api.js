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

/**
 * Save what the server answers as a file: a plain link would come without the secret.
 * @param {string} path
 * @param {string} name
 * @returns {Promise<string>}  what went wrong; empty where nothing did
 */
export async function saveFile(path, name) {
  const response = await request(path).catch(() => null);
  if (!response) return 'away';
  if (!response.ok) return (await response.json().catch(() => null))?.error?.message ?? response.statusText;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  // The browser needs the address until it has begun to save.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return '';
}
