// @ts-check
// Saves what the server answers as a file. Apart from the requests themselves, which the page behind a link makes too: it has no words.
import { request } from './api.js';
import { refusal } from './page.js';

/**
 * Save what the server answers as a file: a plain link would come without the secret.
 * @param {string} path
 * @param {string} name
 * @returns {Promise<string>}  what went wrong; empty where nothing did
 */
export async function saveFile(path, name) {
  const response = await request(path).catch(() => null);
  if (!response) return 'away';
  if (!response.ok) return refusal(response, await response.json().catch(() => null));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  // The browser needs the address until it has begun to save.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return '';
}
