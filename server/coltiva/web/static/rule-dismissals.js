// @ts-check
// What was dismissed, as a queue: each becomes an example, an exception or a rule switched off; and those not needed any more.
import { call, CallError } from './rules-api.js';
import { counted, dayText, element, make, text } from './page.js';
import { marked } from './phrase-syntax.js';

/**
 * @typedef {{id: string, rule: string, kind: string, sentence: string, quote: string, language: string, stage: string,
 *   contact: {id: string, name: string} | null, reason: string, at: string, settled: string, unused: boolean}} Dismissal
 */

/** @type {(change: import('./rules-api.js').Change | null, what: string) => Promise<void>} */
let onSettled = async () => {};

/** @param {typeof onSettled} settled  called after something was made of a dismissal */
export function startDismissals(settled) {
  onSettled = settled;
}

/** Show all dismissals; returns how many wait. */
export async function loadDismissals() {
  const { dismissals } = /** @type {{dismissals: Dismissal[]}} */ (await call('GET', '/dismissals'));
  const unused = dismissals.filter((one) => one.unused);
  const waiting = dismissals.filter((one) => !one.unused && !one.settled);
  const settled = dismissals.filter((one) => !one.unused && one.settled);
  element('dismissed').replaceChildren(
    ...(dismissals.length ? [] : [make('p', text('dismissed', 'none'), 'panel empty')]),
    ...part('waiting', waiting, queueCard), ...part('settled', settled, plainCard), ...part('unused', unused, plainCard));
  return waiting.length;
}

/** @param {string} name @param {Dismissal[]} many @param {(one: Dismissal) => HTMLElement} card */
function part(name, many, card) {
  if (!many.length) return [];
  const heading = make('h2', text('dismissed', name));
  const list = make('ul', '', 'queue');
  list.append(...many.map(card));
  const hint = make('p', text('dismissed', `${name}_hint`), 'hint');
  return [heading, hint, list];
}

/** @param {Dismissal} one */
function plainCard(one) {
  const card = make('li', '', 'panel card-row');
  const at = one.sentence.indexOf(one.quote);
  const sentence = make('p', '', 'sentence');
  sentence.lang = one.language || 'en';
  sentence.append(marked(one.sentence, at < 0 ? [] : [[at, at + one.quote.length]]));
  const facts = make('p', '', 'hint');
  const link = make('a', one.rule);
  link.href = `#list/${one.rule}`;
  const told = [text('kinds', one.kind), ...(one.stage ? [text('stages', one.stage)] : []), text('reasons', one.reason),
    ...(one.contact ? [one.contact.name] : []), dayText(one.at.slice(0, 10)), ...(one.settled ? [text('settled', one.settled)] : [])];
  facts.append(link, ` · ${told.join(' · ')}`);
  const acts = make('p', '', 'acts');
  acts.append(act(text('dismissed', 'take_back'), async () => {
    await call('DELETE', `/dismissals/${one.id}`);
    await onSettled(null, text('dismissed', 'taken_back'));
  }));
  card.append(sentence, facts, acts);
  return card;
}

/** @param {Dismissal} one */
function queueCard(one) {
  const card = plainCard(one);
  const acts = /** @type {HTMLElement} */ (card.querySelector('.acts'));
  const settle = (/** @type {string} */ how, phrase = '') => async () => {
    const { change } = await call('POST', `/dismissals/${one.id}/settle`, { settle: how, ...(phrase ? { phrase } : {}) });
    await onSettled(change, text('settled', how));
  };
  const isRule = !one.rule.startsWith('core/');
  const exception = act(text('dismissed', 'unless'), async () => {
    const { proposals } = /** @type {{proposals: {phrase: string, harms: number}[]}} */ (await call('GET', `/dismissals/${one.id}/proposals`));
    const none = make('span', text('dismissed', 'no_proposal'), 'hint');
    none.tabIndex = -1;
    exception.replaceWith(proposals.length ? choices(proposals, settle) : none);
    (/** @type {HTMLElement | null} */ (card.querySelector('.proposals button')) ?? none).focus();
  });
  if (isRule) acts.prepend(act(text('dismissed', 'pass'), settle('pass')), exception);
  acts.append(act(text('dismissed', 'off'), settle('off')));
  return card;
}

/**
 * @param {{phrase: string, harms: number}[]} proposals
 * @param {(how: string, phrase: string) => () => Promise<void>} settle
 */
function choices(proposals, settle) {
  const box = make('span', '', 'proposals');
  box.append(make('span', text('dismissed', 'proposed'), 'hint'), ...proposals.map(({ phrase, harms }) => {
    const button = act(phrase, settle('unless', phrase));
    button.classList.add('phrase');
    if (harms) button.append(make('small', ` ${counted('dismissed', 'harms', harms)}`));
    return button;
  }));
  return box;
}

/** @param {string} label @param {() => Promise<void>} run */
function act(label, run) {
  const button = make('button', label);
  button.type = 'button';
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      await run();
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      button.after(make('strong', error.message || text('problems', 'away'), 'fails'));
    } finally {
      button.disabled = false;
    }
  });
  return button;
}
