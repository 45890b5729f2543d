// Which editors there are on a site, and whether the user wants Coltiva there.
import { knownSwitchedOn, knownWithheld, switchedOn } from '../pages/sites.js';
import { remembered } from './remembered.js';
import { ask } from './server-client.js';
import { readSettings } from './settings.js';

/** @typedef {import('./messages.js').Asker} Asker */

/**
 * The entry of sites.yml for where a message comes from; null where there is none or the user switched it off.
 * @param {Pick<Asker, 'host' | 'origin'>} asker
 * @returns {Promise<{ site: Site | null } | { problem: Problem }>}
 */
export async function siteOf({ host, origin }) {
  /** @type {{ value: { sites: Site[] } } | { problem: Problem }} */
  const answer = await ask('/api/v1/sites');
  if ('value' in answer) await chrome.storage.local.set({ selectors: answer.value.sites });
  // The selectors of last time serve while the server is away.
  const { selectors } = /** @type {{ selectors?: Site[] }} */ (await chrome.storage.local.get('selectors'));
  if (!Array.isArray(selectors)) return 'problem' in answer ? answer : { site: null };
  return { site: await wanted(selectors, { host, origin }, await switchedOn()) };
}

/**
 * Whether the user wants Coltiva where a message comes from, by what is known already: a page may ask on until it has been told.
 * @param {Pick<Asker, 'host' | 'origin'>} asker
 */
export async function isWanted(asker) {
  const [selectors, added] = await Promise.all([remembered('local', 'selectors'), knownSwitchedOn()]);
  return await wanted(/** @type {Site[]} */ (selectors ?? []), asker, added) !== null;
}

/**
 * @param {Site[]} selectors
 * @param {Pick<Asker, 'host' | 'origin'>} asker
 * @param {string[]} added  origins that the user switched on
 */
async function wanted(selectors, { host, origin }, added) {
  const [{ off }, withheld] = await Promise.all([readSettings(), knownWithheld()]);
  if (withheld.includes(host)) return null;
  const site = selectors.find(({ hosts }) => hosts.includes(host)) ??
    selectors.find(({ hosts }) => hosts.includes('*') && added.includes(origin));
  return site && !off.includes(site.id) ? site : null;
}

/** Let the open pages learn anew whether they are to be read. */
export async function tellPages() {
  for (const { id } of await chrome.tabs.query({})) {
    // Most tabs hold no page with our content scripts.
    if (id !== undefined) chrome.tabs.sendMessage(id, /** @type {ContentMessage} */ ({ type: 'sites-changed' })).catch(() => {});
  }
}

/**
 * The name under which a site's own settings are kept: the origin where the user added it, with or without an entry of its own; else its id.
 * @param {Asker} asker
 */
export async function settingName(asker) {
  const answer = await siteOf(asker);
  if (!('site' in answer) || !answer.site) return null;
  return (await switchedOn()).includes(asker.origin) ? asker.origin : answer.site.id;
}
