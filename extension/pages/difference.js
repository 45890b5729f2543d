// What goes and what comes between two texts, word by word.
import { make, say } from './dom.js';

// Longer texts are shown as a whole: the table of the comparison grows with the product of both lengths.
const MOST_CELLS = 400000;

/** @param {string} text */
const pieces = (text) => text.match(/\s+|[\p{L}\p{N}\p{M}'’]+|[^\s\p{L}\p{N}\p{M}]/gu) ?? [];

/**
 * @typedef {{ kind: 'same' | 'goes' | 'comes', text: string }} Part
 * @param {string} before
 * @param {string} after
 * @returns {Part[]}
 */
export function difference(before, after) {
  const [old, next] = [pieces(before), pieces(after)];
  if (old.length * next.length > MOST_CELLS) return joined([{ kind: 'goes', text: before }, { kind: 'comes', text: after }]);
  const width = next.length + 1;
  const common = new Uint16Array((old.length + 1) * width);
  /** @param {number} i @param {number} j */
  const at = (i, j) => common[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = next.length - 1; j >= 0; j -= 1) {
      common[i * width + j] = old[i] === next[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  /** @type {Part[]} */
  const parts = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < next.length) {
    if (i < old.length && j < next.length && old[i] === next[j]) {
      parts.push({ kind: 'same', text: old[i] ?? '' });
      i += 1;
      j += 1;
    } else if (j === next.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) {
      parts.push({ kind: 'goes', text: old[i] ?? '' });
      i += 1;
    } else {
      parts.push({ kind: 'comes', text: next[j] ?? '' });
      j += 1;
    }
  }
  return joined(parts);
}

/** Words that stay alone between two changes make a change harder to read than one change more. */
const FEWEST_WORDS_KEPT = 3;

/**
 * Join neighbours of a kind; a few words that stay between two changes are taken into them, for calm reading.
 * @param {Part[]} parts
 * @returns {Part[]}
 */
function joined(parts) {
  const stretches = parts.reduce((/** @type {Part[]} */ found, { kind, text }) => {
    const last = found.at(-1);
    // What goes and what comes in one place is one stretch of change.
    if (last && (last.kind === 'same') === (kind === 'same')) last.text += text;
    else found.push({ kind, text });
    return found;
  }, []);
  const isKept = stretches.map(({ kind, text }, index) => kind === 'same' &&
    (index === 0 || index === stretches.length - 1 || (text.match(/[\p{L}\p{N}]+/gu) ?? []).length >= FEWEST_WORDS_KEPT));
  /** @type {Part[]} */
  const runs = [];
  let [goes, comes] = ['', ''];
  const flush = () => {
    runs.push(...change(goes, comes));
    [goes, comes] = ['', ''];
  };
  let [stretch, used] = [0, 0];
  for (const { kind, text } of parts) {
    const isSame = kind === 'same' && isKept[stretch];
    if (isSame) {
      flush();
      runs.push({ kind: 'same', text });
    } else {
      if (kind !== 'comes') goes += text;
      if (kind !== 'goes') comes += text;
    }
    used += text.length;
    if (used >= (stretches[stretch]?.text.length ?? 0)) [stretch, used] = [stretch + 1, 0];
  }
  flush();
  return runs.reduce((/** @type {Part[]} */ found, { kind, text }) => {
    const last = found.at(-1);
    if (last?.kind === kind) last.text += text;
    else if (text) found.push({ kind, text });
    return found;
  }, []);
}

/**
 * What goes and what comes in one place; blanks that both begin or end with stay, and get no line through or under them.
 * @param {string} goes
 * @param {string} comes
 * @returns {Part[]}
 */
function change(goes, comes) {
  const isBoth = goes.trim() !== '' && comes.trim() !== '';
  const head = isBoth ? goes.slice(0, goes.length - goes.trimStart().length) : '';
  const tail = isBoth ? goes.slice(goes.trimEnd().length) : '';
  const [before, after] = [comes.startsWith(head) ? head : '', comes.endsWith(tail) ? tail : ''];
  return [
    { kind: 'same', text: before }, { kind: 'goes', text: goes.slice(before.length, goes.length - after.length) },
    { kind: 'comes', text: comes.slice(before.length, comes.length - after.length) }, { kind: 'same', text: after },
  ];
}

/** The stretches of a suggestion that the user has to fill in; they stand in brackets. @param {string} text @returns {readonly string[]} */
export const blanksIn = (text) => text.match(/\[[^[\]\n]+\]/gu) ?? [];

/**
 * A paragraph that shows a change, for eyes by lines through and under the words, for ears by what is said before them.
 * @param {string} before
 * @param {string} after
 * @param {readonly string[]} [blanks]  stretches of *after* that the user has to fill in
 */
export function changeParagraph(before, after, blanks = []) {
  const paragraph = make('p');
  for (const { kind, text } of difference(before, after)) {
    if (kind === 'same') paragraph.append(...withBlanks(text, blanks));
    else {
      const shown = make(kind === 'goes' ? 'del' : 'ins');
      shown.append(make('span', ` ${say(kind === 'goes' ? 'diffGoes' : 'diffComes')} `, 'visually-hidden'));
      shown.append(...(kind === 'comes' ? withBlanks(text, blanks) : [text]));
      paragraph.append(shown);
    }
  }
  return paragraph;
}

/** @param {string} text @param {readonly string[]} blanks @returns {(string | HTMLElement)[]} */
function withBlanks(text, blanks) {
  for (const blank of blanks) {
    const start = text.indexOf(blank);
    if (start >= 0) {
      const after = text.slice(start + blank.length);
      return [...withBlanks(text.slice(0, start), blanks), make('mark', blank), ...withBlanks(after, blanks)];
    }
  }
  return text ? [text] : [];
}
