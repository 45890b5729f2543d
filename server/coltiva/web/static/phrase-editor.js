// @ts-check
// One phrase being written: coloured as it is typed, wrong where it is wrong, lists and slots suggested, what it finds shown.
import { call, CallError } from './rules-api.js';
import { make, text } from './page.js';
import { phraseLegend } from './phrase-legend.js';
import { coloured, nameAt } from './phrase-syntax.js';

/** @typedef {import('./rules-api.js').Fault} Fault */
/** @typedef {import('./rules-api.js').Found} Found */
/** @typedef {{lists: string[], slots: string[]}} Names */

const MOST_SUGGESTED = 8;
let made = 0;

/** @type {Map<string, Promise<Names>>} */
const known = new Map();

/** @param {string} language @param {string} rule @returns {Promise<Names>} */
function namesOf(language, rule) {
  const key = `${language} ${rule}`;
  const asked = known.get(key) ?? call('GET', `/rules/names?language=${language}&rule=${encodeURIComponent(rule)}`);
  known.set(key, asked);
  return asked;
}

/**
 * Return a form in which a phrase is written.
 * @param {object} parts
 * @param {string} parts.phrase  as it is now; empty for a new one
 * @param {string} parts.language
 * @param {string} parts.rule
 * @param {() => string[]} parts.texts  the texts in which it is looked for while it is typed
 * @param {(found: Found[] | null) => void} parts.onFound  null where there is no phrase to try; none of the texts where it is wrong
 * @param {(phrase: string) => void} parts.onDone
 * @param {() => void} parts.onCancel
 */
export function phraseEditor({ phrase, language, rule, texts, onFound, onDone, onCancel }) {
  const id = `phrase-${made += 1}`;
  const form = document.createElement('form');
  form.className = 'phrase-editor';
  const field = document.createElement('div');
  field.className = 'phrase-field';
  const input = document.createElement('input');
  Object.assign(input, { value: phrase, spellcheck: false, autocomplete: 'off', maxLength: 1500, className: 'phrase-input' });
  for (const [name, value] of Object.entries({ 'aria-label': text('phrase', 'label'), role: 'combobox', 'aria-autocomplete': 'list',
    'aria-expanded': 'false', 'aria-controls': `${id}-list`, 'aria-describedby': `${id}-fault` })) input.setAttribute(name, value);
  const backdrop = make('div', '', 'phrase-backdrop');
  backdrop.setAttribute('aria-hidden', 'true');
  const list = make('ul', '', 'suggestions');
  list.id = `${id}-list`;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', text('phrase', 'suggestions'));
  list.hidden = true;
  const fault = make('p', '', 'phrase-fault');
  fault.id = `${id}-fault`;
  fault.setAttribute('role', 'status');
  const done = make('button', text('phrase', 'done'), 'main');
  const cancel = make('button', text('phrase', 'cancel'));
  cancel.type = 'button';
  const acts = make('p', '', 'acts');
  acts.append(done, cancel);
  field.append(backdrop, input, list);
  form.append(field, fault, acts, phraseLegend());

  /** @type {string[]} */
  let suggested = [];
  let chosen = -1;
  let asked = 0;

  /** @param {Fault | null} found */
  function draw(found) {
    const line = coloured(input.value, found ? found.start : -1);
    backdrop.replaceChildren(line);
    line.style.translate = `${-input.scrollLeft}px 0`;
    input.setAttribute('aria-invalid', String(Boolean(found)));
    fault.replaceChildren(...(found ? [found.message, ...found.near.map((near) => nearButton(near, found.got))] : []));
    done.disabled = Boolean(found) || input.value.trim() === '';
  }

  /** @param {string} near @param {string} got */
  function nearButton(near, got) {
    const button = make('button', near, 'near');
    button.type = 'button';
    button.addEventListener('click', () => {
      input.value = input.value.replace(got, near);
      input.focus();
      void check();
    });
    return button;
  }

  async function check() {
    const turn = asked += 1;
    draw(null);
    if (input.value.trim() === '') return onFound(null);
    try {
      const answer = await call('POST', '/rules/phrase', { language, rule, phrase: input.value, texts: texts() });
      if (turn !== asked || !form.isConnected) return;
      draw(answer.fault);
      onFound(answer.found);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      fault.textContent = error.message || text('problems', 'away');
    }
  }

  async function suggest() {
    const names = await namesOf(language, rule);
    const at = nameAt(input.value, input.selectionStart ?? 0);
    const among = at ? names[at.kind === 'list' ? 'lists' : 'slots'] : [];
    const typed = at?.typed.toLowerCase() ?? '';
    suggested = among.filter((name) => name.includes(typed) && name !== typed)
      .sort((a, b) => Number(b.startsWith(typed)) - Number(a.startsWith(typed))).slice(0, MOST_SUGGESTED);
    choose(suggested.length ? 0 : -1);
    list.replaceChildren(...suggested.map((name, i) => {
      const option = make('li', at?.kind === 'list' ? `@${name}` : `<${name}>`);
      option.id = `${id}-${i}`;
      option.setAttribute('role', 'option');
      option.addEventListener('pointerdown', (event) => {
        event.preventDefault();
        take(i);
      });
      return option;
    }));
    choose(chosen);
  }

  /** @param {number} i */
  function choose(i) {
    chosen = i;
    list.hidden = suggested.length === 0;
    input.setAttribute('aria-expanded', String(!list.hidden));
    [...list.children].forEach((option, place) => option.setAttribute('aria-selected', String(place === i)));
    if (i >= 0 && !list.hidden) input.setAttribute('aria-activedescendant', `${id}-${i}`);
    else input.removeAttribute('aria-activedescendant');
  }

  /** @param {number} i */
  function take(i) {
    const at = nameAt(input.value, input.selectionStart ?? 0);
    const name = suggested[i];
    if (!at || name === undefined) return;
    input.setRangeText(at.kind === 'list' ? `@${name}` : `<${name}>`, at.start, at.end, 'end');
    suggested = [];
    choose(-1);
    void check();
  }

  input.addEventListener('input', () => {
    void check();
    void suggest();
  });
  input.addEventListener('scroll', () => backdrop.firstElementChild instanceof HTMLElement
    && (backdrop.firstElementChild.style.translate = `${-input.scrollLeft}px 0`));
  input.addEventListener('blur', () => {
    suggested = [];
    choose(-1);
  });
  input.addEventListener('keydown', (event) => {
    if (!list.hidden && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      choose((chosen + (event.key === 'ArrowDown' ? 1 : -1) + suggested.length) % suggested.length);
    } else if (!list.hidden && (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey))) {
      event.preventDefault();
      take(chosen);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (list.hidden) onCancel();
      suggested = [];
      choose(-1);
    }
  });
  cancel.addEventListener('click', onCancel);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!done.disabled) onDone(input.value.trim().replace(/\s+/g, ' '));
  });
  draw(null);
  void check();
  return { form, focus: () => input.focus(), recheck: () => void check() };
}
