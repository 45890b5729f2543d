// The panel beside the page, or under the toolbar button: the message, the contact, and who needs tending.
import { button, element, localize, make, say, send, write } from '../pages/dom.js';
import { personSearch } from '../pages/choosing.js';
import { dismissalOf } from '../pages/dismissing.js';
import { stateName } from '../pages/states.js';
import { showContact, startContact } from './contact-view.js';
import { showDraft } from './draft-view.js';
import { showNotices, showSite } from './notices.js';
import { showTending } from './tending-view.js';
import { showWho } from './who-view.js';

const REFRESH_AFTER_MS = 120;
const LOOK_AGAIN_MS = 4000;
const DONE_MS = 8000;

const parameters = new URLSearchParams(location.search);
const isPopup = parameters.get('in') === 'popup';
let tab = -1;
/** A contact that the user looks at instead of the recipient. @type {string | null} */
let pinned = null;
/** What was drawn last, by part, so that nothing is drawn again under the user's hands. @type {Map<string, string>} */
const drawn = new Map();

/**
 * Draw a part only where what it shows has changed.
 * @template T
 * @param {string} part
 * @param {T} value
 * @param {(value: T) => void} draw
 */
function drawChanged(part, value, draw) {
  const now = JSON.stringify(value);
  if (drawn.get(part) === now) return;
  drawn.set(part, now);
  draw(value);
}

async function findTab() {
  const named = Number(parameters.get('tab'));
  if (named) return named;
  const [active] = await chrome.tabs.query({ active: true, currentWindow: true });
  return active?.id ?? -1;
}

let turn = 0;
async function refresh() {
  const mine = (turn += 1);
  tab = await findTab();
  const view = await send('panel-view', { tab, pinned });
  if (mine !== turn || !view) return;
  const { draft, contact, likely, tending, tendingTotal, problem, waiting, failed, version } = view;
  if (isKeptTold && !waiting.length) endTelling();
  drawChanged('notices', { problem, waiting, failed }, (value) => showNotices(value, actions));
  drawChanged('draft', { draft, contact: draft?.report.contact ?? null }, ({ draft: shown }) => showDraft(shown, actions));
  drawChanged('who', { draft: contact && pinned ? null : draft, likely }, (value) => showWho(value, actions));
  drawChanged('contact', { contact, pinned: pinned !== null && draft !== null }, (value) => showContact(value, actions));
  drawChanged('tending', { tending, total: tendingTotal, isReady: version !== '' }, (value) => showTending(value, actions));
  element('state').toggleAttribute('data-away', !version);
  write('state', version ? say('stateReady', version) : stateName(problem?.code));
}

/** What the parts may do; each writes down or chooses, says what came of it, and shows how things stand. */
const actions = {
  refresh: () => void refresh(),

  /** @param {string | null} id */
  pin: (id) => {
    pinned = id;
    void refresh().then(() => element('contact').hidden || element('name').focus());
  },

  /**
   * @param {ExtensionMessages['write']['ask']} wanted
   * @returns {Promise<boolean>} whether the words are safe, here or there
   */
  write: async (wanted) => {
    const outcome = await send('write', wanted);
    if (outcome.state === 'failed') tell(outcome.message);
    else if (outcome.state === 'waiting') tellKept();
    else tell(say(`done_${wanted.what}`), undoOf(outcome.answer));
    void refresh();
    return outcome.state !== 'failed';
  },

  /** @param {{ start: number, end: number, text: string }} change @param {DraftView} draft */
  apply: async (change, { frame, editor, text }) => {
    const answer = await send('apply', { tab, frame, editor, ...change, before: text });
    tell(answer.applied ? say('applied') : say(`apply_${answer.reason}`));
  },

  /** @param {ReportFinding} finding @param {'ignored' | 'no_ask'} reason @param {DraftView} draft */
  dismiss: async (finding, reason, { frame, editor, text, report, recipient }) => {
    const { language, contact, relationship } = report;
    const wanted = dismissalOf(finding, reason, { text, language, contact, stage: relationship.stage, recipient });
    const outcome = await send('write', { ...wanted, again: { tab, frame, editor } });
    const back = { method: /** @type {const} */ ('DELETE'), path: `/dismissals/${outcome.id}`, body: {}, what: 'undo', words: '', who: '' };
    if (outcome.state === 'failed') tell(outcome.message);
    else if (outcome.state === 'waiting') tellKept();
    else tell(say(`done_${reason}`), () => void actions.write({ ...back, again: { tab, frame, editor } }));
    // The button that was pressed goes with its finding.
    element('done').querySelector('button')?.focus();
    void refresh();
  },

  /** @param {DraftView} draft @param {string | null} contact */
  choose: async ({ frame, editor }, contact) => {
    pinned = null;
    const { chosen } = await send('choose-contact', { tab, frame, editor, contact });
    if (!chosen) tell(say('cardGone'));
    void refresh();
  },

  /** @param {DraftView} draft @param {Recipient} recipient */
  add: async ({ frame, editor }, recipient) => {
    const { outcome } = await send('add-contact', { tab, frame, editor, recipient });
    if (outcome.state === 'failed') tell(outcome.message);
    else if (outcome.state === 'waiting') tellKept();
    else tell(say('done_contact'), undoOf(outcome.answer));
    void refresh();
  },

  /** @param {DraftView} draft */
  recordSent: async ({ frame, editor }) => {
    const outcome = await send('log-sent', { tab, frame, editor });
    if (!outcome || outcome.state === 'failed') tell(outcome?.message ?? say('cardGone'));
    else if (outcome.state === 'waiting') tellKept();
    else tell(say('done_sent'), undoOf(outcome.answer));
    void refresh();
  },
};

/** How to take a change back. @param {any} answer */
function undoOf(answer) {
  const change = typeof answer?.change === 'string' ? answer.change : '';
  if (!change) return null;
  return () => void actions.write({ method: 'POST', path: `/changes/${change}/undo`, body: {}, what: 'undo', words: '', who: '' });
}

let doneTimer = 0;
/** Whether what is told there is that something waits for the server. */
let isKeptTold = false;
/** Say what has happened, with a way back where there is one. @param {string} text @param {(() => void) | null} [undo] */
function tell(text, undo = null) {
  clearTimeout(doneTimer);
  isKeptTold = false;
  const box = element('done');
  const dismiss = button('×', endTelling);
  dismiss.setAttribute('aria-label', say('cardClose'));
  box.replaceChildren(make('span', text), ...(undo ? [button(say('undo'), undo)] : []), dismiss);
  if (!box.contains(document.activeElement)) doneTimer = window.setTimeout(endTelling, DONE_MS);
}

/** Say that something waits for the server, for as long as it does. */
function tellKept() {
  tell(say('keptForLater'));
  isKeptTold = true;
}

function endTelling() {
  isKeptTold = false;
  element('done').replaceChildren();
}

function listen() {
  let timer = 0;
  const soon = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void refresh(), REFRESH_AFTER_MS);
  };
  chrome.storage.onChanged.addListener((changes, area) => {
    const names = Object.keys(changes);
    const isOurs = area === 'session' && names.some((name) => name === `active/${tab}` || name === `problem/${tab}`);
    if (isOurs || (area === 'local' && names.some((name) => ['writes', 'failedWrites', 'settings', 'sites'].includes(name)))) soon();
  });
  chrome.tabs.onActivated?.addListener(() => {
    pinned = null;
    soon();
  });
  // The tab may have gone on to another page.
  chrome.tabs.onUpdated.addListener((changed, { status }) => changed === tab && status && soon());
  // Nothing tells when the server comes or goes.
  window.setInterval(() => document.visibilityState === 'visible' && void refresh(), LOOK_AGAIN_MS);
}

/** Open as a panel beside the page; the popup gives way. */
async function openPanel() {
  if (chrome.sidePanel) await chrome.sidePanel.open({ tabId: tab });
  else await /** @type {any} */ (globalThis).browser.sidebarAction.open();
  window.close();
}

async function start() {
  localize();
  document.body.classList.toggle('popup', isPopup);
  element('to-panel').hidden = !isPopup;
  element('to-panel').addEventListener('click', (event) => event.isTrusted && void openPanel());
  element('to-options').addEventListener('click', (event) => event.isTrusted && void chrome.runtime.openOptionsPage());
  startContact(actions);
  const find = personSearch(element('find'), { label: say('findContact'), choose: ({ id }) => {
    find.value = '';
    find.dispatchEvent(new Event('input'));
    actions.pin(id);
  } });
  element('all-contacts').addEventListener('click', async (event) => {
    if (!event.isTrusted) return;
    const answer = await send('open-page', { to: '/contacts' });
    if ('problem' in answer) tell(answer.problem.title);
  });
  tab = await findTab();
  listen();
  await refresh();
  if (isPopup) await showSite(tab);
}

void start();
