// Stored values that every key of a message needs, read once and again only when they have changed.

/** @type {Map<string, Promise<unknown>>} */
const known = new Map();

chrome.storage.onChanged.addListener((changes, area) => {
  for (const key of Object.keys(changes)) known.delete(`${area}/${key}`);
});

/** Read a key anew the next time: who has just changed it need not wait until that is told. @param {'local' | 'session'} area @param {string} key */
export const readAnew = (area, key) => void known.delete(`${area}/${key}`);

/**
 * The value of a key, or undefined.
 * @param {'local' | 'session'} area
 * @param {string} key
 * @returns {Promise<unknown>}
 */
export function remembered(area, key) {
  const name = `${area}/${key}`;
  let value = known.get(name);
  if (!value) {
    value = chrome.storage[area].get(key).then((stored) => stored[key]);
    known.set(name, value);
    value.catch(() => known.delete(name));
  }
  return value;
}
