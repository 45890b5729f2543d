// @ts-check
// One rule in full: what it finds and why, its switches, phrases and examples; every change goes into a draft.
import { call } from './rules-api.js';
import { element, make, text, write } from './page.js';
import { phrasePart } from './rule-phrases.js';
import { nameOf } from './rule-list.js';
import { drawExamples, markExamples } from './rule-examples.js';
import { sampleText, showPhraseTrial, showRuleTrial, startSample } from './rule-sample.js';
import { isSimple, proposeSimple, ruleSettings } from './rule-settings.js';

/** @typedef {import('./rules-api.js').RuleShown} RuleShown */
/** @typedef {import('./rules-api.js').Found} Found */
/**
 * @typedef {{rule: string, kind: string, enabled: boolean, severity: string, needs: string, title: string, why: string, flag: string[],
 *   pass: string[], [part: string]: any}} Draft
 */

/** @type {RuleShown | null} */
let shown = null;
/** @type {Draft | null} */
let draft = null;
/** @type {(change: object | null) => void} */
let propose = () => {};

/** @param {(change: object | null) => void} onChange  called with every change of the draft, null where it is as saved */
export function startDetail(onChange) {
  propose = onChange;
  startSample();
}

/** @param {RuleShown} rule @returns {Draft} */
function draftOf(rule) {
  const parts = Object.entries(rule.parts).map(([key, phrases]) => [key, phrases.filter((p) => p.layer !== 'removed').map((p) => p.text)]);
  const own = (/** @type {boolean} */ flag) => rule.examples.filter((e) => e.own && e.flag === flag).map((e) => e.text);
  return { rule: rule.id, kind: rule.kind, enabled: rule.enabled, severity: rule.severity, needs: rule.own_needs, title: rule.own_title,
    why: rule.own_why, flag: own(true), pass: own(false), ...Object.fromEntries(parts) };
}

/** Show a rule as it is saved. @param {string} id @param {import('./rules-api.js').RuleRow | undefined} row */
export async function openRule(id, row) {
  if (row && isSimple(row)) {
    shown = { ...row, guards: [], own_title: '', own_why: '', own_needs: '', parts: {}, examples: [], source: null };
    draft = null;
  } else {
    shown = /** @type {RuleShown} */ (await call('GET', `/rules/one?id=${encodeURIComponent(id)}`));
    draft = draftOf(shown);
  }
  if (row) Object.assign(shown, { fired: row.fired, dismissed: row.dismissed });
  draw();
}

/** Begin a rule that is not saved yet. @param {RuleShown} rule */
export function beginRule(rule) {
  shown = rule;
  draft = draftOf(rule);
  draw();
  changed();
}

/** Show nothing. */
export function closeRule() {
  shown = draft = null;
  showRuleTrial(null);
  element('rule').hidden = true;
  element('no-rule').hidden = false;
}

export const openId = () => shown?.id ?? '';

function changed() {
  if (!shown || !draft) return;
  showRuleTrial(draft);
  const isNew = shown.layer === 'own' && !shown.fired && shown.words === 'new';
  const same = !isNew && JSON.stringify(draft) === JSON.stringify(draftOf(shown));
  propose(same ? null : { rule: draft });
}

/**
 * What a rule is for; a guard says whom it keeps still.
 * @param {RuleShown} rule
 */
function whyOf(rule) {
  if (rule.id.endsWith('/reader')) return text('rule', 'reader_why');
  if (rule.group === 'guards') return text('rule', rule.guards.includes('reader') ? 'guard_reader_why' : 'guard_why');
  return rule.why;
}

function draw() {
  if (!shown) return;
  const rule = shown;
  element('rule').hidden = false;
  element('no-rule').hidden = true;
  write('rule-title', nameOf(rule));
  write('rule-id', rule.id);
  write('rule-layer', rule.enabled ? text('layers', rule.layer) : `${text('layers', rule.layer)} · ${text('list', 'is_off')}`);
  write('rule-why', whyOf(rule));
  const use = [text('rule', 'use', { fired: rule.fired ?? 0, dismissed: rule.dismissed ?? 0 })];
  if (rule.source?.note) use.push(text('rule', 'source', { note: rule.source.note, strength: rule.source.strength }));
  write('rule-use', use.join(' '));
  element('rule-form').replaceChildren(...ruleSettings(rule, draft, () => {
    if (isSimple(rule)) propose(proposeSimple(rule));
    else changed();
  }));
  const parts = draft ? Object.keys(rule.parts) : [];
  element('rule-parts').replaceChildren(...parts.flatMap((key) => {
    if (!draft || (!rule.parts[key]?.length && key !== 'phrases' && key !== 'unless')) return [];
    return [phrasePart({ key, rule, draft, texts: sampleTexts, onFound: showFound, onChange: changed })];
  }));
  element('sample').closest('section')?.toggleAttribute('hidden', !draft);
  drawExamples(rule, draft, changed);
  showPhraseTrial(null);
  showRuleTrial(draft);
}

/** The texts that a phrase is looked for in while it is written: the user's own, and all examples. */
function sampleTexts() {
  const examples = shown?.examples.map((example) => example.text) ?? [];
  return [...new Set([sampleText(), ...examples].filter(Boolean))];
}

/** @param {Found[] | null} found  null where no phrase is tried */
function showFound(found) {
  showPhraseTrial(found);
  markExamples(found);
}
