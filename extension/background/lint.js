// One question of a content script: what the server makes of it is kept for the panel, and the page is told ranges alone.
import { showCount, showGap, showNothing, showProblem } from './badge.js';
import { judge } from './judging.js';
import { joined, partAround } from './near.js';
import { activeOf, forgetActive, keep, keepMore, keepProblem, keptOf } from './reports.js';
import { isShown, readSettings } from './settings.js';
import { isWanted } from './sites.js';
import { sendIfWaiting } from './writes.js';

// What the server takes, in code points, and under which length a text may be too short to tell its language.
const MAX_CHARACTERS = 20000;
const SHORT_CHARACTERS = 40;
// How long a report on the whole of a long message may be carried along while somebody types.
const WHOLE_EVERY_MS = 3000;

/**
 * @typedef {{ frame: number, editor: string, text: string, channel: string, limit: number | null, path: string, recipients: Recipient[],
 *   candidates: Recipient[], report: Report, ids: string[], recipient: Recipient | null,
 *   contacts: { id: string, name: string }[], strangers: Recipient[], verdicts: DraftView['verdicts'], gap: DraftView['gap'], sent: boolean, wholeAt: number }} Kept
 * `wholeAt`: when the whole of the text was asked about last, in milliseconds since 1970.
 */
/** @typedef {import('./judging.js').Judged & Pick<Kept, 'ids' | 'wholeAt'>} Answered */

/**
 * Whether words are underlined for what was found. Good signs, and asks that the relationship carries, are told in the panel: a line
 * under them would look like a fault.
 * @param {ReportFinding} finding
 */
const isMarked = ({ category, premature }) => category === 'signal' || premature;

/**
 * @param {LintQuestion} question
 * @param {import('./messages.js').Asker} asker
 * @returns {Promise<LintAnswer>}
 */
export async function lint(question, asker) {
  const { tab, frame } = asker;
  if (!await isWanted(asker)) {
    await leave(asker);
    return { marks: [] };
  }
  const { text, channel, limit, editor, path, recipients, candidates } = question;
  if (text.length > MAX_CHARACTERS && [...text].length > MAX_CHARACTERS) {
    // The verdict on what it was before would stand beside it as if it were still true.
    await forgetActive(tab);
    const most = MAX_CHARACTERS.toLocaleString(chrome.i18n.getMessage('languageCode'));
    return refuse({ tab, frame, editor }, { code: 'too_long', title: chrome.i18n.getMessage('tooLong', most) });
  }
  const before = await keptOf(tab, frame, editor);
  const judged = await judgeNear(tab, question, before) ?? await judgeWhole(tab, question, before);
  if ('problem' in judged) return refuse({ tab, frame, editor }, judged.problem);
  sendIfWaiting();
  const { report, ids, contacts, wholeAt } = judged;
  const isUnknown = report.language === null && text.trim().length >= SHORT_CHARACTERS;
  const gap = isUnknown ? 'unknown_language' : question.drifted && !contacts.length ? 'drifted' : null;
  const { threshold } = await readSettings();
  const shown = report.findings.filter(({ severity }) => isShown(severity, threshold));
  // What nobody's typing asked is told of its own editor alone: the panel and the button go on to show the message that is being written.
  const active = question.caret === null ? await activeOf(tab) : null;
  const isBeside = active !== null && (active.frame !== frame || active.editor !== editor);
  (isBeside ? keepMore : keep)(tab, { frame, editor, text, channel, limit, path, recipients, candidates, ...judged, gap, sent: false });
  // The underline does not wait for the button.
  if (Date.now() - wholeAt > WHOLE_EVERY_MS) void lookAtWhole(question, { tab, frame });
  const show = () => (gap ? showGap(tab, editor, gap) : showCount(tab, editor, shown));
  void Promise.all([keepProblem(tab, null), isBeside ? null : show()]).catch(() => {});
  const marks = report.findings.flatMap((finding, index) => {
    const { start, end, severity } = finding;
    const id = ids[index];
    return id && isMarked(finding) && shown.includes(finding) ? [{ id, start, end, severity }] : [];
  });
  return { marks };
}

/**
 * @param {number} tab
 * @param {LintQuestion} question
 * @param {Kept | null} before
 * @returns {Promise<Answered | { problem: Problem }>}
 */
async function judgeWhole(tab, question, before) {
  const { caret } = question;
  const wholeAt = Date.now();
  // Suggestions are asked for by those who show them.
  const judged = await judge(tab, question, { rewrites: false, ...(caret === null ? {} : { caret }) });
  return 'problem' in judged ? judged : { ...judged, ids: idsFor(judged.report, before), wholeAt };
}

/**
 * Ask about the whole of a message whose last answers were about parts of it; nobody waits for this.
 * @param {LintQuestion} question
 * @param {{ tab: number, frame: number }} asker
 */
async function lookAtWhole(question, { tab, frame }) {
  const before = await keptOf(tab, frame, question.editor);
  const judged = await judgeWhole(tab, question, before);
  const now = await keptOf(tab, frame, question.editor);
  // Where somebody has typed on, the next look is as good; the answer to the next key brings what this one found.
  if (now?.text === question.text && !('problem' in judged)) keepMore(tab, { ...now, ...judged });
}

/**
 * The answer where what lies around the last change is enough to ask about; null where the whole has to be.
 * @param {number} tab
 * @param {LintQuestion} question
 * @param {Kept | null} before
 * @returns {Promise<Answered | null>}
 */
async function judgeNear(tab, question, before) {
  const { text, caret, channel, path, recipients } = question;
  if (!before?.report.language || before.gap || caret === null) return null;
  /** @param {Pick<Kept, 'channel' | 'path' | 'recipients'>} message */
  const setting = (message) => JSON.stringify([message.channel, message.path, message.recipients]);
  if (recipients.length > 1 || setting({ channel, path, recipients }) !== setting(before)) return null;
  const part = partAround(before.text, text);
  if (!part || caret < part.start || caret > part.end) return null;
  const options = { rewrites: false, caret: caret - part.start, language: before.report.language };
  const judged = await judge(tab, { ...question, text: text.slice(part.start, part.end), limit: null }, options);
  if ('problem' in judged || judged.report.contact?.id !== before.report.contact?.id) return null;
  const { recipient, contacts, strangers, verdicts, wholeAt } = before;
  return { ...joined(before, text, part, judged.report), recipient, contacts, strangers, verdicts, wholeAt };
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

/** @param {{ tab: number, frame: number, editor: string | null }} place @param {Problem} problem */
export async function refuse({ tab, frame, editor }, problem) {
  await Promise.all([showProblem(tab, problem), keepProblem(tab, { problem, frame, editor })]);
  return { problem };
}

/**
 * Show nothing any more of a frame in which the user does not want Coltiva.
 * @param {{ tab: number, frame: number }} asker
 */
export async function leave({ tab, frame }) {
  const kept = await activeOf(tab);
  if (kept && kept.frame !== frame) return;
  await Promise.all([forgetActive(tab), keepProblem(tab, null), showNothing(tab)]);
}

/**
 * Nothing is left of a message: neither panel nor button go on to speak of it, unless it was sent.
 * @param {{ editor: string }} emptied
 * @param {{ tab: number, frame: number }} asker
 */
export async function noteEmptied({ editor }, { tab, frame }) {
  const active = await activeOf(tab);
  if (active?.frame !== frame || active.editor !== editor || active.sent) return null;
  await Promise.all([forgetActive(tab), showNothing(tab)]);
  return null;
}
