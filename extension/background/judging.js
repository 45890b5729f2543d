// What the server makes of a message: asked for each recipient, the strictest report on all of them.
import { choose, chosenContact, labelOf } from './choices.js';
import { ask } from './server-client.js';
import { explanationLanguage } from './settings.js';

// What says that it takes more sets no limit.
const GREATEST_LIMIT = 1_000_000;
/** @type {Report['verdict'][]} */
const VERDICTS = ['send', 'revise', 'wait'];

/** @typedef {import('./lint.js').Kept} Kept */
/** @typedef {{ id: string } | { name: string, profile: string, email: string }} AskedContact */
/**
 * The strictest report, whom it is about, all stored contacts to whom the message goes, those who are not stored, and where it goes to
 * several each one's verdict.
 * @typedef {{ report: Report, recipient: Recipient | null, contacts: { id: string, name: string }[], strangers: Recipient[],
 *   verdicts: DraftView['verdicts'] }} Judged
 */
/** @typedef {{ report: Report, recipient: Recipient | null }} One */

/** @param {One} a @param {One} b */
const byStrictness = ({ report: a }, { report: b }) =>
  VERDICTS.indexOf(b.verdict) - VERDICTS.indexOf(a.verdict) || a.score - b.score;

/**
 * The report on a message that has gone to others than it was judged for.
 * @param {number} tab
 * @param {Kept} kept
 * @returns {Promise<Judged>}
 */
export async function reportForOthers(tab, kept) {
  const judged = await judge(tab, kept, { rewrites: false });
  return 'problem' in judged ? { ...kept, recipient: null, contacts: [], strangers: [], verdicts: [] } : judged;
}

/**
 * Ask again about a text that is known, with suggestions and rewrites; the report kept serves where nothing answers.
 * @param {number} tab
 * @param {Kept} kept
 * @returns {Promise<Judged>}
 */
export async function reportWithRewrites(tab, kept) {
  const judged = await judge(tab, kept, { rewrites: true });
  return 'problem' in judged ? kept : judged;
}

/**
 * The strictest report on a message, over all to whom it goes: it has to be right for each of them.
 * @param {number} tab
 * @param {Pick<Kept, 'text' | 'channel' | 'limit' | 'editor' | 'path' | 'recipients'>} message
 * @param {{ caret?: number, rewrites?: boolean, language?: string }} options
 * @returns {Promise<Judged | { problem: Problem }>}
 */
export async function judge(tab, message, options) {
  const { text, channel, limit, recipients } = message;
  const language = await explanationLanguage();
  const body = { text, channel, ...options, ...(limit && limit <= GREATEST_LIMIT ? { limit } : {}), ...(language ? { explain_in: language } : {}) };
  /** @type {One[]} */
  const found = [];
  for (const answer of await Promise.all((recipients.length ? recipients : [null]).map((one) => askFor(tab, message, body, one)))) {
    if ('problem' in answer) return answer;
    found.push(answer);
  }
  const strictest = /** @type {One} */ (found.toSorted(byStrictness)[0]);
  const verdicts = found.flatMap(({ report, recipient }) =>
    (recipient && found.length > 1 ? [{ name: report.contact?.name || labelOf(recipient), verdict: report.verdict }] : []));
  const strangers = found.flatMap(({ report, recipient }) => (recipient && !report.contact ? [recipient] : []));
  return { ...strictest, contacts: found.flatMap(({ report }) => report.contact ?? []), strangers, verdicts };
}

/**
 * The report for one recipient: for the contact that the user chose, else for whom the record knows by what the page shows.
 * @param {number} tab
 * @param {{ editor: string, path: string }} place
 * @param {object} body
 * @param {Recipient | null} recipient
 * @returns {Promise<One | { problem: Problem }>}
 */
async function askFor(tab, place, body, recipient) {
  const chosen = await chosenContact(tab, place, recipient);
  if (chosen) {
    const answer = await askAbout(body, { id: chosen });
    if ('value' in answer) return { report: answer.value, recipient };
    if (answer.problem.status !== 400) return answer;
    // The contact that was chosen is gone.
    await choose(tab, place, recipient, null);
  }
  if (!recipient) {
    const answer = await askAbout(body, undefined);
    return 'value' in answer ? { report: answer.value, recipient } : answer;
  }
  const { name, profile, otherProfile, email } = recipient;
  const person = { name, profile: profile ?? '', email: email ?? '' };
  let answer = await askAbout(body, person);
  // A page may name the address that is not stored first.
  if ('value' in answer && !answer.value.contact && otherProfile) answer = await askAbout(body, { ...person, profile: otherProfile });
  return 'value' in answer ? { report: answer.value, recipient } : answer;
}

/**
 * @param {object} body
 * @param {AskedContact | undefined} contact
 * @returns {Promise<{ value: Report } | { problem: Problem }>}
 */
const askAbout = (body, contact) => ask('/api/v1/lint', { ...body, contact });
