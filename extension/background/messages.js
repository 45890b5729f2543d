// What may be asked of the background, by whom, and what is answered. A page learns ranges and severities, no word more.
import { EXTENSION_ACTIONS } from './extension-actions.js';
import { leave, noteEmptied, refuse } from './lint.js';
import { cardOf, forgetActive, forgetFrame, keepCard, problemOf, recall, UNREAD } from './reports.js';
import { noteSent } from './sent.js';
import { siteOf } from './sites.js';

/** @typedef {{ tab: number, frame: number, host: string, origin: string }} Asker */

/** @param {chrome.runtime.MessageSender} sender @returns {Asker} */
export function askerOf(sender) {
  const origin = originOf(sender);
  return { tab: sender.tab?.id ?? -1, frame: sender.frameId ?? 0, host: new URL(origin).hostname, origin };
}

/** @param {{ editor: string, finding: string, takeFocus: boolean }} wanted @param {Asker} asker */
async function openCard({ editor, finding, takeFocus }, { tab, frame }) {
  const isKnown = finding === UNREAD ? await problemOf(tab) : await recall(tab, frame, editor, finding);
  if (!isKnown) return { open: false };
  await keepCard(tab, { frame, editor, finding, takeFocus });
  return { open: true };
}

/** @param {unknown} _ @param {Asker} asker */
async function sayDrifted(_, { tab, frame }) {
  await forgetActive(tab);
  await refuse({ tab, frame, editor: null }, { code: 'drifted', title: chrome.i18n.getMessage('selectorsDrifted') });
  return null;
}

/** @param {{ isNew: boolean }} page @param {Asker} asker */
async function findSite({ isNew }, asker) {
  if (isNew) await forgetFrame(asker.tab, asker.frame);
  const answer = await siteOf(asker);
  // Before the first answer of a server no editor is known, and none could show that nothing is checked.
  if ('problem' in answer) return refuse({ ...asker, editor: null }, answer.problem);
  if (!answer.site) await leave(asker);
  return answer;
}

/** Tell the page around the card something about its frame. @param {number} tab @param {ContentMessage} message */
async function tellPage(tab, message) {
  const card = await cardOf(tab);
  if (card) await chrome.tabs.sendMessage(tab, message, { frameId: card.frame });
  return null;
}

/**
 * Action → who may ask it, and its handler. Content scripts live in pages that may be hostile: they may lint (on a line of its own),
 * open the card and say what was sent or erased, and read nothing.
 * @type {Record<string, { from: 'page' | 'extension', handle: (message: any, asker: Asker) => Promise<unknown> }>}
 */
export const ACTIONS = {
  sites: { from: 'page', handle: findSite },
  drifted: { from: 'page', handle: sayDrifted },
  sent: { from: 'page', handle: noteSent },
  emptied: { from: 'page', handle: noteEmptied },
  'open-card': { from: 'page', handle: openCard },
  'card-size': { from: 'extension', handle: ({ height }, { tab }) => tellPage(tab, { type: 'card-size', height }) },
  'card-close': { from: 'extension', handle: ({ says }, { tab }) => tellPage(tab, { type: 'card-close', says }) },
  ...EXTENSION_ACTIONS,
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
