// @ts-check
// The phrases of one part of a rule: read, changed, taken out, put back.
import { make, text } from './page.js';
import { phraseEditor } from './phrase-editor.js';
import { coloured } from './phrase-syntax.js';
import { markLatest } from './rules-focus.js';

/** @typedef {import('./rule-detail.js').Draft} Draft */
/** @typedef {import('./rules-api.js').RuleShown} RuleShown */

// A rule may have dozens of phrases: so many of the shipped ones are shown at first, and all where they are hardly more.
const SHOWN_AT_FIRST = 8;
const SHOWN_WHOLE = 12;
/** What the user has folded or unfolded of the rule that is open. @type {Map<string, boolean>} */
const unfolded = new Map();
let open = '';

/**
 * @param {object} parts
 * @param {string} parts.key  phrases, unless, unless_sentence or unless_previous
 * @param {RuleShown} parts.rule
 * @param {Draft} parts.draft
 * @param {() => string[]} parts.texts
 * @param {(found: import('./rules-api.js').Found[] | null) => void} parts.onFound
 * @param {() => void} parts.onChange
 */
export function phrasePart({ key, rule, draft, texts, onFound, onChange }) {
  const box = document.createElement('details');
  box.className = 'phrases fold';
  if (rule.id !== open) unfolded.clear();
  open = rule.id;
  const isTouched = (rule.parts[key] ?? []).some((phrase) => phrase.layer !== 'shipped');
  box.open = unfolded.get(key) ?? (key === 'phrases' || isTouched);
  box.addEventListener('toggle', () => unfolded.set(key, box.open));
  const summary = document.createElement('summary');
  const list = make('ul', '', 'phrase-list');
  const shipped = (rule.parts[key] ?? []).filter((phrase) => phrase.layer !== 'own').map((phrase) => phrase.text);
  const language = rule.id.split('/')[0] ?? 'en';
  /** What is being written: a phrase, '' for a new one, null for nothing. @type {string | null} */
  let writing = null;
  /** Where it is being written; drawing the list again takes nothing away. @type {{line: HTMLElement, recheck: () => void} | null} */
  let desk = null;
  /** What was written last. */
  let latest = '';

  function draw() {
    const kept = /** @type {string[]} */ (draft[key]);
    const gone = shipped.filter((phrase) => !kept.includes(phrase));
    summary.replaceChildren(make('span', text('parts_of_rule', key), 'part-name'), make('span', String(kept.length), 'count'));
    const own = kept.filter((phrase) => !shipped.includes(phrase));
    const others = kept.filter((phrase) => shipped.includes(phrase));
    const isWhole = unfolded.get(`all ${key}`) ?? others.length <= SHOWN_WHOLE;
    const shown = isWhole ? others : others.filter((phrase, i) => i < SHOWN_AT_FIRST || phrase === writing);
    list.replaceChildren(...(writing === '' ? [editorLine('')] : [addLine()]), ...[...own, ...shown].map((phrase) => (
      phrase === writing ? editorLine(phrase) : phraseLine(phrase))),
    ...(others.length > SHOWN_WHOLE ? [allLine(isWhole, kept.length, 1 + own.length + SHOWN_AT_FIRST)] : []), ...gone.map(goneLine));
  }

  /** @param {boolean} isWhole @param {number} count @param {number} next  the line that comes after the last one shown at first */
  function allLine(isWhole, count, next) {
    const line = make('li', '', 'more');
    const label = isWhole ? text('phrase', 'fewer') : text('phrase', 'all', { count });
    line.append(button(label, label, () => {
      unfolded.set(`all ${key}`, !isWhole);
      draw();
      const goOnAt = isWhole ? list.querySelector('.more') : list.children[next];
      goOnAt?.querySelector('button')?.focus({ preventScroll: !isWhole });
    }));
    return line;
  }

  function addLine() {
    const line = make('li', '', 'add');
    line.append(button(text('phrase', 'add'), text('phrase', 'add'), () => write('')));
    return line;
  }

  /** Write nothing any more. */
  function leaveDesk() {
    if (desk) document.removeEventListener('coltiva-sample', desk.recheck);
    writing = desk = null;
    onFound(null);
  }

  /** @param {string} phrase */
  function write(phrase) {
    leaveDesk();
    writing = phrase;
    draw();
    list.querySelector('input')?.focus();
  }

  /** @param {string} phrase */
  function editorLine(phrase) {
    if (desk) return desk.line;
    const line = make('li', '', 'writing');
    const stop = () => {
      leaveDesk();
      draw();
      list.querySelector('button')?.focus();
    };
    const editor = phraseEditor({ phrase, language, rule: rule.id, texts, onFound, onCancel: stop, onDone: (written) => {
      const kept = /** @type {string[]} */ (draft[key]);
      const others = kept.filter((one) => one !== phrase && one !== written);
      const at = phrase ? kept.indexOf(phrase) : 0;
      draft[key] = [...others.slice(0, at), written, ...others.slice(at)];
      latest = written;
      stop();
      onChange();
    } });
    document.addEventListener('coltiva-sample', editor.recheck);
    line.append(editor.form);
    desk = { line, recheck: editor.recheck };
    return line;
  }

  /** @param {string} phrase */
  function phraseLine(phrase) {
    const line = document.createElement('li');
    const isOwn = !shipped.includes(phrase);
    line.append(coloured(phrase));
    if (isOwn) line.append(make('span', text('layers', 'own'), 'chip'));
    line.append(button(text('phrase', 'edit'), `${text('phrase', 'edit')}: ${phrase}`, () => write(phrase)),
      button(text('phrase', 'remove'), `${text('phrase', 'remove')}: ${phrase}`, () => {
        draft[key] = draft[key].filter((/** @type {string} */ one) => one !== phrase);
        draw();
        goOn(phrase);
        onChange();
      }));
    if (isOwn) line.classList.add('own');
    if (phrase === latest) markLatest(line);
    if (phrase === latest) latest = '';
    return line;
  }

  /** The button that was pressed is gone: go on at the last one of the phrase, else at the first of all. @param {string} phrase */
  function goOn(phrase) {
    const buttons = [...list.querySelectorAll('button')];
    (buttons.findLast((one) => one.getAttribute('aria-label')?.endsWith(`: ${phrase}`)) ?? buttons[0])?.focus();
  }

  /** @param {string} phrase */
  function goneLine(phrase) {
    const line = make('li', '', 'gone');
    line.append(coloured(phrase), make('span', text('phrase', 'gone'), 'chip'),
      button(text('phrase', 'restore'), `${text('phrase', 'restore')}: ${phrase}`, () => {
        draft[key] = shipped.filter((one) => draft[key].includes(one) || one === phrase)
          .concat(draft[key].filter((/** @type {string} */ one) => !shipped.includes(one)));
        draw();
        goOn(phrase);
        onChange();
      }));
    return line;
  }

  box.append(summary, list);
  draw();
  return box;
}

/** @param {string} label @param {string} spoken @param {() => void} onClick */
function button(label, spoken, onClick) {
  const made = make('button', label);
  made.type = 'button';
  if (spoken !== label) made.setAttribute('aria-label', spoken);
  made.addEventListener('click', onClick);
  return made;
}
