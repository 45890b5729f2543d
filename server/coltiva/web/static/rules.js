// @ts-check
// The rules page: its parts, what is open, and what keeps it true while files change in an editor.
import { call, CallError } from './rules-api.js';
import { element, field, language, make, text, write } from './page.js';
import { loadChanges, sayDone, startChanges } from './rule-changes.js';
import { beginRule, closeRule, openId, openRule, startDetail } from './rule-detail.js';
import { loadDismissals, startDismissals } from './rule-dismissals.js';
import { isChanged, problemLine, showChange, startEffect } from './rule-effect.js';
import { loadRules, rowOf, showRules } from './rule-list.js';
import { startNewRule } from './rule-new.js';
import { startTrying } from './rule-trying.js';
import { focusDone, focusShown, isLost, keepFocusInSight } from './rules-focus.js';
import { loadValues, startValues } from './rule-values.js';

const LOOK_MS = 800;
const PARTS = ['list', 'values', 'dismissed', 'try', 'changes'];
const languages = (document.body.dataset.languages ?? '').split(' ');
let version = -1;

/** @returns {[string, string]} */
function place() {
  const [part = '', ...rest] = decodeURIComponent(location.hash.slice(1)).split('/');
  return PARTS.includes(part) ? [part, rest.join('/')] : ['list', ''];
}

/** Run what asks the server; where it fails, say so. @param {() => Promise<void>} run */
async function trying(run) {
  try {
    await run();
    element('notice').hidden = true;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    write('notice-text', error.message || text('problems', 'away'));
    element('notice').hidden = false;
  }
}

/** Show the part and the rule that the address names. */
async function show() {
  const [part, rule] = place();
  for (const name of PARTS) {
    element(`part-${name}`).hidden = name !== part;
    const link = document.querySelector(`[data-part="${name}"]`);
    if (name === part) link?.setAttribute('aria-current', 'page');
    else link?.removeAttribute('aria-current');
  }
  if (part === 'list') await showList(rule);
  else if (part === 'values') await loadValues();
  else if (part === 'changes') await loadChanges(await call('GET', '/rules/tables'), (await call('GET', '/rules/problems')).folder);
  else if (part === 'dismissed') badge(await loadDismissals());
}

/** @param {string} rule */
async function showList(rule) {
  const code = rule.split('/')[0] ?? '';
  const select = field('rule-language');
  if (languages.includes(code) && select.value !== code) select.value = code;
  element('part-list').toggleAttribute('data-open', rule !== '');
  const before = openId();
  noteProblems(await loadRules(rule));
  if (!rule) {
    closeRule();
    // Back from a rule, the list goes on where it was left.
    if (before && isLost()) /** @type {HTMLElement | null} */ (document.querySelector(`#rule-list [href="#list/${before}"]`))?.focus();
    return;
  }
  const isOther = before !== rule;
  if (!isChanged()) await openRule(rule, rowOf(rule));
  if (isOther) {
    element('rule-title').focus({ preventScroll: true });
    if (matchMedia('(max-width: 59.99rem)').matches) window.scrollTo(0, 0);
  }
}

/** @param {{problems: import('./rules-api.js').Problem[], version: number}} told */
function noteProblems(told) {
  version = told.version;
  const lines = told.problems.map(problemLine);
  const list = element('problem-list');
  if (list.textContent !== lines.join('')) list.replaceChildren(...lines.map((line) => make('li', line)));
  element('problems').hidden = lines.length === 0;
}

/** @param {number} waiting */
function badge(waiting) {
  element('badge-dismissed').hidden = waiting === 0;
  write('badge-dismissed', String(waiting));
}

/** Look whether a file has changed, and show the page as it now is. */
async function look() {
  if (document.hidden) return;
  const told = await call('GET', '/rules/problems').catch(() => null);
  if (!told || told.version === version) return;
  noteProblems(told);
  if (!isChanged()) await show();
}

/** @param {import('./rules-api.js').Change | null} change @param {string} what */
async function done(change, what) {
  sayDone(change, what);
  focusDone();
  await trying(show);
  focusDone();
}

function start() {
  const select = field('rule-language');
  select.value = languages.includes(language()) ? language() : 'en';
  startEffect((change) => done(change, text('effect', 'saved')), () => void trying(async () => {
    if (place()[0] === 'list' && !rowOf(openId())) location.hash = '#list';
    await show();
    if (isLost()) focusShown();
  }));
  keepFocusInSight();
  startDetail(showChange);
  startValues(showChange);
  startDismissals(done);
  startChanges(done);
  startTrying();
  startNewRule(select, (rule) => {
    history.pushState(null, '', `#list/${rule.id}`);
    element('part-list').toggleAttribute('data-open', true);
    beginRule(rule);
    element('rule-title').focus();
  });
  select.addEventListener('change', () => {
    showChange(null);
    location.hash = '#list';
    void trying(show);
  });
  element('rule-search').addEventListener('input', () => showRules(place()[1]));
  for (const view of document.querySelectorAll('[name="view"]')) view.addEventListener('change', () => showRules(place()[1]));
  element('back').addEventListener('click', () => {
    location.hash = '#list';
  });
  window.addEventListener('hashchange', () => {
    if (isChanged() && place()[1] !== openId()) showChange(null);
    element('done').hidden = true;
    void trying(show);
  });
  window.addEventListener('beforeunload', (event) => {
    if (isChanged()) event.preventDefault();
  });
  void trying(async () => {
    await show();
    badge((await call('GET', '/dismissals')).dismissals.filter((/** @type {any} */ one) => !one.unused && !one.settled).length);
  });
  setInterval(() => void look(), LOOK_MS);
}

start();
