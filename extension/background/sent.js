// Recording what the user has sent: on one click, or by itself where the user chose so. Only the user's own message is read.
import { reportForOthers } from './judging.js';
import { keep, keptOf } from './reports.js';
import { readSettings } from './settings.js';
import { settingName } from './sites.js';
import { write } from './writes.js';

/** @typedef {import('./messages.js').Asker} Asker */
/** @typedef {import('./lint.js').Kept} Kept */

/**
 * An id that the same message in the same editor always gets, so that it is recorded once however it comes about.
 * @param {string} editor
 * @param {string} text
 */
async function sentId(editor, text) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${editor}\n${text}`));
  return [...new Uint8Array(digest).slice(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Record a message with everybody to whom it went and who is stored.
 * @param {Pick<Kept, 'editor' | 'text' | 'channel' | 'contacts'>} message
 * @returns {Promise<WriteOutcome | null>} of the last one; null where nobody is stored
 */
async function record({ editor, text, channel, contacts }) {
  const id = await sentId(editor, text);
  /** @type {WriteOutcome | null} */
  let outcome = null;
  for (const { id: contact, name } of contacts) {
    const path = `/api/v1/contacts/${contact}/sent`;
    outcome = await write({ id: `${id.slice(0, 20)}${contact.slice(0, 12)}`, method: 'POST', path, body: { id, text, channel }, what: 'sent', words: text.slice(0, 200), who: name });
  }
  return outcome;
}

/**
 * The user's click in the panel.
 * @param {Place} place
 * @param {Asker} asker
 */
export async function recordSent({ tab, frame, editor }, asker) {
  const kept = await keptOf(tab ?? asker.tab, frame, editor);
  return kept && record(kept);
}

/**
 * A message has left its editor by the page's own Send.
 * @param {SentMessage} message
 * @param {Asker} asker
 */
export async function noteSent({ editor, text, channel, path, recipients, candidates }, asker) {
  const { tab, frame } = asker;
  const kept = await keptOf(tab, frame, editor);
  if (!kept) return null;
  const asSent = { ...kept, text, channel, path, recipients, candidates };
  // Whom it was written to last may have been exchanged just before.
  const isSame = JSON.stringify([kept.path, kept.recipients]) === JSON.stringify([path, recipients]);
  const sent = { ...asSent, ...(isSame ? {} : await reportForOthers(tab, asSent)), sent: true };
  keep(tab, sent);
  const [{ autoSent }, name] = await Promise.all([readSettings(), settingName(asker)]);
  if (name !== null && autoSent.includes(name)) await record(sent);
  return null;
}
