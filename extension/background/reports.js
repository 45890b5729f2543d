// The last report on each editor. The worker may be stopped at any time, so reports live in the session storage,
// which content scripts cannot read.

/**
 * @typedef {{ report: Report, ids: string[], recipient: string | null }} Kept
 */

/** @param {number} tab @param {number} frame @param {string} editor */
const keyOf = (tab, frame, editor) => `report/${tab}/${frame}/${editor}`;

/**
 * Keep a report, and give each finding the id by which content scripts know it.
 * @param {number} tab
 * @param {number} frame
 * @param {string} editor
 * @param {Report} report
 * @param {string | null} recipient
 * @returns {Promise<string[]>}
 */
export async function keep(tab, frame, editor, report, recipient) {
  const key = keyOf(tab, frame, editor);
  const stored = await chrome.storage.session.get(key);
  const ids = idsFor(report, /** @type {Kept | undefined} */ (stored[key]));
  await chrome.storage.session.set({ [key]: { report, ids, recipient } });
  return ids;
}

/**
 * The ids of a report's findings: one that was there before keeps its id, so that its card stays open while the user types elsewhere.
 * @param {Report} report
 * @param {Kept | undefined} before
 */
function idsFor(report, before) {
  /** @param {Report} one */
  const keys = ({ findings }) => findings.map(({ rule, quote }, index) =>
    JSON.stringify([rule, quote, findings.slice(0, index).filter((other) => other.rule === rule && other.quote === quote).length]));
  const known = new Map(before ? keys(before.report).map((key, index) => [key, before.ids[index]]) : []);
  return keys(report).map((key) => known.get(key) ?? crypto.randomUUID());
}

/**
 * Return the finding of an id with its report, or null where the text has moved on.
 * @param {number} tab
 * @param {number} frame
 * @param {string} editor
 * @param {string} id
 * @returns {Promise<{ finding: ReportFinding, kept: Kept } | null>}
 */
export async function recall(tab, frame, editor, id) {
  const key = keyOf(tab, frame, editor);
  const stored = await chrome.storage.session.get(key);
  const kept = /** @type {Kept | undefined} */ (stored[key]);
  const finding = kept?.report.findings[kept.ids.indexOf(id)];
  return kept && finding ? { finding, kept } : null;
}

/**
 * Forget a tab that was closed.
 * @param {number} tab
 */
export async function forgetTab(tab) {
  const keys = Object.keys(await chrome.storage.session.get(null));
  await chrome.storage.session.remove(keys.filter((key) => key.startsWith(`report/${tab}/`) || key === `card/${tab}`));
}
