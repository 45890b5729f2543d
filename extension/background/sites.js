// Which editors there are on a site, and whether the user wants Coltiva there.
import { switchedOn } from '../pages/sites.js';
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
  const [{ off }, added] = await Promise.all([readSettings(), switchedOn()]);
  const site = selectors.find(({ hosts }) => hosts.includes(host)) ??
    selectors.find(({ hosts }) => hosts.includes('*') && added.includes(origin));
  return { site: site && !off.includes(site.id) ? site : null };
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
