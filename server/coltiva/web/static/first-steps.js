// @ts-check
// How far somebody new has come: what the server counts, and what this browser has seen itself.
import { request } from './api.js';
import { element } from './page.js';

const SEEN = 'coltiva-underline-seen';

/** @typedef {{away: boolean, paired: number, contacts: number, done: Record<'load' | 'pair' | 'contacts' | 'try', boolean>}} Reached */

/** Remember that an underline was drawn on one of the own pages, which count nothing. */
export function rememberUnderline() {
  try {
    localStorage.setItem(SEEN, 'yes');
  } catch { /* storage may be forbidden; then what the extension finds ticks the step off */ }
}

function hasSeenUnderline() {
  try {
    return localStorage.getItem(SEEN) !== null;
  } catch {
    return false;
  }
}

/** @returns {Promise<Reached>} */
export async function lookHowFar() {
  const response = await request('/api/v1/first-steps').catch(() => null);
  const answer = response?.ok ? await response.json().catch(() => null) : null;
  const { paired = 0, contacts = 0, found = 0 } = answer ?? {};
  // Nobody pairs an extension that is not loaded.
  const done = { load: paired > 0, pair: paired > 0, contacts: contacts > 0, try: found > 0 || hasSeenUnderline() };
  return { away: response === null, paired, contacts, done };
}

/** Show the way back to the first steps while some of them are open. */
export async function showWayBack() {
  const { away, done } = await lookHowFar();
  element('way-back').hidden = away || Object.values(done).every(Boolean);
}
