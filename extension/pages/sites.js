// The sites that the user switched on: the permission, the content scripts there, and the list of origins.
import { remembered } from '../background/remembered.js';
import { changeSettings, readSettings } from '../background/settings.js';

const LIST = 'sites';
const WITHHELD = 'withheld';
// A popup closes while the browser asks for the permission; the background then does what is left.
const PENDING = 'pendingSite';

/** @param {unknown} sites @returns {string[]} */
const origins = (sites) => (Array.isArray(sites) ? sites.filter((one) => typeof one === 'string') : []);

/** @returns {Promise<string[]>} */
export const switchedOn = async () => origins((await chrome.storage.local.get(LIST))[LIST]);

/** The same as it was read last: no key of a message waits for the storage. */
export const knownSwitchedOn = async () => origins(await remembered('local', LIST));

/**
 * The origin of what the user typed or looks at; empty where Coltiva cannot work there.
 * @param {string} address  with or without https://
 */
export function siteOrigin(address) {
  const typed = address.trim();
  if (!typed) return '';
  try {
    const { protocol, origin, hostname } = new URL(/^[a-z][a-z\d+.-]*:/i.test(typed) ? typed : `https://${typed}`);
    return protocol === 'https:' && hostname.includes('.') ? origin : '';
  } catch {
    return '';
  }
}

/** Hosts that the manifest's own content scripts cover. */
const ownHosts = () => (chrome.runtime.getManifest().content_scripts ?? []).flatMap(({ matches }) => matches ?? []).map((match) => new URL(match).hostname);

/** Whether Coltiva is there without being asked. @param {string} origin */
export const isBuiltIn = (origin) => ownHosts().includes(new URL(origin).hostname);

/** Firefox lets the user take back built-in sites too; Chromium counts those to no permission that could be asked about. */
const canBeWithheld = !chrome.sidePanel;

/** Whether the browser keeps a built-in site from Coltiva. @param {string} origin */
export const isWithheld = async (origin) => canBeWithheld && !(await chrome.permissions.contains({ origins: [pagesOf(origin)] }));

/** Built-in hosts that the user has taken back in the browser itself. @returns {Promise<string[]>} */
export const knownWithheld = async () => origins(await remembered('local', WITHHELD));

/** Note which built-in hosts the browser keeps from Coltiva. */
export async function noteWithheld() {
  const hosts = ownHosts();
  const withheld = await Promise.all(hosts.map((host) => isWithheld(`https://${host}`)));
  await chrome.storage.local.set({ [WITHHELD]: hosts.filter((_, index) => withheld[index]) });
}

/** Built-in sites that the user has switched off, at an origin: their ids. @param {string} origin */
async function switchedOff(origin) {
  const [{ selectors }, { off }] = await Promise.all([chrome.storage.local.get('selectors'), readSettings()]);
  const { hostname } = new URL(origin);
  return /** @type {Site[]} */ (selectors ?? []).filter(({ id, hosts }) => hosts.includes(hostname) && off.includes(id)).map(({ id }) => id);
}

/** @param {string} origin */
export async function isWatched(origin) {
  if (isBuiltIn(origin)) return !(await switchedOff(origin)).length && !(await isWithheld(origin));
  return (await switchedOn()).includes(origin) && chrome.permissions.contains({ origins: [pagesOf(origin)] });
}

/**
 * Switch a built-in site on again, in the pages too that lie open and are still read.
 * @param {string} origin
 * @returns {Promise<boolean>} whether the browser allows it, which needs a click where the user took it back there
 */
export async function switchBackOn(origin) {
  // The browser wants to see the click, so nothing is waited for before.
  const allowed = canBeWithheld ? chrome.permissions.request({ origins: [pagesOf(origin)] }) : true;
  const ids = await switchedOff(origin);
  await changeSettings({ off: (await readSettings()).off.filter((id) => !ids.includes(id)) });
  return allowed;
}

/** A site's pages as browsers match them, which know no ports. @param {string} origin */
const pagesOf = (origin) => `https://${new URL(origin).hostname}/*`;

/** @param {string} origin */
const scriptId = (origin) => `site-${origin.replace(/^https:\/\//, '')}`;

/**
 * Ask for the permission, which needs a click, and start Coltiva on the site's pages from their next load.
 * @param {string} origin
 * @returns {Promise<boolean>} whether the user allowed it
 */
export async function switchOn(origin) {
  void chrome.storage.session.set({ [PENDING]: origin });
  if (!await chrome.permissions.request({ origins: [pagesOf(origin)] })) return false;
  await watch(origin);
  return true;
}

/** Switch on what the user has asked for and just allowed. */
export async function switchOnPending() {
  const { [PENDING]: origin } = await chrome.storage.session.get(PENDING);
  if (typeof origin === 'string' && await chrome.permissions.contains({ origins: [pagesOf(origin)] })) await watch(origin);
}

/** @param {string} origin */
async function watch(origin) {
  await register(origin);
  await chrome.storage.local.set({ [LIST]: [...new Set([...await switchedOn(), origin])] });
  await chrome.storage.session.remove(PENDING);
}

/** @param {string} origin */
export async function switchOff(origin) {
  await chrome.storage.local.set({ [LIST]: (await switchedOn()).filter((one) => one !== origin) });
  const ids = [scriptId(origin)];
  if ((await chrome.scripting.getRegisteredContentScripts({ ids })).length) await chrome.scripting.unregisterContentScripts({ ids });
  await chrome.permissions.remove({ origins: [pagesOf(origin)] });
}

/** @param {string} origin */
async function register(origin) {
  const id = scriptId(origin);
  if ((await chrome.scripting.getRegisteredContentScripts({ ids: [id] })).length) return;
  const [own] = chrome.runtime.getManifest().content_scripts ?? [];
  // Firefox tells whole addresses, and takes those that begin at the page that asks, or at the root.
  const js = (own?.js ?? []).map((file) => new URL(file, chrome.runtime.getURL('/')).pathname);
  // The popup and the background may come here at once; the second finds the script registered.
  await chrome.scripting.registerContentScripts([{
    id, matches: [pagesOf(origin)], js, allFrames: true, matchOriginAsFallback: true, runAt: 'document_start', persistAcrossSessions: true,
  }]).catch(() => {});
}

/** The user has taken a permission back in the browser itself: what can be read no more is listed no more. */
export async function forgetRefused() {
  const origins = await switchedOn();
  const allowed = await Promise.all(origins.map((origin) => chrome.permissions.contains({ origins: [pagesOf(origin)] })));
  const left = origins.filter((_, index) => allowed[index]);
  if (left.length === origins.length) return;
  const ids = origins.filter((origin) => !left.includes(origin)).map(scriptId);
  await chrome.storage.local.set({ [LIST]: left });
  const known = (await chrome.scripting.getRegisteredContentScripts({ ids })).map(({ id }) => id);
  if (known.length) await chrome.scripting.unregisterContentScripts({ ids: known });
}

/** After an update the registered scripts are gone; those of sites that are still allowed come back. */
export async function registerAgain() {
  for (const origin of await switchedOn()) {
    if (await chrome.permissions.contains({ origins: [pagesOf(origin)] })) await register(origin);
  }
}
