// Says whether the server answers, and what to do where it does not.

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

async function show() {
  element('state').textContent = chrome.i18n.getMessage('popupChecking');
  element('retry').hidden = true;
  /** @type {ServerState} */
  const state = await chrome.runtime.sendMessage({ type: 'server-state' });
  const isReady = 'version' in state;
  element('state').textContent = isReady ? chrome.i18n.getMessage('popupReady') : state.problem.title;
  element('version').textContent = isReady ? chrome.i18n.getMessage('popupVersion', [state.version, state.origin]) : '';
  element('retry').hidden = isReady;
}

document.documentElement.lang = chrome.i18n.getMessage('languageCode');
element('retry').textContent = chrome.i18n.getMessage('popupRetry');
element('retry').addEventListener('click', () => void show());
void show();
