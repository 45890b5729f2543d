// A long message is not read anew with every key: what lies around the change is asked about, all else of the last report
// moves along. The whole is asked about again every few seconds and whenever the keys rest.
import '../content/edit-shift.js';

// Under this a whole message is answered as fast as a part of it.
const LONG_CHARACTERS = 1500;
// Sentences on each side of a change that are judged with it, and those beyond that are read for what stands in between.
const JUDGED = 2;
const READ = 4;
const SENTENCE_ENDS = '.!?…';

/**
 * What to ask about: [start, end) of the text is read, the asks in [from, to) are judged by it.
 * @typedef {{ start: number, end: number, from: number, to: number }} Part
 */
/** @typedef {{ text: string, report: Report, ids: string[] }} Known  `ids` in the order of the findings */

/** @param {string} text @param {number} at  whether a sentence or a line begins there */
function begins(text, at) {
  if (!/\S/u.test(text[at] ?? '')) return false;
  const before = text[at - 1] ?? '\n';
  return before === '\n' || (/\s/u.test(before) && SENTENCE_ENDS.includes(text[at - 2] ?? '\n'));
}

/**
 * The beginning of the sentence that lies *count* sentences from *at*.
 * @param {string} text @param {number} at @param {1 | -1} way @param {number} count
 */
function sentencesFrom(text, at, way, count) {
  let left = count;
  while (at > 0 && at < text.length) {
    if (begins(text, at)) left -= 1;
    if (left === 0) return at;
    at += way;
  }
  return at;
}

/**
 * The part that the change from *before* to *text* wants judged anew; null where that is the whole.
 * @param {string} before
 * @param {string} text
 * @returns {Part | null}
 */
export function partAround(before, text) {
  if (text.length < LONG_CHARACTERS) return null;
  const edit = coltiva.editShift.between(before, text);
  if (!edit) return null;
  // The change itself may begin or end a sentence: its neighbours count from outside of it.
  const [first, last] = [Math.max(0, edit.start - 1), Math.min(text.length, edit.newEnd + 1)];
  const part = {
    start: sentencesFrom(text, first, -1, READ), end: sentencesFrom(text, last, 1, READ),
    from: sentencesFrom(text, first, -1, JUDGED), to: sentencesFrom(text, last, 1, JUDGED),
  };
  return part.end - part.start > text.length / 2 ? null : part;
}

/**
 * The report on *text*, of what was known of an earlier text and a new report on a part.
 * @param {Known} known
 * @param {string} text
 * @param {Part} part
 * @param {Report} report  on the part alone
 * @returns {{ report: Report, ids: string[] }}
 */
export function joined(known, text, { start, from, to }, report) {
  /** @param {{ category: string, start: number, end: number }} finding */
  const isJudged = (finding) => finding.category === 'ask' && finding.start < to && finding.end > from;
  const kept = coltiva.editShift.shift(known.report.findings.map((finding, index) => ({ ...finding, id: known.ids[index] ?? '' })), known.text, text);
  const gone = kept.filter(isJudged);
  const found = report.findings.map((finding) => ({ ...finding, start: finding.start + start, end: finding.end + start })).filter(isJudged)
    .map((finding) => {
      const same = gone.findIndex(({ rule, start: at, end }) => rule === finding.rule && at === finding.start && end === finding.end);
      return { ...finding, id: gone[same]?.id ?? crypto.randomUUID() };
    });
  const all = [...kept.filter((finding) => !isJudged(finding)), ...found].sort((a, b) => a.start - b.start || a.end - b.end);
  return { report: { ...known.report, findings: all.map(({ id: _, ...finding }) => finding) }, ids: all.map(({ id }) => id) };
}
