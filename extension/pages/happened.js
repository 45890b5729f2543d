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
