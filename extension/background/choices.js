// Whom a message goes to, where the page does not say it or several stored contacts fit: what the user chose for each recipient.
import { readAnew, remembered } from './remembered.js';

/**
 * A choice holds for one editor and one conversation: pages use the same editor for the next person.
 * @param {number} tab
 * @param {{ editor: string, path: string }} place
 */
const keyOf = (tab, { editor, path }) => `choice/${tab}/${editor}${path}`;

/** What to call one of those to whom a message goes; empty where the page names nobody. @param {Recipient | null} recipient */
const nameIn = (recipient) => (recipient ? labelOf(recipient) : '');

/**
 * Who was chosen for a recipient, of whom there may be several.
 * @param {number} tab
 * @param {{ editor: string, path: string }} place
 * @param {Recipient | null} recipient
 * @returns {Promise<string | null>} the contact's id
 */
export async function chosenContact(tab, place, recipient) {
  const chosen = /** @type {Record<string, string> | undefined} */ (await remembered('session', keyOf(tab, place)));
  return chosen?.[nameIn(recipient)] ?? null;
}

/**
 * @param {number} tab
 * @param {{ editor: string, path: string }} place
 * @param {Recipient | null} recipient
 * @param {string | null} contact
 */
export async function choose(tab, place, recipient, contact) {
  const key = keyOf(tab, place);
  const { [key]: before } = await chrome.storage.session.get(key);
  const { [nameIn(recipient)]: _, ...others } = /** @type {Record<string, string>} */ (before ?? {});
  await chrome.storage.session.set({ [key]: contact ? { ...others, [nameIn(recipient)]: contact } : others });
  readAnew('session', key);
}

/** What to call a person of whom the page may show an address alone. @param {Recipient} person */
export const labelOf = ({ name, email, profile }) => name || email || profile?.replace(/\/+$/, '').split('/').at(-1) || '';
