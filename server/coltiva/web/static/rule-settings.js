// @ts-check
// The switches of a rule: on or off, how severe, which stage its asks need.
import { make, text } from './page.js';

/** @typedef {import('./rules-api.js').RuleShown} RuleShown */
/** @typedef {import('./rules-api.js').RuleRow} RuleRow */
/** @typedef {import('./rule-detail.js').Draft} Draft */

const STAGES = (document.body.dataset.stages ?? '').split(' ');
const SEVERITIES = ['info', 'warning', 'error'];

/** Rules without phrases live in the tables. @param {{group: string}} rule */
export const isSimple = (rule) => rule.group === 'checks' || rule.group === 'reader';

/** @type {{enabled: boolean, severity: string}} */
let simple = { enabled: true, severity: '' };

/** @param {RuleShown} rule @returns {object | null} */
export function proposeSimple(rule) {
  if (simple.enabled === rule.enabled && simple.severity === rule.severity) return null;
  if (rule.group === 'reader') {
    return { values: { 'readers.yml': { readers: { [rule.id.split('/')[0] ?? '']: { enabled: simple.enabled } } } } };
  }
  return { values: { 'signals.yml': { hunting: { [rule.kind]: { enabled: simple.enabled, severity: simple.severity } } } } };
}

/**
 * @param {RuleShown} rule
 * @param {Draft | null} draft  null for a rule that lives in the tables
 * @param {() => void} onChange
 * @returns {HTMLElement[]}
 */
export function ruleSettings(rule, draft, onChange) {
  simple = { enabled: rule.enabled, severity: rule.severity };
  const target = draft ?? simple;
  const on = document.createElement('input');
  on.type = 'checkbox';
  on.checked = target.enabled;
  on.addEventListener('change', () => {
    target.enabled = on.checked;
    onChange();
  });
  const label = make('label', '', 'switch');
  label.append(on, make('span', text('rule', 'enabled')));
  const shown = [label];
  if (rule.category !== 'guard' && rule.category !== 'growing' && rule.group !== 'reader') {
    const none = draft ? [['', text('rule', rule.category === 'ask' ? 'by_gap' : 'by_kind')]] : [];
    shown.push(choice(text('rule', 'severity'), [...none, ...SEVERITIES.map((word) => [word, text('severities', word)])], target.severity,
      (value) => {
        target.severity = value;
        onChange();
      }));
  }
  if (draft && rule.category === 'ask') {
    shown.push(choice(text('rule', 'needs'), [['', text('rule', 'by_kind')], ...STAGES.map((word) => [word, text('stages', word)])], draft.needs,
      (value) => {
        draft.needs = value;
        onChange();
      }));
  }
  return shown;
}

/** @param {string} name @param {string[][]} options @param {string} value @param {(value: string) => void} onChoose */
function choice(name, options, value, onChoose) {
  const label = make('label', name);
  const select = document.createElement('select');
  select.append(...options.map(([word = '', said = '']) => new Option(said, word)));
  select.value = value;
  select.addEventListener('change', () => onChoose(select.value));
  label.append(select);
  return label;
}
