// What may be asked of the background, by whom, and what is answered. A page learns ranges and severities, no word more.
import { showCount, showProblem } from './badge.js';
import { keep, recall } from './reports.js';
import { ask, serverOrigin } from './server-client.js';

const MAX_CHARACTERS = 20000;

/** @typedef {{ tab: number, frame: number, host: string }} Asker */

/** @param {string} host @returns {Promise<{ surfaces: Surface[] } | { problem: Problem }>} */
async function surfacesOf(host) {
  /** @type {{ value: { sites: Site[] } } | { problem: Problem }} */
  const answer = await ask('/api/v1/sites');
  if ('value' in answer) await chrome.storage.local.set({ sites: answer.value.sites });
  // The selectors of last time serve while the server is away.
  const { sites } = await chrome.storage.local.get('sites');
  if (!Array.isArray(sites)) return 'problem' in answer ? answer : { surfaces: [] };
  return { surfaces: sites.flatMap((site) => (site.hosts.includes(host) ? site.surfaces : [])) };
}

/** @param {LintQuestion} question @param {Asker} asker @returns {Promise<LintAnswer>} */
async function lint(question, { tab, frame }) {
  const { text, channel, recipient, editor } = question;
  const contact = recipient ? { name: recipient.name } : undefined;
  /** @type {{ value: Report } | { problem: Problem }} */
  const answer = await ask('/api/v1/lint', { text: text.slice(0, MAX_CHARACTERS + 1), channel, contact });
  if ('problem' in answer) {
    await showProblem(tab, answer.problem);
    return answer;
  }
  const report = answer.value;
  const [ids] = await Promise.all([keep(tab, frame, editor, report, recipient?.name ?? null), showCount(tab, report.findings)]);
  const marks = report.findings.flatMap(({ category, start, end, severity }, index) => {
    const id = ids[index];
    // Good signs are told in the panel; an underline would look like a fault.
    return id && category !== 'growing' ? [{ id, start, end, severity }] : [];
  });
  return { marks };
}

/**
 * @param {{ editor: string, finding: string, takeFocus: boolean }} wanted
 * @param {Asker} asker
 */
async function openCard({ editor, finding, takeFocus }, { tab, frame }) {
  const found = await recall(tab, frame, editor, finding);
  if (!found) return { open: false };
  /** @type {CardView} */
  const view = { finding: found.finding, relationship: found.kept.report.relationship, recipient: found.kept.recipient, takeFocus };
  await chrome.storage.session.set({ [`card/${tab}`]: { view, frame } });
  return { open: true };
}

/** @param {number} tab @returns {Promise<{ view: CardView, frame: number } | null>} */
async function cardOf(tab) {
  const key = `card/${tab}`;
  const stored = await chrome.storage.session.get(key);
  return /** @type {{ view: CardView, frame: number } | undefined} */ (stored[key]) ?? null;
}

/** @param {number} tab @param {ContentMessage} message */
async function tellPage(tab, message) {
  const card = await cardOf(tab);
  if (card) await chrome.tabs.sendMessage(tab, message, { frameId: card.frame });
  return null;
}

/** @returns {Promise<ServerState>} */
async function serverState() {
  const origin = await serverOrigin();
  /** @type {{ value: { version: string } } | { problem: Problem }} */
  const answer = await ask('/api/v1/health');
  return 'value' in answer ? { version: answer.value.version, origin } : { problem: answer.problem, origin };
}

/**
 * Action → who may ask it, and its handler. Content scripts live in pages that may be hostile: they may lint and open the
 * card, and read nothing.
 * @type {Record<string, { from: 'page' | 'extension', handle: (message: any, asker: Asker) => Promise<unknown> }>}
 */
export const ACTIONS = {
  sites: { from: 'page', handle: (_, { host }) => surfacesOf(host) },
  lint: { from: 'page', handle: lint },
  'open-card': { from: 'page', handle: openCard },
  'card-ready': { from: 'extension', handle: async (_, { tab }) => (await cardOf(tab))?.view ?? null },
  'card-size': { from: 'extension', handle: ({ height }, { tab }) => tellPage(tab, { type: 'card-size', height }) },
  'card-close': { from: 'extension', handle: (_, { tab }) => tellPage(tab, { type: 'card-close' }) },
  'server-state': { from: 'extension', handle: serverState },
};

/**
 * Who sent a message: a content script on a page, a page of this extension, or somebody who has no business here.
 * @param {chrome.runtime.MessageSender} sender
 * @returns {'page' | 'extension' | 'stranger'}
 */
export function kindOfSender(sender) {
  if (sender.id !== chrome.runtime.id || !sender.url) return 'stranger';
  const { protocol } = new URL(sender.url);
  if (protocol === 'chrome-extension:' || protocol === 'moz-extension:') return 'extension';
  return protocol === 'https:' && sender.tab ? 'page' : 'stranger';
}
