// What the card and the panel show, put together from the last report and the server's contacts.
import { labelOf } from './choices.js';
import { reportWithRewrites } from './judging.js';
import { activeOf, cardOf, forgetIfGone, keepProblem, problemOf, recall, UNREAD } from './reports.js';
import { ask } from './server-client.js';
import { explanationLanguage, isShown, readSettings } from './settings.js';
import { failedWrites, sendIfWaiting, waitingWrites } from './writes.js';

/** @typedef {import('./lint.js').Kept} Kept */

const TENDING_SHOWN = 5;
const LIKELY_SHOWN = 5;
// Where contacts that were looked at are remembered: in memory, for pages of the extension alone.
const SEEN = 'seenContacts';
const CONTACTS_SEEN = 10;
const API = '/api/v1';

/** The language of reasons as a part of an address. @param {string} joint */
async function explainIn(joint) {
  const language = await explanationLanguage();
  return language ? `${joint}explain_in=${language}` : '';
}

/**
 * Everything about a contact; as it was last seen while the server is away, so that one can go on writing things down.
 * @param {string} id
 * @returns {Promise<ContactReport | null>}
 */
export async function contactReport(id) {
  /** @type {{ value: ContactReport } | { problem: Problem }} */
  const answer = await ask(`${API}/contacts/${encodeURIComponent(id)}${await explainIn('?')}`);
  const { [SEEN]: stored } = await chrome.storage.session.get(SEEN);
  const seen = /** @type {ContactReport[]} */ (stored ?? []);
  const others = seen.filter(({ contact }) => contact.id !== id);
  if ('value' in answer) {
    await chrome.storage.session.set({ [SEEN]: [answer.value, ...others].slice(0, CONTACTS_SEEN) });
    return answer.value;
  }
  return answer.problem.code === 'away' ? seen.find(({ contact }) => contact.id === id) ?? null : null;
}

/**
 * Contacts that the words fit; none where nothing answers.
 * @param {string} query
 * @returns {Promise<ContactBrief[]>}
 */
export async function searchContacts(query) {
  /** @type {{ value: { contacts: ContactBrief[] } } | { problem: Problem }} */
  const answer = await ask(`${API}/contacts?limit=8&q=${encodeURIComponent(query)}`);
  return 'value' in answer ? answer.value.contacts : [];
}

/**
 * Who may be meant: stored contacts with the name or an address of the recipient whom the report is about, or of those between whom it is
 * not clear, and all who are not stored. Nobody is looked up where the server *isAway*.
 * @param {Pick<Kept, 'recipients' | 'candidates' | 'strangers'>} message
 * @param {string | null} recipient  as the page names them
 * @param {boolean} [isAway]
 * @returns {Promise<Pick<CardView, 'likely' | 'strangers'>>}
 */
async function whoMayBe({ recipients, candidates, strangers: unknown }, recipient, isAway = false) {
  /** @type {Map<string, ContactBrief>} */
  const found = new Map();
  /** @type {Set<Recipient>} */
  const known = new Set();
  const meant = recipients.length ? recipients.filter((one) => labelOf(one) === (recipient ?? '')) : candidates;
  for (const person of isAway ? [] : meant.slice(0, LIKELY_SHOWN)) {
    const { name, profile, otherProfile, email } = person;
    for (const [field, value] of [['profile', profile], ['profile', otherProfile], ['email', email], ['name', name]]) {
      if (!value) continue;
      // Each by itself: the server stops at the first that fits, and the name is what is in doubt.
      /** @type {{ value: { contacts: ContactBrief[] } } | { problem: Problem }} */
      const answer = await ask(`${API}/contacts/lookup?${field}=${encodeURIComponent(value)}`);
      if (!('value' in answer)) continue;
      for (const one of answer.value.contacts) found.set(one.id, one);
      if (field !== 'name' && answer.value.contacts.length) known.add(person);
    }
  }
  // Of several nobody can be told again by a name alone.
  const strangers = [...unknown, ...candidates.filter((one) => !known.has(one))].filter(({ profile, email }) => profile || email || recipients.length < 2);
  return { likely: [...found.values()].slice(0, LIKELY_SHOWN), strangers };
}

/** The events, notes and promises that some suggestions use. @param {ContactReport | null} report @param {readonly { uses: string[] }[]} suggestions @returns {Ground[]} */
function groundsOf(report, suggestions) {
  const used = new Set(suggestions.flatMap(({ uses }) => uses));
  return report ? [...report.history, ...report.contact.notes, ...report.contact.promises].filter(({ id }) => used.has(id)) : [];
}

/** @param {number} tab @returns {Promise<CardView | UnreadView | null>} */
export async function cardView(tab) {
  const card = await cardOf(tab);
  if (card?.finding === UNREAD) {
    const { frame, editor, takeFocus } = card;
    const problem = await problemOf(tab);
    return problem && { problem, frame, editor, takeFocus };
  }
  const found = card && await recall(tab, card.frame, card.editor, card.finding);
  if (!card || !found) return null;
  const { kept } = found;
  const { report } = await reportWithRewrites(tab, kept);
  const same = report.findings.find(({ rule, start, end }) =>
    rule === found.finding.rule && start === found.finding.start && end === found.finding.end);
  const finding = same ?? found.finding;
  const contact = report.contact && await contactReport(report.contact.id);
  const recipient = kept.recipient && (labelOf(kept.recipient) || null);
  const { likely, strangers } = report.contact ? { likely: [], strangers: [] } : await whoMayBe(kept, recipient);
  return {
    finding, relationship: report.relationship, contact: report.contact, likely, strangers, language: report.language,
    recipients: kept.recipients, candidates: kept.candidates, recipient,
    events: contact ? contact.history.filter(({ id }) => finding.events.includes(id)) : [],
    grounds: groundsOf(contact, finding.suggestions), text: kept.text, frame: card.frame, editor: card.editor, tab, takeFocus: card.takeFocus,
  };
}

/**
 * @param {number} tab
 * @param {string | null} pinned  a contact that the user looks at instead of the recipient
 * @returns {Promise<PanelView>}
 */
export async function panelView(tab, pinned) {
  await forgetIfGone(tab);
  /** @type {[{ value: { version: string } } | { problem: Problem }, Kept | null, Problem | null]} */
  const [health, kept, problem] = await Promise.all([ask(`${API}/health`), activeOf(tab), problemOf(tab)]);
  const isReady = 'value' in health;
  if (isReady) sendIfWaiting();
  if (isReady && problem && !problemStillThere(problem)) await lookAgain(tab);
  const last = kept && await draftView(tab, kept);
  const read = last && problem ? unread(last) : last;
  const addressee = read?.report.contact ? await contactReport(read.report.contact.id) : null;
  const contact = pinned && pinned !== addressee?.contact.id ? await contactReport(pinned) : addressee;
  const { likely, strangers } = read && !read.report.contact ? await whoMayBe(read, read.recipient, !isReady) : { likely: [], strangers: [] };
  const draft = read && { ...read, strangers, grounds: groundsOf(addressee, [...read.report.rewrites, ...read.report.findings.flatMap(({ suggestions }) => suggestions)]) };
  const [waiting, failed, tending] = await Promise.all([waitingWrites(), failedWrites(), isReady ? tendingNow() : null]);
  return {
    problem: isReady ? problemStillThere(problem) : health.problem, version: isReady ? health.value.version : '',
    draft, contact, likely, waiting, failed, tending: tending?.tending ?? [], tendingTotal: tending?.total ?? 0,
  };
}

/** Let the editors of a tab be read again: the server is back, and they have not noticed yet. @param {number} tab */
async function lookAgain(tab) {
  await keepProblem(tab, null);
  // The page may be gone, or its content scripts.
  await chrome.tabs.sendMessage(tab, /** @type {ContentMessage} */ ({ type: 'ask-again' })).catch(() => {});
}

/** What had to do with the server's silence is over once it answers. @param {Problem | null} problem */
const problemStillThere = (problem) => (problem && ['drifted', 'too_long', 'refused'].includes(problem.code) ? problem : null);

/** A message as it was read last; what its rewrites use is not looked up yet. @param {number} tab @param {Kept} kept @returns {Promise<Omit<DraftView, 'grounds'>>} */
async function draftView(tab, kept) {
  const { frame, editor, text, channel, recipients, candidates, gap, sent, path } = kept;
  const [{ report, recipient, contacts, strangers, verdicts }, { threshold }] = await Promise.all([reportWithRewrites(tab, kept), readSettings()]);
  const findings = report.findings.filter(({ category, severity }) => category === 'growing' || isShown(severity, threshold));
  return {
    tab, frame, editor, path, text, channel, recipients, candidates, contacts, strangers, verdicts, gap, sent, recipient: recipient && (labelOf(recipient) || null), report: { ...report, findings },
  };
}

/** What was found in a message that nobody has read as it is now says nothing of it; whom it goes to is still known. @param {Omit<DraftView, 'grounds'>} draft @returns {Omit<DraftView, 'grounds'>} */
const unread = (draft) => ({ ...draft, gap: 'unread', report: { ...draft.report, findings: [], rewrites: [] } });

/** @returns {Promise<{ total: number, tending: TendingEntry[] } | null>} */
async function tendingNow() {
  /** @type {{ value: { total: number, tending: TendingEntry[] } } | { problem: Problem }} */
  const answer = await ask(`${API}/tending?limit=${TENDING_SHOWN}${await explainIn('&')}`);
  return 'value' in answer ? answer.value : null;
}
