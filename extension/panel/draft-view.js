// The message that is being written: the verdict, what was found, and whole rewrites, each to be taken over.
import { blanksIn, changeParagraph } from '../pages/difference.js';
import { button, element, make, say, sayCount, write } from '../pages/dom.js';
import { restLine } from '../pages/happened.js';

/**
 * @typedef {{ apply: (change: { start: number, end: number, text: string }, draft: DraftView) => Promise<void>,
 *   dismiss: (finding: ReportFinding, reason: 'ignored' | 'no_ask', draft: DraftView) => Promise<void>,
 *   recordSent: (draft: DraftView) => Promise<void> }} DraftActions
 */

/** Whether nobody has judged a message. @param {DraftView['gap']} gap */
export const isUnread = (gap) => gap === 'unknown_language' || gap === 'unread';

/** @param {DraftView | null} draft @param {DraftActions} actions */
export function showDraft(draft, actions) {
  const shown = draft !== null && draft.text.trim() !== '' ? draft : null;
  element('draft').hidden = !shown;
  if (!shown) return;
  const { report, gap } = shown;
  element('draft').dataset.verdict = isUnread(gap) ? 'unread' : report.verdict;
  write('verdict-word', say(isUnread(gap) ? 'verdict_unread' : `verdict_${report.verdict}`));
  write('verdict-line', say(gap ? `gap_${gap}` : `verdict_line_${report.verdict}`));
  // The message has to be right for each of them; what stands below is about the strictest case.
  element('verdicts').replaceChildren(...(isUnread(gap) ? [] : shown.verdicts).map(({ name, verdict }) => {
    const item = make('li', `${name}: `);
    item.append(make('strong', say(`verdict_${verdict}`)));
    return item;
  }));
  const early = report.findings.filter(({ premature }) => premature).length;
  const signals = report.findings.filter(({ category, severity }) => category === 'signal' && severity !== 'info').length;
  write('verdict-counts', [early ? sayCount('countEarly', early) : '', signals ? sayCount('countSignals', signals) : ''].filter(Boolean).join(' · '));
  showFindings(shown, actions);
  element('rewrites-part').hidden = report.rewrites.length === 0;
  const opened = new Set([...element('rewrites').querySelectorAll('details')].filter((one) => one.open).map((one) => one.dataset.key));
  element('rewrites').replaceChildren(...report.rewrites.map((rewrite, index) => {
    const item = rewriteItem(rewrite, shown, actions);
    const details = /** @type {HTMLDetailsElement} */ (item.firstElementChild);
    details.open = index === 0 || opened.has(rewrite.strategy);
    return item;
  }));
  showSent(shown, actions);
}

/** @param {DraftView} draft @param {DraftActions} actions */
function showFindings(draft, actions) {
  const list = element('findings');
  const open = new Set([...list.querySelectorAll('details[open]')].map((one) => one.getAttribute('data-key')));
  list.replaceChildren(...draft.report.findings.map((finding) => {
    const item = make('li');
    const { category, severity, title, quote, why } = finding;
    if (category === 'growing') {
      item.className = 'good';
      item.append(make('span', title), make('small', say('quoted', quote)));
      return item;
    }
    const details = make('details');
    // An ask that the relationship carries is good news.
    details.dataset.tone = category === 'ask' && !finding.premature ? 'growing' : severity;
    details.dataset.key = `${finding.rule}/${quote}`;
    details.open = open.has(details.dataset.key);
    const summary = make('summary');
    summary.append(make('strong', title), make('small', say('quoted', quote)));
    details.append(summary, make('p', why), ...finding.suggestions.map((one) => {
      const change = make('div', '', 'change');
      const blanks = blanksIn(one.text);
      change.append(changeParagraph(draft.text.slice(one.start, one.end), one.text, blanks));
      if (blanks.length) change.append(make('p', say('rewriteBlanks'), 'hint'));
      const foot = make('div', '', 'foot');
      foot.append(...restLine(one.changes, one.uses, draft.grounds), button(say('apply'), () => actions.apply(one, draft), 'main'));
      change.append(foot);
      return change;
    }), dismissing(finding, draft, actions));
    item.append(details);
    return item;
  }));
}

/** What the user may have to say to a finding. @param {ReportFinding} finding @param {DraftView} draft @param {DraftActions} actions */
function dismissing(finding, draft, actions) {
  const row = make('p', '', 'dismissing');
  row.append(button(say('ignoreHere'), () => actions.dismiss(finding, 'ignored', draft)));
  if (finding.category === 'ask') row.append(button(say('noAsk'), () => actions.dismiss(finding, 'no_ask', draft)));
  return row;
}

/** @param {Rewrite} rewrite @param {DraftView} draft @param {DraftActions} actions */
function rewriteItem(rewrite, draft, actions) {
  const item = make('li', '', 'change');
  const details = make('details');
  details.dataset.key = rewrite.strategy;
  details.append(make('summary', rewrite.title), changeParagraph(draft.text, rewrite.text, rewrite.blanks));
  if (rewrite.blanks.length) details.append(make('p', say('rewriteBlanks'), 'hint'));
  const reasons = [...new Set(rewrite.changes.map(({ why }) => why))];
  const list = make('ul', '', 'reasons');
  list.append(...reasons.map((why) => make('li', why)));
  const change = { start: 0, end: draft.text.length, text: rewrite.text };
  details.append(...restLine('', rewrite.uses, draft.grounds), list, button(say('apply'), () => actions.apply(change, draft)));
  item.append(details);
  return item;
}

/** @param {DraftView} draft @param {DraftActions} actions */
function showSent(draft, actions) {
  const row = element('sent-row');
  // Where the message is not known as it is now, only one that has left can be recorded.
  if (!draft.contacts.length || (draft.gap === 'unread' && !draft.sent)) return row.replaceChildren();
  const record = button(say('recordSent'), () => actions.recordSent(draft), draft.sent ? 'main' : '');
  row.replaceChildren(...(draft.sent ? [make('span', say('wasSent'))] : []), record);
}
