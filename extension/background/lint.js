// One question of a content script: asked for each recipient, the strictest report kept, the page told ranges alone.
import { showCount, showGap, showProblem } from './badge.js';
import { choose, chosenContact } from './choices.js';
import { keep, keepProblem, keptOf } from './reports.js';
import { ask } from './server-client.js';
import { explanationLanguage, isShown, readSettings } from './settings.js';
import { sendIfWaiting } from './writes.js';

// What the server takes, in code points, and under which length a text may be too short to tell its language.
const MAX_CHARACTERS = 20000;
const SHORT_CHARACTERS = 40;
/** @type {Report['verdict'][]} */
const VERDICTS = ['send', 'revise', 'wait'];

/**
 * @typedef {{ frame: number, editor: string, text: string, channel: string, path: string, recipients: Recipient[],
 *   candidates: Recipient[], report: Report, ids: string[], recipient: Recipient | null,
 *   contacts: { id: string, name: string }[], gap: DraftView['gap'], sent: boolean }} Kept
 */
/** @typedef {{ id: string } | { name: string, profile: string, email: string }} AskedContact */
/**
 * The strictest report, whom it is about, and all stored contacts to whom the message goes.
 * @typedef {{ report: Report, recipient: Recipient | null, contacts: { id: string, name: string }[] }} Judged
 */
/** @typedef {{ report: Report, recipient: Recipient | null }} One */

/** @param {One} a @param {One} b */
const byStrictness = ({ report: a }, { report: b }) =>
  VERDICTS.indexOf(b.verdict) - VERDICTS.indexOf(a.verdict) || a.score - b.score;

/**
 * @param {LintQuestion} question
 * @param {{ tab: number, frame: number }} asker
 * @returns {Promise<LintAnswer>}
 */
export async function lint(question, { tab, frame }) {
  const { text, channel, editor, path, recipients, candidates, caret } = question;
  if (text.length > MAX_CHARACTERS && [...text].length > MAX_CHARACTERS) {
    return refuse(tab, { code: 'too_long', title: chrome.i18n.getMessage('tooLong', String(MAX_CHARACTERS)) });
  }
  const judged = await judge(tab, question, caret === null ? {} : { caret });
  if ('problem' in judged) return refuse(tab, judged.problem);
  sendIfWaiting();
  const { report, recipient, contacts } = judged;
  const isUnknown = report.language === null && text.trim().length >= SHORT_CHARACTERS;
  const gap = isUnknown ? 'unknown_language' : question.drifted && !contacts.length ? 'drifted' : null;
  const [{ threshold }, before] = await Promise.all([readSettings(), keptOf(tab, frame, editor)]);
  const ids = idsFor(report, before);
  const shown = report.findings.filter(({ severity }) => isShown(severity, threshold));
  keep(tab, { frame, editor, text, channel, path, recipients, candidates, report, ids, recipient, contacts, gap, sent: false });
  // The underline does not wait for the button.
  void Promise.all([keepProblem(tab, null), gap ? showGap(tab, gap) : showCount(tab, shown)]).catch(() => {});
  const marks = report.findings.flatMap((finding, index) => {
    const { category, start, end, severity } = finding;
    const id = ids[index];
    // Good signs are told in the panel; an underline would look like a fault.
    return id && category !== 'growing' && shown.includes(finding) ? [{ id, start, end, severity }] : [];
  });
  return { marks };
}

/**
 * The ids of a report's findings: one that was there before keeps its id, so that its card stays open while the user types elsewhere.
 * @param {Report} report
 * @param {Kept | null} before
 */
function idsFor(report, before) {
  /** @param {Report} one */
  const keys = ({ findings }) => findings.map(({ rule, quote }, index) =>
    JSON.stringify([rule, quote, findings.slice(0, index).filter((other) => other.rule === rule && other.quote === quote).length]));
  const known = new Map(before ? keys(before.report).map((key, index) => [key, before.ids[index]]) : []);
  return keys(report).map((key) => known.get(key) ?? crypto.randomUUID());
}

/** @param {number} tab @param {Problem} problem */
export async function refuse(tab, problem) {
  await Promise.all([showProblem(tab, problem), keepProblem(tab, problem)]);
  return { problem };
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
 * @param {Pick<Kept, 'text' | 'channel' | 'editor' | 'path' | 'recipients'>} message
 * @param {{ caret?: number, rewrites?: boolean }} options
 * @returns {Promise<Judged | { problem: Problem }>}
 */
async function judge(tab, message, options) {
  const { text, channel, recipients } = message;
  const [chosen, language] = await Promise.all([chosenContact(tab, message), explanationLanguage()]);
  const body = { text, channel, ...options, ...(language ? { explain_in: language } : {}) };
  if (chosen) {
    const answer = await askAbout(body, { id: chosen });
    if ('value' in answer) {
      const { contact } = answer.value;
      return { report: answer.value, recipient: recipients.length === 1 ? recipients[0] ?? null : null, contacts: contact ? [contact] : [] };
    }
    if (answer.problem.status !== 400) return answer;
    // The contact that was chosen is gone.
    await choose(tab, message, null);
  }
  /** @type {One[]} */
  const found = [];
  for (const answer of await Promise.all((recipients.length ? recipients : [null]).map((one) => askFor(body, one)))) {
    if ('problem' in answer) return answer;
    found.push(answer);
  }
  const strictest = /** @type {One} */ (found.toSorted(byStrictness)[0]);
  return { ...strictest, contacts: found.flatMap(({ report }) => report.contact ?? []) };
}

/**
 * @param {object} body
 * @param {Recipient | null} recipient
 * @returns {Promise<One | { problem: Problem }>}
 */
async function askFor(body, recipient) {
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

/** Remember that a message has left its editor. @param {number} tab @param {number} frame @param {string} editor */
export async function markSent(tab, frame, editor) {
  const kept = await keptOf(tab, frame, editor);
  if (kept) keep(tab, { ...kept, sent: true });
  return kept;
}
