// The options page: the server, the sites, what is shown and how, what was ignored, and the keys.
import { changeSettings, readSettings } from '../background/settings.js';
import { element, localize, make, say, send, write, writeCommands } from '../pages/dom.js';
import { showIgnored } from './ignored.js';
import { startSites } from './sites-list.js';

const LANGUAGES = { en: 'English', it: 'Italiano', es: 'Español', fr: 'Français', de: 'Deutsch', pt: 'Português' };
/** The manifest's commands, with their words. @type {readonly [string, string][]} */
const COMMANDS = [['next-finding', 'commandNextFinding'], ['open-panel', 'commandOpenPanel']];
const CARD_KEYS = { '1–9': 'keyApply', I: 'ignoreHere', N: 'noAsk', K: 'knowThem', W: 'chooseWho', Esc: 'keyEscape' };

const saved = () => write('saved', say('saved'));

async function showServer() {
  const state = await send('server-state', {});
  const isReady = 'version' in state;
  element('server').toggleAttribute('data-away', !isReady);
  // How to pair stands in its own part, below.
  const isUnpaired = !isReady && state.problem.code === 'not_paired';
  const problem = isReady || isUnpaired ? '' : state.problem.title;
  writeCommands('server-state', isReady ? `${say('popupReady')} ${say('popupVersion', state.version, state.origin)}` : problem);
  element('server-retry').hidden = isReady || isUnpaired;
}

async function startShowing() {
  const settings = await readSettings();
  const language = /** @type {HTMLSelectElement} */ (element('language'));
  const own = LANGUAGES[/** @type {keyof typeof LANGUAGES} */ (say('languageCode'))];
  const choices = { browser: say('languageBrowser', own), message: say('languageMessage'), ...LANGUAGES };
  language.replaceChildren(...Object.entries(choices).map(([value, label]) => {
    const option = make('option', label);
    option.value = value;
    option.selected = value === settings.language;
    return option;
  }));
  language.addEventListener('change', () => void changeSettings({ language: language.value }).then(saved));
  for (const choice of document.querySelectorAll('input[name=threshold]')) {
    const radio = /** @type {HTMLInputElement} */ (choice);
    radio.checked = radio.value === settings.threshold;
    radio.addEventListener('change', () => void changeSettings({ threshold: /** @type {Severity} */ (radio.value) }).then(saved));
  }
}

/** @param {string} key @param {string} name */
function keyRow(key, name) {
  const term = make('dt');
  term.append(key ? make('kbd', key) : say('keyNone'));
  return [term, make('dd', say(name))];
}

async function showKeys() {
  const commands = await chrome.commands.getAll();
  const shortcut = (/** @type {string} */ command) => commands.find(({ name }) => name === command)?.shortcut ?? '';
  const pageKeys = COMMANDS.map(([command, name]) => keyRow(shortcut(command), name));
  element('keys').replaceChildren(...pageKeys.flat());
  element('card-keys').replaceChildren(...Object.entries(CARD_KEYS).flatMap(([key, name]) => keyRow(key, name)));
  element('change-keys').addEventListener('click', (event) => {
    if (!event.isTrusted) return;
    const { browser } = /** @type {any} */ (globalThis);
    if (browser?.commands?.openShortcutSettings) void browser.commands.openShortcutSettings();
    else void chrome.tabs.create({ url: 'chrome://extensions/shortcuts' });
  });
}

localize();
document.title = say('optionsTitle');
element('server-retry').addEventListener('click', (event) => event.isTrusted && void showServer().then(showIgnored));
document.addEventListener('coltiva-pairing', () => void showServer().then(showIgnored));
void showServer();
void startSites(saved);
void startShowing();
void showIgnored();
void showKeys();
