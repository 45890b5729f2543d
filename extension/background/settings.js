// What the user has chosen on the options page; what is missing or makes no sense counts as never chosen.
import { remembered } from './remembered.js';

/** @type {Settings} */
const DEFAULTS = { language: 'browser', threshold: 'info', off: [], autoSent: [] };
const LANGUAGES = ['browser', 'message', 'en', 'it', 'es', 'fr', 'de', 'pt'];
/** From the least to the most severe. @type {readonly Severity[]} */
const SEVERITIES = ['info', 'warning', 'error'];

/** @param {unknown} value @returns {string[]} */
const texts = (value) => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);

/** @returns {Promise<Settings>} */
export async function readSettings() {
  const settings = await remembered('local', 'settings');
  const stored = /** @type {Partial<Settings>} */ (settings ?? {});
  return {
    language: LANGUAGES.includes(stored.language ?? '') ? /** @type {string} */ (stored.language) : DEFAULTS.language,
    threshold: SEVERITIES.includes(/** @type {Severity} */ (stored.threshold)) ? /** @type {Severity} */ (stored.threshold) : DEFAULTS.threshold,
    off: texts(stored.off),
    autoSent: texts(stored.autoSent),
  };
}

/** @param {Partial<Settings>} changes */
export async function changeSettings(changes) {
  await chrome.storage.local.set({ settings: { ...(await readSettings()), ...changes } });
}

/**
 * The language in which reasons are given; undefined leaves it to the message's own.
 * @returns {Promise<string | undefined>}
 */
export async function explanationLanguage() {
  const { language } = await readSettings();
  if (language === 'message') return undefined;
  return language === 'browser' ? chrome.i18n.getMessage('languageCode') : language;
}

/**
 * Whether a finding is severe enough to be shown.
 * @param {Severity} severity
 * @param {Severity} threshold
 */
export const isShown = (severity, threshold) => SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(threshold);
