// @ts-check
// The examples of a rule, folded away with their counts: those it finds something in, and those it must not.
import { element, make, text } from './page.js';
import { marked } from './phrase-syntax.js';

/** @typedef {import('./rule-detail.js').Draft} Draft */
/** @typedef {import('./rules-api.js').RuleShown} RuleShown */
/** @typedef {import('./rules-api.js').Found} Found */

/** What the user has folded or unfolded of the rule that is open. @type {Map<string, boolean>} */
const unfolded = new Map();
let open = '';

/** @param {RuleShown} rule @param {Draft | null} draft @param {() => void} onChange */
export function drawExamples(rule, draft, onChange) {
  if (rule.id !== open) unfolded.clear();
  open = rule.id;
  const names = !draft ? [] : rule.group === 'guards' ? ['pass'] : ['flag', 'pass'];
  element('rule-examples').replaceChildren(...names.map((name) => examplesPart(name, rule, /** @type {Draft} */ (draft), onChange)));
}

/** Mark in the examples what a phrase finds, and count them. @param {Found[] | null} found  null where no phrase is tried */
export function markExamples(found) {
  for (const box of document.querySelectorAll('#rule-examples details')) {
    let count = 0;
    for (const line of box.querySelectorAll('li > .message')) {
      const content = line.textContent ?? '';
      const spans = found?.find((one) => one.text === content)?.spans ?? [];
      count += Number(spans.length > 0);
      line.replaceChildren(marked(content, spans));
    }
    const chip = /** @type {HTMLElement} */ (box.querySelector('.reached'));
    chip.hidden = !found?.length;
    chip.textContent = text('rule', 'reached', { count });
  }
}

/** @param {string} name  flag or pass @param {RuleShown} rule @param {Draft} draft @param {() => void} onChange */
function examplesPart(name, rule, draft, onChange) {
  const flag = name === 'flag';
  const fixed = rule.examples.filter((example) => example.flag === flag && !example.own);
  const own = /** @type {string[]} */ (draft[name]);
  const holds = (/** @type {string} */ content) => rule.examples.find((one) => one.own && one.text === content && one.flag === flag)?.holds ?? true;
  const redraw = () => {
    unfolded.set(name, true);
    drawExamples(rule, draft, onChange);
    /** @type {HTMLElement | null} */ (document.querySelector(`[data-adds="${name}"]`))?.focus();
    onChange();
  };
  const lines = [...fixed.map((example) => exampleLine(example.text, example.holds)), ...own.map((content) => (
    exampleLine(content, holds(content), () => {
      own.splice(own.indexOf(content), 1);
      redraw();
    })))];
  const isWrong = fixed.some((example) => !example.holds) || own.some((content) => !holds(content));
  const list = make('ul', '', 'examples');
  list.append(...lines);
  const box = make('details', '', 'fold');
  // Whoever writes a rule needs its examples; one that does not hold must be seen.
  box.open = unfolded.get(name) ?? (isWrong || rule.layer === 'own');
  box.addEventListener('toggle', () => unfolded.set(name, box.open));
  const summary = make('summary', '');
  const reached = make('span', '', 'chip reached');
  reached.hidden = true;
  summary.append(make('span', text('rule', name), 'part-name'), make('span', String(lines.length), 'count'), reached);
  box.append(summary, list, exampleForm(name, own, redraw));
  return box;
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

/** @param {string} name @param {string[]} own @param {() => void} onAdded */
function exampleForm(name, own, onAdded) {
  const form = make('form', '', 'one-line');
  const input = document.createElement('input');
  input.maxLength = 2000;
  input.dataset.adds = name;
  const label = make('label', text('rule', `add_${name}`));
  label.append(input);
  form.append(label, make('button', text('rule', 'add')));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const content = input.value.trim().replace(/\s+/g, ' ');
    if (!content || own.includes(content)) return;
    own.push(content);
    onAdded();
  });
  return form;
}
