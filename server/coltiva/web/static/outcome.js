// @ts-check
// The right-hand column: verdict, findings, and what the record says.
import { counted, dayText, element, hasText, make, text, write } from './page.js';

/** @typedef {import('./linting.js').Report} Report */
/** @typedef {import('./underlines.js').Underline} Underline */
/** @typedef {import('./scenarios.js').HistoryEvent} HistoryEvent */

const SHORT_CHARACTERS = 40;

/**
 * Return what to say of a report: its verdict, or that there was nothing to judge. A message that no rule has read is
 * never called fit to be sent.
 * @param {Report} report
 * @param {string} message
 * @returns {{state: 'wait' | 'revise' | 'send' | 'idle' | 'unread', line: string}}
 */
function judged(report, message) {
  const length = message.trim().length;
  if (length === 0) return { state: 'idle', line: text('verdict', 'idle_line') };
  if (report.language === null) {
    return length < SHORT_CHARACTERS
      ? { state: 'idle', line: text('verdict', 'short_line') }
      : { state: 'unread', line: text('verdict', 'unread_line') };
  }
  if (!(document.body.dataset.languages ?? '').split(' ').includes(report.language)) {
    return { state: 'unread', line: text('verdict', 'no_rules_line', { language: text('languages', report.language) }) };
  }
  return { state: report.verdict, line: text('verdict', `${report.verdict}_line`) };
}

/** @param {Report} report */
function counts({ findings }) {
  const groups = { early: 0, soften: 0, note: 0, fits: 0, grows: 0 };
  for (const { category, premature, severity } of findings) {
    if (category === 'ask') groups[premature ? 'early' : 'fits'] += 1;
    else if (category === 'growing') groups.grows += 1;
    else groups[severity === 'info' ? 'note' : 'soften'] += 1;
  }
  return Object.entries(groups).filter(([, count]) => count > 0)
    .map(([group, count]) => counted('verdict', group, count)).join(' · ');
}

/**
 * Show the verdict, and tell a screen reader where it changes.
 * @param {Report} report
 * @param {string} message
 */
export function showVerdict(report, message) {
  const { state, line } = judged(report, message);
  const isJudged = state !== 'idle' && state !== 'unread';
  const code = isJudged ? report.language ?? '' : '';
  const language = hasText('languages', code) ? text('languages', code) : code.toUpperCase();
  setVerdict(state, line, isJudged ? [language, counts(report)].filter(Boolean).join(' · ') : '', isJudged ? report.score : null);
}

/** Show that nothing was checked, because the server is away or refuses. */
export function showUnchecked() {
  setVerdict('away', text('verdict', 'away_line'), '', null);
}

/** @param {string} state @param {string} line @param {string} details @param {number | null} score */
function setVerdict(state, line, details, score) {
  const panel = element('verdict');
  if (panel.dataset.verdict !== state) write('announcer', `${text('verdict', state)}. ${line}`);
  panel.dataset.verdict = state;
  write('verdict-word', text('verdict', state));
  write('verdict-line', line);
  write('verdict-counts', details);
  const ring = element('ring');
  ring.hidden = score === null;
  ring.style.setProperty('--score', String(score ?? 0));
  ring.setAttribute('aria-label', text('verdict', 'score', { score: score ?? 0 }));
  ring.setAttribute('role', 'img');
  write('score', String(score ?? ''));
}

/**
 * List the findings as buttons.
 * @param {readonly Underline[]} drawn
 * @param {(underline: Underline) => void} open
 */
export function showFindings(drawn, open) {
  element('findings').replaceChildren(...drawn.map((underline) => {
    const button = make('button', '');
    button.type = 'button';
    button.dataset.tone = underline.tone;
    button.append(make('span', underline.finding.title), make('small', text('findings', 'quoted', { quote: underline.finding.quote })));
    button.addEventListener('click', () => open(underline));
    const item = make('li', '');
    item.append(button);
    return item;
  }));
  element('no-findings').hidden = drawn.length > 0;
}

/** @param {readonly HistoryEvent[]} history */
export function showHistory(history) {
  element('history').replaceChildren(...history.map((event) => {
    const item = make('li', '');
    const when = make('time', dayText(event.date));
    when.dateTime = event.date;
    item.append(when, ' ', make('strong', text('events', event.kind)), make('span', event.summary));
    return item;
  }));
  element('invented').hidden = history.length === 0;
}

/** @param {Report['relationship']} relationship */
export function showRelationship(relationship) {
  write('stage-why', relationship.why.join(' '));
  write('next-step', relationship.next_step);
}
