// @ts-check
// The playground: lints while you type, draws what was found, and explains it.
import { readEditor, rangeOf } from './editor-text.js';
import { hideCard, isCardOpen, severityOf, showCard } from './card.js';
import { EXAMPLES, STAGES, historyFor } from './scenarios.js';

/** @typedef {import('./card.js').Finding} Finding */
/**
 * @typedef {{language: string | null, verdict: 'wait' | 'revise' | 'send', score: number, findings: Finding[],
 *   relationship: {stage: string, why: string[], next_step: string, events: string[]}}} Report
 */

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @param {string} id */
const field = (id) => /** @type {HTMLInputElement} */ (document.getElementById(id));

const LANGUAGES = { en: 'English', it: 'Italian', es: 'Spanish', fr: 'French', de: 'German', pt: 'Portuguese' };
const LINES = {
  wait: ['Wait', 'This asks for more than the relationship can carry yet.'],
  revise: ['Revise', 'It is close; soften what is underlined.'],
  send: ['Send', 'Nothing here comes too early.'],
};
const SEVERITIES = ['error', 'warning', 'info', 'growing'];
const MAX_CHARACTERS = 20000;
const RETRY_MS = 2000;

const editor = element('editor');
/** @type {{finding: Finding, range: Range}[]} */
let drawn = [];
/** @type {Report | null} */
let report = null;
let current = -1;
let inFlight = false;
let isStale = false;

/** Ask the server about the message as it is now; while it answers, later changes wait for one more round. */
async function lint() {
  if (inFlight) {
    isStale = true;
    return;
  }
  inFlight = true;
  isStale = false;
  const { text } = readEditor(editor);
  const body = {
    text, channel: field('channel').value, explain_in: field('explain-in').value || null,
    contact: { name: field('name').value, company: field('company').value, history: historyFor(chosenStage()) },
  };
  try {
    const response = await fetch('/api/v1/lint', {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error?.message ?? response.statusText);
    say('');
    if (readEditor(editor).text === text) show(/** @type {Report} */ (answer));
    else isStale = true;
  } catch (error) {
    failed(error, text);
  } finally {
    inFlight = false;
  }
  if (isStale) await lint();
}

/**
 * Say what went wrong and what to do; nothing that was typed is lost.
 * @param {unknown} error
 * @param {string} text
 */
function failed(error, text) {
  clearDrawing();
  if (error instanceof TypeError) {
    say('The server does not answer. Start it with “make run” or “coltiva serve”; this page tries again by itself.');
    setTimeout(() => void lint(), RETRY_MS);
  } else if (text.length > MAX_CHARACTERS) {
    say(`The message is too long to check: ${text.length} of ${MAX_CHARACTERS} characters.`);
  } else {
    say(`The message could not be checked: ${error instanceof Error ? error.message : error}`);
  }
}

/** @param {string} message  empty hides the notice */
function say(message) {
  const notice = element('notice');
  if (notice.textContent !== message) notice.textContent = message;
  notice.hidden = message === '';
}

/** @param {Report} answer */
function show(answer) {
  report = answer;
  const { places } = readEditor(editor);
  drawn = answer.findings.flatMap((finding) => {
    const range = rangeOf(places, finding.start, finding.end);
    return range ? [{ finding, range }] : [];
  });
  for (const severity of SEVERITIES) {
    const ranges = drawn.filter(({ finding }) => severityOf(finding) === severity).map(({ range }) => range);
    CSS.highlights.set(`coltiva-${severity}`, new Highlight(...ranges));
  }
  showVerdict(answer);
  showFindings();
  hideCard();
  current = -1;
}

/** Take every underline away. */
function clearDrawing() {
  drawn = [];
  for (const severity of SEVERITIES) CSS.highlights.delete(`coltiva-${severity}`);
  showFindings();
}

/** @param {Report} answer */
function showVerdict(answer) {
  const [word, line] = LINES[answer.verdict];
  element('verdict').dataset.verdict = answer.verdict;
  element('verdict-word').textContent = word;
  element('verdict-line').textContent = line;
  element('score').textContent = String(answer.score);
  element('meter').style.width = `${answer.score}%`;
  const known = answer.language && LANGUAGES[/** @type {keyof typeof LANGUAGES} */ (answer.language)];
  const typed = readEditor(editor).text.trim().length;
  element('language').textContent = known || (typed > 40 ? 'a language that Coltiva does not read' : 'language not told yet');
  element('stage-why').textContent = answer.relationship.why.join(' ');
  element('next-step').textContent = answer.relationship.next_step;
}

function showFindings() {
  element('findings').replaceChildren(...drawn.map(({ finding }, index) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.dataset.severity = severityOf(finding);
    const quote = document.createElement('small');
    quote.textContent = `“${finding.quote}”`;
    button.append(finding.title, quote);
    button.addEventListener('click', () => open(index));
    const item = document.createElement('li');
    item.append(button);
    return item;
  }));
  element('no-findings').hidden = drawn.length > 0;
}

/** @param {number} index */
function open(index) {
  current = index;
  const { finding, range } = drawn[index];
  const events = historyFor(chosenStage()).map((event) => `${event.date} · ${event.summary}`);
  showCard(finding, range.getClientRects()[0] ?? range.getBoundingClientRect(), report?.relationship.stage ?? '', events);
  element('announcer').textContent = `${finding.title}. ${finding.why}`;
}

/** @param {MouseEvent} event */
function openUnderPointer(event) {
  const index = drawn.findIndex(({ range }) => [...range.getClientRects()].some((box) =>
    event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom + 4));
  if (index >= 0 && (index !== current || !isCardOpen())) open(index);
  else if (index < 0 && isCardOpen()) hideCard();
}

/** @returns {string} */
function chosenStage() {
  return /** @type {HTMLInputElement | null} */ (document.querySelector('[name="stage"]:checked'))?.value ?? 'stranger';
}

function showHistory() {
  element('history').replaceChildren(...historyFor(chosenStage()).map((event) => {
    const item = document.createElement('li');
    item.textContent = `${event.date}, ${event.kind}: ${event.summary}`;
    return item;
  }));
}

function buildStages() {
  element('stages').replaceChildren(...STAGES.map((stage) => {
    const radio = document.createElement('input');
    radio.type = 'radio';
    radio.name = 'stage';
    radio.value = stage;
    radio.checked = stage === 'stranger';
    const label = document.createElement('label');
    label.append(radio, stage);
    return label;
  }));
}

function buildExamples() {
  element('examples').replaceChildren(...EXAMPLES.map(({ label, text }) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label;
    button.addEventListener('click', () => {
      editor.textContent = text;
      void lint();
    });
    return button;
  }));
}

/** @param {boolean} isDark */
function setTheme(isDark) {
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  element('theme').textContent = isDark ? 'Light theme' : 'Dark theme';
}

function start() {
  buildStages();
  buildExamples();
  showHistory();
  setTheme(matchMedia('(prefers-color-scheme: dark)').matches);
  element('theme').addEventListener('click', () => setTheme(document.documentElement.dataset.theme !== 'dark'));
  editor.addEventListener('input', () => void lint());
  editor.addEventListener('mousemove', openUnderPointer);
  editor.addEventListener('click', openUnderPointer);
  for (const id of ['name', 'company']) field(id).addEventListener('input', () => void lint());
  for (const id of ['channel', 'explain-in', 'stages']) {
    element(id).addEventListener('change', () => {
      showHistory();
      void lint();
    });
  }
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hideCard();
    if (event.key === 'F8' && drawn.length > 0) {
      event.preventDefault();
      open((current + (event.shiftKey ? drawn.length - 1 : 1)) % drawn.length);
    }
  });
  void lint();
}

start();
