// @ts-check
// One rule in full: what it finds and why, its switches, phrases and examples; every change goes into a draft.
import { call } from './rules-api.js';
import { element, make, text, write } from './page.js';
import { phrasePart } from './rule-phrases.js';
import { nameOf } from './rule-list.js';
import { marked } from './phrase-syntax.js';
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
  element('sample').addEventListener('input', () => document.dispatchEvent(new Event('coltiva-sample')));
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
  element('rule').hidden = true;
  element('no-rule').hidden = false;
}

export const openId = () => shown?.id ?? '';

function changed() {
  if (!shown || !draft) return;
  const isNew = shown.layer === 'own' && !shown.fired && shown.words === 'new';
  const same = !isNew && JSON.stringify(draft) === JSON.stringify(draftOf(shown));
  propose(same ? null : { rule: draft });
}

function draw() {
  if (!shown) return;
  const rule = shown;
  element('rule').hidden = false;
  element('no-rule').hidden = true;
  write('rule-title', nameOf(rule));
  write('rule-id', rule.id);
  write('rule-layer', rule.enabled ? text('layers', rule.layer) : `${text('layers', rule.layer)} · ${text('list', 'is_off')}`);
  write('rule-why', rule.id.endsWith('/reader') ? text('rule', 'reader_why') : rule.group === 'guards' ? text('rule', 'guard_why') : rule.why);
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
  drawExamples();
}

const sample = () => /** @type {HTMLTextAreaElement} */ (element('sample')).value;

/** The texts that a phrase is looked for in while it is written: the user's own, and all examples. */
function sampleTexts() {
  const examples = shown?.examples.map((example) => example.text) ?? [];
  return [...new Set([sample().trim().replace(/\s+/g, ' '), ...examples].filter(Boolean))];
}

/** @param {Found[]} found */
function showFound(found) {
  const own = sample().trim().replace(/\s+/g, ' ');
  const inOwn = found.find((one) => one.text === own);
  element('sample-found').replaceChildren(...(own ? [marked(own, inOwn?.spans ?? []),
    make('small', text('rule', inOwn?.spans.length ? 'sample_hit' : 'sample_none'))] : []));
  for (const line of document.querySelectorAll('#rule-examples li > .message')) {
    const content = line.textContent ?? '';
    const one = found.find((candidate) => candidate.text === content);
    line.replaceChildren(marked(content, one?.spans ?? []));
  }
}

function drawExamples() {
  const rule = shown;
  if (!rule || !draft) return element('rule-examples').replaceChildren();
  element('rule-examples').replaceChildren(...[true, false].flatMap((flag) => {
    if (flag && rule.group === 'guards') return [];
    const heading = make('h3', text('rule', flag ? 'flag' : 'pass'));
    const list = make('ul', '', 'examples');
    const name = flag ? 'flag' : 'pass';
    const fixed = rule.examples.filter((example) => example.flag === flag && !example.own);
    const own = /** @type {string[]} */ (draft?.[name] ?? []);
    list.append(...fixed.map((example) => exampleLine(example.text, example.holds)), ...own.map((content) => {
      const known = rule.examples.find((example) => example.own && example.text === content && example.flag === flag);
      return exampleLine(content, known?.holds ?? true, () => {
        own.splice(own.indexOf(content), 1);
        drawExamples();
        focusForm(name);
        changed();
      });
    }));
    return [heading, list, exampleForm(name, own)];
  }));
}

/** @param {string} content @param {boolean} holds @param {() => void} [onRemove] */
function exampleLine(content, holds, onRemove) {
  const line = document.createElement('li');
  line.append(make('span', content, 'message'));
  if (!holds) line.append(make('strong', text('rule', 'fails'), 'fails'));
  if (onRemove) {
    const remove = make('button', text('rule', 'remove'));
    remove.type = 'button';
    remove.setAttribute('aria-label', `${text('rule', 'remove')}: ${content}`);
    remove.addEventListener('click', onRemove);
    line.append(remove);
  }
  return line;
}

/** Go on where examples are added. @param {string} name  flag or pass */
const focusForm = (name) => /** @type {HTMLElement | null} */ (document.querySelector(`[data-adds="${name}"]`))?.focus();

/** @param {string} name @param {string[]} own */
function exampleForm(name, own) {
  const form = make('form', '', 'one-line');
  const input = document.createElement('input');
  input.maxLength = 2000;
  input.dataset.adds = name;
  input.setAttribute('aria-label', text('rule', `add_${name}`));
  input.placeholder = text('rule', `add_${name}`);
  const add = make('button', text('rule', 'add'));
  form.append(input, add);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const content = input.value.trim().replace(/\s+/g, ' ');
    if (!content || own.includes(content)) return;
    own.push(content);
    drawExamples();
    focusForm(name);
    changed();
  });
  return form;
}
