// @ts-check
// Several messages side by side at every stage, and by a history of the user's making.
import { call, CallError } from './rules-api.js';
import { element, field, make, text, write } from './page.js';
import { marked } from './phrase-syntax.js';

/** @typedef {{category: string, kind: string, severity: string, premature: boolean, start: number, end: number, title: string, why: string}} Finding */
/** @typedef {{verdict: string, score: number, stage: string, why: string[], findings: Finding[]}} Short */
/** @typedef {{text: string, language: string | null, history: Short, stages: Record<string, Short>}} Tried */

const STAGES = (document.body.dataset.stages ?? '').split(' ');
const KINDS = ['meeting', 'call', 'message', 'gave', 'received', 'asked', 'was_asked', 'connected'];
const MOST_TEXTS = 4;
const WAIT_MS = 200;
// Who listens to the page hears the verdicts once the hand rests, not all that is shown at every key.
const SAY_AFTER_MS = 1200;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let saying;
let turn = 0;

export function startTrying() {
  addText();
  addText();
  element('try-add').addEventListener('click', () => addText()?.focus());
  element('event-add').addEventListener('click', () => addEvent().focus());
  element('try-channel').addEventListener('change', soon);
}

function addText() {
  const box = element('try-texts');
  const count = box.children.length;
  if (count >= MOST_TEXTS) return null;
  const label = make('label', text('try', 'message', { number: count + 1 }));
  const area = document.createElement('textarea');
  Object.assign(area, { rows: 4, maxLength: 4000 });
  area.addEventListener('input', soon);
  label.append(area);
  box.append(label);
  element('try-add').hidden = count + 1 >= MOST_TEXTS;
  return area;
}

function addEvent() {
  const line = document.createElement('li');
  const day = document.createElement('input');
  day.type = 'date';
  day.value = new Date(Date.now() - 14 * 864e5).toISOString().slice(0, 10);
  day.setAttribute('aria-label', text('try', 'day'));
  const kind = document.createElement('select');
  kind.setAttribute('aria-label', text('try', 'what'));
  kind.append(...KINDS.map((word) => new Option(text('events', word), word)));
  const remove = make('button', text('rule', 'remove'));
  remove.type = 'button';
  remove.addEventListener('click', () => {
    line.remove();
    soon();
    element('event-add').focus();
  });
  for (const input of [day, kind]) input.addEventListener('change', soon);
  line.append(day, kind, remove);
  element('try-history').append(line);
  soon();
  return day;
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(() => void run(), WAIT_MS);
}

async function run() {
  const asked = turn += 1;
  const texts = [...document.querySelectorAll('#try-texts textarea')]
    .map((area) => /** @type {HTMLTextAreaElement} */ (area).value).filter((content) => content.trim());
  if (!texts.length) return show([], '');
  const history = [...element('try-history').children].flatMap((line) => {
    const [day, kind] = /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ ([...line.querySelectorAll('input, select')]);
    return day?.value && kind ? [{ date: day.value, kind: kind.value, ...(kind.value === 'message' ? { direction: 'received' } : {}) }] : [];
  });
  try {
    const { messages } = await call('POST', '/rules/try', { texts, channel: field('try-channel').value, history });
    if (asked === turn) show(messages.map((/** @type {Tried} */ one, /** @type {number} */ i) => resultOf(one, i, history.length > 0)), messages.map(summaryOf).join(' '));
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    const said = error.message || text('problems', 'away');
    show([make('p', said, 'fails')], said);
  }
}

/** @param {HTMLElement[]} results @param {string} said */
function show(results, said) {
  element('try-results').replaceChildren(...results);
  clearTimeout(saying);
  saying = setTimeout(() => write('try-said', said), SAY_AFTER_MS);
}

/** @param {Tried} one @param {number} i */
function summaryOf(one, i) {
  const verdicts = STAGES.map((stage) => `${text('stages', stage)}: ${text('verdicts', /** @type {Short} */ (one.stages[stage]).verdict)}`);
  return `${text('try', 'message', { number: i + 1 })}. ${one.language ? verdicts.join(', ') : text('try', 'unread')}.`;
}

/** @param {Tried} one @param {number} i @param {boolean} hasHistory */
function resultOf(one, i, hasHistory) {
  const box = make('section', '', 'panel box tried');
  const heading = make('h2', text('try', 'message', { number: i + 1 }));
  const grid = make('ol', '', 'stages');
  const first = /** @type {Short} */ (one.stages[STAGES[0] ?? '']);
  grid.append(...STAGES.map((stage) => cell(text('stages', stage), /** @type {Short} */ (one.stages[stage]), one)));
  if (hasHistory) grid.append(cell(`${text('try', 'by_history')}: ${text('stages', one.history.stage)}`, one.history, one));
  const findings = [...first.findings].sort((a, b) => a.start - b.start);
  const message = make('p', '', 'message');
  message.append(marked(one.text, findings.map(({ start, end }) => [start, end]), findings.map(toneOf)));
  box.append(heading, message, one.language ? grid : make('p', text('try', 'unread'), 'hint'));
  return box;
}

/** How a finding is coloured, as everywhere. @param {Finding} finding */
const toneOf = ({ category, premature, severity }) => (category === 'growing' || (category === 'ask' && !premature) ? 'growing' : severity);

/** @param {string} name @param {Short} short @param {Tried} one */
function cell(name, short, one) {
  const box = document.createElement('li');
  box.append(make('h3', name), make('p', text('verdicts', short.verdict), `verdict ${short.verdict}`), make('small', text('try', 'score', { score: short.score })));
  const list = make('ul', '', 'said');
  list.append(...short.findings.map((finding) => {
    const line = make('li', finding.title, toneOf(finding));
    line.title = one.text.slice(finding.start, finding.end);
    return line;
  }));
  box.append(list);
  return box;
}
