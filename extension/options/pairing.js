// The section of the options in which the extension is paired with the server, once.
import { element, field, say, writeCommands } from '../pages/dom.js';

const DEFAULT_PORT = '7333';

/** How the server lists this browser. */
function browserName() {
  const agent = navigator.userAgent;
  const browser = /(Firefox|Edg|OPR|Chrome)\/(\d+)/.exec(agent);
  const system = /Windows|Mac OS X|CrOS|Linux/.exec(agent)?.[0] ?? '';
  const names = /** @type {Record<string, string>} */ ({ Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS', CrOS: 'ChromeOS' });
  const named = browser?.[1] ? `${names[browser[1]] ?? browser[1]} ${browser[2]}` : '';
  return named && system ? say('pairBrowser', named, names[system] ?? system) : named;
}

/** @param {boolean} isPaired @param {string} state */
function show(isPaired, state) {
  element('pair-unpaired').hidden = isPaired;
  element('pair-forget').hidden = !isPaired;
  element('pair-state').textContent = state;
  writeCommands('pair-problem', '');
}

async function look() {
  /** @type {BackgroundMessages['pairing-state']['answer']} */
  const { paired, origin } = await chrome.runtime.sendMessage({ type: 'pairing-state' });
  field('pair-port').value = new URL(origin).port || DEFAULT_PORT;
  writeCommands('pair-how', say('pairHow', `${origin}/pair`));
  show(paired, paired ? say('pairDone') : '');
}

/** Let the rest of the page look at the server again. */
const tell = () => document.dispatchEvent(new Event('coltiva-pairing'));

/** @param {SubmitEvent} event */
async function pair(event) {
  event.preventDefault();
  const button = /** @type {HTMLButtonElement} */ (element('pair-button'));
  button.disabled = true;
  show(false, say('pairWorking'));
  await chrome.storage.local.set({ serverOrigin: `http://127.0.0.1:${field('pair-port').value}` });
  const message = { type: 'pair', code: field('pair-code').value, name: browserName() };
  /** @type {BackgroundMessages['pair']['answer']} */
  const answer = await chrome.runtime.sendMessage(message);
  button.disabled = false;
  if ('problem' in answer) {
    show(false, '');
    writeCommands('pair-problem', answer.problem.title);
    field('pair-code').select();
    return;
  }
  field('pair-code').value = '';
  show(true, say('pairDone'));
  element('pair-forget').focus();
  tell();
}

async function forget() {
  await chrome.runtime.sendMessage({ type: 'unpair' });
  show(false, say('pairForgotten'));
  field('pair-code').focus();
  tell();
}

element('pair-form').addEventListener('submit', (event) => void pair(event));
element('pair-forget').addEventListener('click', () => void forget());
void look();
