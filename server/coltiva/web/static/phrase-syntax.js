// @ts-check
// The phrase language as the page sees it: pieces with their kinds, for colours and for suggestions.

/** @typedef {'gap' | 'sign' | 'list' | 'slot' | 'forms' | 'word' | 'bad'} PieceKind */

// The same pieces as the server's reader cuts; the server alone decides what is right.
const PIECE = /(?<gap>\.\.\.\d*)|(?<sign>[()[\]|^$?])|(?<list>@[\p{L}\p{N}_]*)|(?<slot><[\p{L}\p{N}_]*>?)|(?<forms>[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*[~*])|(?<word>[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*)|(?<bad>\S)/gu;

/**
 * Cut a phrase into pieces; what lies between them is space.
 * @param {string} phrase
 * @returns {{kind: PieceKind, start: number, end: number}[]}
 */
export function piecesOf(phrase) {
  return [...phrase.matchAll(PIECE)].map((match) => {
    const kind = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined)?.[0] ?? 'bad';
    return { kind: /** @type {PieceKind} */ (kind), start: match.index, end: match.index + match[0].length };
  });
}

/**
 * Return a phrase with its pieces coloured; from `faultAt` on the piece is marked as wrong.
 * @param {string} phrase
 * @param {number} [faultAt]  UTF-16 units; -1 where nothing is wrong
 */
export function coloured(phrase, faultAt = -1) {
  const line = document.createElement('code');
  line.className = 'phrase';
  let at = 0;
  const pieces = piecesOf(phrase);
  const faulty = faultAt < 0 ? null : pieces.find((piece) => piece.end > faultAt) ?? null;
  for (const piece of pieces) {
    if (piece.start > at) line.append(phrase.slice(at, piece.start));
    const shown = document.createElement('span');
    shown.className = piece === faulty ? `p-${piece.kind} fault` : `p-${piece.kind}`;
    shown.textContent = phrase.slice(piece.start, piece.end);
    line.append(shown);
    // A long choice may break between its words, and not within one.
    if (shown.textContent === '|') line.append(document.createElement('wbr'));
    at = piece.end;
  }
  line.append(phrase.slice(at));
  if (faultAt >= 0 && !faulty) {
    const end = document.createElement('span');
    end.className = 'fault';
    end.textContent = ' ';
    line.append(end);
  }
  return line;
}

/**
 * Return a text with stretches marked.
 * @param {string} content
 * @param {[number, number][]} spans  half-open, UTF-16 units, in order
 * @param {string | string[]} [classNames]  of all, or of each stretch
 */
export function marked(content, spans, classNames = '') {
  const shown = document.createElement('span');
  let at = 0;
  for (const [i, [start, end]] of spans.entries()) {
    if (start < at) continue;
    shown.append(content.slice(at, start));
    const mark = document.createElement('mark');
    mark.className = typeof classNames === 'string' ? classNames : classNames[i] ?? '';
    mark.textContent = content.slice(start, end);
    shown.append(mark);
    at = end;
  }
  shown.append(content.slice(at));
  return shown;
}

/**
 * Return what is being typed where the caret stands, if it names a list, a slot or a word with forms.
 * @param {string} phrase
 * @param {number} caret
 * @returns {{kind: 'list' | 'slot', typed: string, start: number, end: number} | null}
 */
export function nameAt(phrase, caret) {
  const piece = piecesOf(phrase).find(({ kind, start, end }) => (kind === 'list' || kind === 'slot') && start < caret && caret <= end);
  if (!piece || phrase[piece.end - 1] === '>') return null;
  return { kind: /** @type {'list' | 'slot'} */ (piece.kind), typed: phrase.slice(piece.start + 1, caret), start: piece.start, end: piece.end };
}
