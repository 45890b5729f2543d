// Whom a message goes to, where the page does not say it or several stored contacts fit: what the user chose.

/**
 * A choice holds for one editor and one conversation: pages use the same editor for the next person.
 * @param {number} tab
 * @param {{ editor: string, path: string }} place
 */
const keyOf = (tab, { editor, path }) => `choice/${tab}/${editor}${path}`;

/** @param {number} tab @param {{ editor: string, path: string }} place @returns {Promise<string | null>} */
export async function chosenContact(tab, place) {
  const key = keyOf(tab, place);
  return /** @type {string | undefined} */ ((await chrome.storage.session.get(key))[key]) ?? null;
}

/** @param {number} tab @param {{ editor: string, path: string }} place @param {string | null} contact */
export async function choose(tab, place, contact) {
  if (contact) await chrome.storage.session.set({ [keyOf(tab, place)]: contact });
  else await chrome.storage.session.remove(keyOf(tab, place));
}

/** What to call a person of whom the page may show an address alone. @param {Recipient} person */
export const labelOf = ({ name, email, profile }) => name || email || profile?.replace(/\/+$/, '').split('/').at(-1) || '';
