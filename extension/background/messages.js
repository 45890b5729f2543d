// What may be asked of the background, by whom, and what is answered. A page learns ranges and severities, no word more.
import { showCount, showProblem } from './badge.js';
import { keep, recall } from './reports.js';
import { ask, serverOrigin } from './server-client.js';

const MAX_CHARACTERS = 20000;

/** @typedef {{ tab: number, frame: number, host: string, origin: string }} Asker */

/** @param {Asker} asker @returns {Promise<{ site: Site | null } | { problem: Problem }>} */
async function siteOf({ host, origin }) {
  /** @type {{ value: { sites: Site[] } } | { problem: Problem }} */
  const answer = await ask('/api/v1/sites');
  if ('value' in answer) await chrome.storage.local.set({ selectors: answer.value.sites });
  // The selectors of last time serve while the server is away; *sites* holds the origins that the user switched on.
  const { selectors, sites } = await chrome.storage.local.get(['selectors', 'sites']);
  if (!Array.isArray(selectors)) return 'problem' in answer ? answer : { site: null };
  const switchedOn = Array.isArray(sites) && sites.includes(origin);
  const site = selectors.find((one) => one.hosts.includes(host)) ?? selectors.find((one) => switchedOn && one.hosts.includes('*'));
  return { site: site ?? null };
}

/** @type {Report['verdict'][]} */
const VERDICTS = ['send', 'revise', 'wait'];

/** @param {Report} a @param {Report} b  */
const byStrictness = (a, b) => VERDICTS.indexOf(b.verdict) - VERDICTS.indexOf(a.verdict) || b.score - a.score;

/** @param {LintQuestion} question @param {Asker} asker @returns {Promise<LintAnswer>} */
async function lint(question, { tab, frame }) {
  const { text, channel, recipients, editor, caret } = question;
  const body = { text: text.slice(0, MAX_CHARACTERS + 1), channel, ...(caret === null ? {} : { caret }) };
  const contacts = recipients.length ? recipients.map(({ name, profile }) => ({ name, profile: profile ?? '' })) : [undefined];
  /** @type {({ value: Report } | { problem: Problem })[]} */
  const answers = await Promise.all(contacts.map((contact) => ask('/api/v1/lint', { ...body, contact })));
  /** @type {Report[]} */
  const reports = [];
  for (const answer of answers) {
    if ('problem' in answer) {
      await showProblem(tab, answer.problem);
      return answer;
    }
    reports.push(answer.value);
  }
  // A message to several people has to be right for each of them.
  const report = /** @type {Report} */ (reports.toSorted(byStrictness)[0]);
  const recipient = recipients[reports.indexOf(report)];
  const [ids] = await Promise.all([keep(tab, frame, editor, report, recipient?.name || null), showCount(tab, report.findings)]);
  const marks = report.findings.flatMap(({ category, start, end, severity }, index) => {
    const id = ids[index];
    // Good signs are told in the panel; an underline would look like a fault.
    return id && category !== 'growing' ? [{ id, start, end, severity }] : [];
  });
  return { marks };
}

/** @param {unknown} _ @param {Asker} asker */
async function sayDrifted(_, { tab }) {
  await showProblem(tab, { code: 'drifted', title: chrome.i18n.getMessage('selectorsDrifted') });
  return null;
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
  sites: { from: 'page', handle: (_, asker) => siteOf(asker) },
  lint: { from: 'page', handle: lint },
  drifted: { from: 'page', handle: sayDrifted },
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
  const origin = originOf(sender);
  if (sender.id !== chrome.runtime.id || !origin) return 'stranger';
  const { protocol } = new URL(origin);
  if (protocol === 'chrome-extension:' || protocol === 'moz-extension:') return 'extension';
  return protocol === 'https:' && sender.tab ? 'page' : 'stranger';
}

/**
 * The origin that a sender has; a frame without an address of its own has the one of the page that made it.
 * @param {chrome.runtime.MessageSender} sender
 */
export function originOf(sender) {
  if (sender.origin && sender.origin !== 'null') return sender.origin;
  return sender.url ? new URL(sender.url).origin : '';
}
