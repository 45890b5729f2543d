// Whom a message goes to, where the page does not say it or several stored contacts fit: what the user chose.
import { readAnew, remembered } from './remembered.js';

/**
 * A choice holds for one editor and one conversation: pages use the same editor for the next person.
 * @param {number} tab
 * @param {{ editor: string, path: string }} place
 */
const keyOf = (tab, { editor, path }) => `choice/${tab}/${editor}${path}`;

/** @param {number} tab @param {{ editor: string, path: string }} place @returns {Promise<string | null>} */
export async function chosenContact(tab, place) {
  return /** @type {string | undefined} */ (await remembered('session', keyOf(tab, place))) ?? null;
}

/** @param {number} tab @param {{ editor: string, path: string }} place @param {string | null} contact */
export async function choose(tab, place, contact) {
  const key = keyOf(tab, place);
  if (contact) await chrome.storage.session.set({ [key]: contact });
  else await chrome.storage.session.remove(key);
  readAnew('session', key);
}

/** What to call a person of whom the page may show an address alone. @param {Recipient} person */
export const labelOf = ({ name, email, profile }) => name || email || profile?.replace(/\/+$/, '').split('/').at(-1) || '';
