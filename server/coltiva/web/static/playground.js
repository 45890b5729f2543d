// @ts-check
// The playground: lints while you type, draws what was found, and explains it.
import { closeCard, leaveCard, openCard, placeCard, shownUnderline, stayOnCard } from './card.js';
import { rangeOf, readEditor, writeOver } from './editor-text.js';
import { rememberUnderline } from './first-steps.js';
import { createLinter } from './linting.js';
import { showFindings, showHistory, showRelationship, showUnchecked, showVerdict } from './outcome.js';
import { counted, dayText, element, field, language, make, text, write } from './page.js';
import { FARMING, SCENES, historyFor } from './scenarios.js';
import { showRewrites } from './rewrites.js';
import { canDraw, draw, underlineAt } from './underlines.js';

/** @typedef {import('./underlines.js').Underline} Underline */

const editor = element('editor');
const MOST_CHARACTERS = Number(document.body.dataset.mostCharacters);
/** @type {Underline[]} */
let drawn = [];
/** Another seed gives other words. */
let seed = 0;
/** @type {string} */
let reached = 'stranger';

const chosenStage = () => /** @type {HTMLInputElement} */ (document.querySelector('[name="stage"]:checked')).value;

const lint = createLinter({
  question: () => ({
    text: readEditor(editor).text,
    channel: field('channel').value,
    seed,
    explain_in: language(),
    contact: { name: field('name').value, company: field('company').value, history: historyFor(chosenStage()) },
  }),
  onReport: (report) => {
    notice(canDraw ? '' : text('problems', 'no_highlights'));
    reached = report.relationship.stage;
    drawn = draw(editor, report.findings);
    if (drawn.length > 0) rememberUnderline();
    closeCard(editor);
    showVerdict(report, readEditor(editor).text);
    showFindings(drawn, fromList);
    showRewrites(report.rewrites, { event: eventInWords, use: (rewrite) => replaceAll(rewrite.text) });
    showRelationship(report.relationship);
  },
  onProblem: (problem) => {
    drawn = draw(editor, []);
    closeCard(editor);
    showFindings(drawn, fromList);
    showRewrites([], { event: eventInWords, use: () => {} });
    showUnchecked();
    const count = readEditor(editor).text.length;
    if (problem.kind === 'away') notice(text('problems', 'away'), true);
    else if (count > MOST_CHARACTERS) notice(text('problems', 'too_long', { count, limit: MOST_CHARACTERS }));
    else notice(text('problems', 'refused', { message: problem.message }), true);
  },
});

/** @param {string} message  empty hides the notice @param {boolean} [canRetry] */
function notice(message, canRetry = false) {
  write('notice-text', message);
  element('notice').hidden = message === '';
  element('retry').hidden = !canRetry;
}

/** @param {string} id @returns {string[]} */
function eventInWords(id) {
  const event = historyFor(chosenStage())[Number(id.slice(1)) - 1];
  return event ? [`${dayText(event.date)} · ${event.summary}`] : [];
}

/** Write a whole message over the one that stands there. @param {string} message */
function replaceAll(message) {
  const everything = document.createRange();
  everything.selectNodeContents(editor);
  writeOver(editor, everything, message);
}

/** @param {Underline} underline @param {boolean} isPinned */
function open(underline, isPinned) {
  const { finding } = underline;
  openCard(underline, {
    reached: text('stages', reached),
    needed: finding.needs ? text('stages', finding.needs) : '',
    events: finding.events.flatMap(eventInWords),
    isPinned,
    apply: (suggestion) => {
      closeCard(editor);
      // The text may have changed since, but then the card would have been closed.
      const range = rangeOf(readEditor(editor).places, suggestion.start, suggestion.end) ?? underline.range;
      writeOver(editor, range, suggestion.text);
    },
  });
  if (isPinned) write('announcer', `${finding.title}. ${finding.why}`);
}

/** Open the card of a finding chosen from the list, where it can be seen. @param {Underline} underline */
function fromList(underline) {
  const box = underline.range.getBoundingClientRect();
  if (box.top < 0 || box.bottom > window.innerHeight * 0.6) window.scrollBy({ top: box.top - window.innerHeight / 4, behavior: 'instant' });
  open(underline, true);
}

/** @param {number} step  1 for the next finding, -1 for the one before */
function openNeighbour(step) {
  if (drawn.length === 0) return;
  const at = drawn.findIndex((underline) => underline === shownUnderline());
  const next = drawn[at < 0 && step < 0 ? drawn.length - 1 : (at + step + drawn.length) % drawn.length];
  if (next) fromList(next);
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.key === 'Escape') closeCard(editor);
  // Alt and an arrow open a list box; elsewhere they are free.
  const isArrow = event.altKey && /^Arrow(Down|Up)$/.test(event.key) && !(event.target instanceof HTMLSelectElement);
  if (!isArrow && event.key !== 'F8') return;
  event.preventDefault();
  openNeighbour(event.key === 'ArrowUp' || event.shiftKey ? -1 : 1);
}

/** @param {string} stage */
function chooseStage(stage) {
  /** @type {HTMLInputElement} */ (document.querySelector(`[name="stage"][value="${stage}"]`)).checked = true;
  showHistory(historyFor(stage));
}

function onSetting() {
  showHistory(historyFor(chosenStage()));
  showCount();
  void lint();
}

/** Carry the message over the loading of the page in another language, in this tab alone. */
function keepMessage() {
  const KEPT = 'coltiva-message';
  document.addEventListener('coltiva-language-changing', () => sessionStorage.setItem(KEPT, readEditor(editor).text));
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (kept) editor.textContent = kept;
}

function showCount() {
  const count = readEditor(editor).text.length;
  const chosen = /** @type {HTMLSelectElement} */ (field('channel')).selectedOptions[0];
  const limit = Number(chosen?.dataset.limit ?? 0);
  write('count', limit ? text('editor', 'count_of', { count, limit }) : counted('editor', 'count', count));
  element('count').classList.toggle('over', limit > 0 && count > limit);
}

/** @param {string} id @param {readonly import('./scenarios.js').Example[]} examples */
function buildExamples(id, examples) {
  element(id).replaceChildren(...examples.map((example) => {
    const button = make('button', example.label);
    button.type = 'button';
    button.lang = example.language;
    button.addEventListener('click', () => {
      // Whoever asks in the scene is a stranger, whatever was tried before.
      if (id === 'scenes') chooseStage('stranger');
      replaceAll(example.text);
      if (editor.getBoundingClientRect().top < 0) editor.scrollIntoView({ block: 'center' });
    });
    return button;
  }));
}

function start() {
  buildExamples('scenes', SCENES);
  buildExamples('farming', FARMING);
  const card = element('card');
  editor.addEventListener('input', () => {
    showCount();
    void lint();
  });
  editor.addEventListener('mousemove', ({ clientX, clientY }) => {
    const underline = underlineAt(drawn, clientX, clientY);
    if (!underline) leaveCard();
    else if (underline === shownUnderline()) stayOnCard();
    else open(underline, false);
  });
  editor.addEventListener('mouseleave', leaveCard);
  editor.addEventListener('click', ({ clientX, clientY }) => {
    const underline = underlineAt(drawn, clientX, clientY);
    if (underline) open(underline, true);
    else closeCard();
  });
  card.addEventListener('mouseenter', stayOnCard);
  card.addEventListener('mouseleave', leaveCard);
  element('card-close').addEventListener('click', () => closeCard(editor));
  element('other-words').addEventListener('click', () => {
    seed += 1;
    void lint();
  });
  element('retry').addEventListener('click', () => void lint());
  for (const id of ['name', 'company']) element(id).addEventListener('input', onSetting);
  for (const id of ['channel', 'stages']) element(id).addEventListener('change', onSetting);
  document.addEventListener('keydown', onKey);
  keepMessage();
  window.addEventListener('resize', placeCard);
  onSetting();
}

start();
