// Recorded facts in words, and how far a relation has come.
import { dayText, make, say } from './dom.js';

/** @type {readonly Stage[]} */
export const STAGES = ['stranger', 'visibility', 'credibility', 'profitability'];

/** @param {HistoryEvent} event */
export const eventName = ({ kind, direction }) => say(kind === 'message' ? `event_message_${direction}` : `event_${kind}`);

/**
 * One event of a timeline.
 * @param {HistoryEvent} event
 * @param {boolean} rests  whether the stage rests on it
 */
export function eventItem(event, rests) {
  const item = make('li', '', rests ? 'rests' : '');
  const day = make('time', dayText(event.date));
  day.dateTime = event.date;
  item.append(day, ' · ', make('strong', eventName(event)));
  if (event.summary) item.append(make('p', event.summary));
  return item;
}

const WORDS_SHOWN = 70;

/** @param {Ground} one */
function groundText(one) {
  const words = 'kind' in one ? one.summary || eventName(one) : one.text;
  const shown = words.length > WORDS_SHOWN ? `${words.slice(0, WORDS_SHOWN).replace(/\s+\S*$/u, '')}…` : words;
  return 'by_user' in one ? `${shown} (${say(one.by_user ? 'youOwe' : 'theyOwe')})` : `${dayText(one.date)}, ${shown}`;
}

/**
 * A quiet line on a change: what it does, and what it uses of the record; nothing where there is nothing to say.
 * @param {string} does
 * @param {readonly string[]} uses
 * @param {readonly Ground[]} grounds
 */
export function restLine(does, uses, grounds) {
  const used = grounds.filter(({ id }) => uses.includes(id)).map(groundText).join('; ');
  const line = [does, used && say('usesRecord', used)].filter(Boolean).join(' · ');
  return line ? [make('p', line, 'hint uses')] : [];
}

/** Four leaves and the stage's name. @param {Stage} stage */
export function stageMark(stage) {
  const mark = make('span', '', 'stage');
  const leaves = make('span', '', 'leaves');
  leaves.setAttribute('aria-hidden', 'true');
  const reached = STAGES.indexOf(stage);
  leaves.append(...STAGES.map((_, index) => make('i', '', index <= reached ? 'on' : '')));
  mark.append(leaves, make('span', say(`stage_${stage}`)));
  return mark;
}
