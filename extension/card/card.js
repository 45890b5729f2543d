// The card by an underline: why, what it rests on, what to say instead, and what the user has to say to it.
import { blanksIn, changeParagraph } from '../pages/difference.js';
import { dismissalOf } from '../pages/dismissing.js';
import { button, element, field, localize, make, say, sayCount, send, write } from '../pages/dom.js';
import { eventItem, restLine, stageMark } from '../pages/happened.js';
import { closeKnow, startKnow } from './know.js';
import { showUnread } from './unread.js';
import { showWho } from './who.js';

/** A key that comes up unseen, after a switch to another window, say, must not keep the card. */
const LONGEST_HOLD_MS = 1000;
/** The focus goes back to the message first: screen readers break off for it what they were saying. */
const SAY_AFTER_MS = 150;
/** So many recorded facts are shown without being asked for. */
const FEW_EVENTS = 2;

/** @type {CardView} */
let view;
/** What a key does while the focus is in the card and not in a field. @type {Map<string, () => unknown>} */
const keys = new Map();

/** The keys that are down now. @type {Set<string>} */
const held = new Set();
let isClosed = false;

/**
 * Close once no key is held: a key that came up in the page instead could close the page's own composer. What came of an act is told to
 * ears afterwards, in this document, which stays for that: the page around it hears nothing.
 * @param {string} [outcome]
 */
async function close(outcome = '') {
  if (held.size) {
    await new Promise((resolve) => {
      document.addEventListener('keyup', () => held.size || resolve(null));
      setTimeout(resolve, LONGEST_HOLD_MS);
    });
  }
  isClosed = true;
  await send('card-close', { says: outcome !== '' });
  // Nobody shall come upon what lies there unseen.
  element('card').hidden = true;
  if (outcome) setTimeout(announce, SAY_AFTER_MS, outcome);
}
/** Say something to whoever cannot see the card, or sees it close; words that are written anew are said again. @param {string} text */
const announce = (text) => element('announcement').replaceChildren(make('span', text));

/** A button with its key. @param {string} label @param {string} key @param {() => unknown} act @param {string} [className] */
function keyed(label, key, act, className = '') {
  const made = button(label, act, className);
  made.append(make('kbd', key.toUpperCase()));
  made.setAttribute('aria-keyshortcuts', key.toUpperCase());
  keys.set(key, act);
  return made;
}

function fill() {
  const { finding, relationship, text } = view;
  const group = finding.category === 'ask' ? 'severity' : 'severity_signal';
  element('card').dataset.severity = finding.severity;
  write('severity', say(`${group}_${finding.severity}`));
  write('title', finding.title);
  write('why', finding.why);
  const [first, ...others] = finding.suggestions.map((one, index) => {
    const item = make('li', '', 'change');
    const act = () => void apply(one.start, one.end, one.text);
    const blanks = blanksIn(one.text);
    item.append(changeParagraph(text.slice(one.start, one.end), one.text, blanks));
    if (blanks.length) item.append(make('p', say('rewriteBlanks'), 'hint'));
    const foot = make('div', '', 'foot');
    foot.append(...restLine(one.changes, one.uses, view.grounds), keyed(say('apply'), String(index + 1), act, 'main'));
    item.append(foot);
    return item;
  });
  element('suggestions').hidden = !first;
  element('suggestion-list').replaceChildren(...(first ? [first] : []));
  element('more').hidden = others.length === 0;
  element('more-list').replaceChildren(...others);
  write('more-label', others.length ? sayCount('moreWays', others.length) : '');
  write('next-step', finding.premature ? relationship.next_step : '');
  fillRecord();
  fillActs();
}

/** How far the two have come, and the facts that this rests on, the newest first; many are folded away. */
function fillRecord() {
  const { finding, relationship, events } = view;
  element('stages').hidden = finding.needs === null;
  element('needed').replaceChildren(finding.needs ? stageMark(finding.needs) : '');
  element('reached').replaceChildren(stageMark(relationship.stage));
  const rests = /** @type {HTMLDetailsElement} */ (element('rests'));
  rests.hidden = events.length === 0;
  rests.open = events.length <= FEW_EVENTS;
  write('rests-label', `${say('cardEvents')} (${events.length})`);
  element('events').replaceChildren(...events.toReversed().map((event) => eventItem(event, true)));
}

function fillActs() {
  const { finding } = view;
  const acts = [keyed(say('ignoreHere'), 'i', () => void dismiss('ignored'))];
  if (finding.category === 'ask') acts.push(keyed(say('noAsk'), 'n', () => void dismiss('no_ask')));
  if (finding.premature && view.contact) acts.push(keyed(say('knowThem'), 'k', () => startKnow(view, save, resize)));
  element('acts').replaceChildren(...acts);
  element('know').hidden = true;
}

/** @param {number} start @param {number} end @param {string} text */
async function apply(start, end, text) {
  const { frame, editor, text: before } = view;
  const answer = await send('apply', { frame, editor, start, end, text, before });
  if (answer.applied) void close(say('applied'));
  else announceAll(say(`apply_${answer.reason}`));
}

/** @param {'ignored' | 'no_ask'} reason */
async function dismiss(reason) {
  const { finding, relationship, frame, editor } = view;
  await save({ ...dismissalOf(finding, reason, { ...view, stage: relationship.stage }), again: { frame, editor } }, say(`done_${reason}`));
}

/** Write down, say what came of it, and close where it is done. @param {ExtensionMessages['write']['ask']} wanted @param {string} done */
async function save(wanted, done) {
  const outcome = await send('write', wanted);
  if (outcome.state === 'done') void close(done);
  else announceAll(outcome.state === 'waiting' ? say('keptForLater') : outcome.message);
}

/** Show a line at the card's end, which screen readers hear too. @param {string} text */
function announceAll(text) {
  element('acts').querySelector('.hint')?.remove();
  const line = make('p', text, 'hint');
  element('acts').append(line);
  announce(text);
  resize();
  line.scrollIntoView({ block: 'nearest' });
}

let told = 0;
/** Tell the page how high the card would be if there were room for all of it. */
function resize() {
  const { offsetHeight, clientHeight } = element('card');
  const height = Math.ceil(element('content').getBoundingClientRect().height) + offsetHeight - clientHeight;
  if (height === told || isClosed) return;
  told = height;
  void send('card-size', { height });
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  held.add(event.code);
  if (!event.isTrusted || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') {
    if (!closeKnow()) void close();
    resize();
    return;
  }
  if (event.key === 'Tab') return keepInside(event);
  if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
  const act = keys.get(event.key.toLowerCase());
  if (!act) return;
  // A change is applied only where it can be read.
  const more = /** @type {HTMLDetailsElement} */ (element('more'));
  if (Number(event.key) > 1 && !more.open) {
    more.open = true;
    return;
  }
  event.preventDefault();
  act();
}

/** Tab goes round in the card: the next stop outside would be somewhere in the page. @param {KeyboardEvent} event */
function keepInside(event) {
  const stops = [...document.querySelectorAll('button, input, select, summary')].filter((stop) => stop instanceof HTMLElement && stop.checkVisibility());
  const [first, last] = [stops[0], stops.at(-1)];
  const from = document.activeElement;
  const next = event.shiftKey && (from === first || from === element('card')) ? last : !event.shiftKey && from === last ? first : null;
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  next.focus();
}

async function start() {
  localize();
  element('close').addEventListener('click', (event) => event.isTrusted && void close());
  document.addEventListener('keydown', onKey);
  document.addEventListener('keyup', ({ code }) => held.delete(code), { capture: true });
  window.addEventListener('blur', () => held.clear());
  // Where the focus has been in the page meanwhile, the browser has forgotten what had it in here.
  window.addEventListener('focus', () => document.activeElement === document.body && element('card').focus({ preventScroll: true }));
  const found = await send('card-ready', {});
  if (!found) return void close();
  if ('problem' in found) showUnread(found, { announce: announceAll, close });
  else {
    view = found;
    fill();
    showWho(view, { keyed, announce: announceAll, close, changed: resize });
  }
  element('card').hidden = false;
  new ResizeObserver(resize).observe(element('content'));
  resize();
  if (found.takeFocus) element('card').focus({ preventScroll: true });
  else announce(`${element('title').textContent}. ${element('why').textContent}`);
}

field('know-reason').value = '';
void start();
