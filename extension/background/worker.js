// Wires the listeners; what is done stands in the modules beside it.
import { forgetBadge } from './badge.js';
import { lint } from './lint.js';
import { ACTIONS, askerOf, kindOfSender } from './messages.js';
import { forgetRefused, noteWithheld, registerAgain, switchOnPending } from '../pages/sites.js';
import { forgetTab } from './reports.js';
import { tellPages } from './sites.js';

chrome.runtime.onMessage.addListener((message, sender, answer) => {
  const action = Object.hasOwn(ACTIONS, message?.type) ? ACTIONS[message.type] : undefined;
  if (!action || action.from !== kindOfSender(sender)) return false;
  action.handle(message, askerOf(sender)).then(answer, (error) => {
    console.error(`coltiva: ${message.type} failed`, error);
    answer(null);
  });
  return true;
});

// The line of a page that is written in: the same question with every key.
chrome.runtime.onConnect.addListener((line) => {
  const { name, sender } = line;
  if (name !== 'lint' || !sender || kindOfSender(sender) !== 'page') return line.disconnect();
  const asker = askerOf(sender);
  let isOpen = true;
  line.onDisconnect.addListener(() => {
    isOpen = false;
  });
  line.onMessage.addListener(async (/** @type {LineQuestion} */ { number, question }) => {
    const answer = await lint(question, asker).catch((error) => {
      console.error('coltiva: lint failed', error);
      return null;
    });
    if (isOpen) line.postMessage(/** @type {LineAnswer} */ ({ number, answer }));
  });
});

chrome.commands.onCommand.addListener(async (command, tab) => {
  // A panel opens only in answer to the key itself, so nothing is waited for before.
  if (command === 'open-panel') return openPanel(tab?.id);
  if (command === 'next-finding' && tab?.id !== undefined) {
    // A page without our content scripts does not answer; there is nothing to show there.
    await chrome.tabs.sendMessage(tab.id, { type: 'next-finding' }).catch(() => {});
  }
});

/** @param {number | undefined} tabId */
async function openPanel(tabId) {
  if (!chrome.sidePanel) await /** @type {any} */ (globalThis).browser.sidebarAction.toggle();
  else if (tabId !== undefined) await chrome.sidePanel.open({ tabId });
}

chrome.tabs.onRemoved.addListener((tab) => {
  forgetBadge(tab);
  void forgetTab(tab);
});

chrome.storage.local.onChanged.addListener(({ settings, sites, withheld }) => {
  /** @param {unknown} value */
  const off = (value) => JSON.stringify(/** @type {Partial<Settings> | undefined} */ (value)?.off ?? []);
  if (sites || withheld || (settings && off(settings.oldValue) !== off(settings.newValue))) void tellPages();
});

// Settings and cached selectors are nobody's business but the extension's own pages'.
void chrome.storage.local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });

// Sites that the user switched on: what the browser forgets with an update, and what a popup could not finish.
chrome.runtime.onInstalled.addListener(() => void Promise.all([registerAgain(), noteWithheld()]));
chrome.permissions.onAdded.addListener(() => void Promise.all([switchOnPending(), noteWithheld()]));
chrome.permissions.onRemoved.addListener(() => void Promise.all([forgetRefused(), noteWithheld()]));
