// @ts-check
// The calls that the rules and the report page make, and the shapes of their answers.
import { request } from './api.js';
import { language, refusal } from './page.js';

/**
 * @typedef {{path: string, line: number, column: number, code: string, message: string}} Problem
 * @typedef {{id: string, group: string, kind: string, category: string, title: string, why: string, layer: 'shipped' | 'changed' | 'own',
 *   enabled: boolean, severity: string, needs: string, phrases: number, hint: boolean, words: string, fired: number, dismissed: number}} RuleRow
 * @typedef {{text: string, layer: 'shipped' | 'own' | 'removed'}} PhraseRow
 * @typedef {{text: string, flag: boolean, own: boolean, holds: boolean}} Example
 * @typedef {RuleRow & {guards: string[], own_title: string, own_why: string, own_needs: string, parts: Record<string, PhraseRow[]>,
 *   examples: Example[], source: {strength: string, note: string} | null}} RuleShown
 * @typedef {{start: number, message: string, got: string, near: string[]}} Fault
 * @typedef {{text: string, spans: [number, number][]}} Found
 * @typedef {{kind: string, category: string, severity: string, rule: string, start: number, end: number}} Mark
 * @typedef {{id: string, language: string, text: string, stage: string, labels: string[], before: {verdict: string, findings: Mark[]},
 *   after: {verdict: string, findings: Mark[]}}} MovedMessage
 * @typedef {Record<string, number>} Figures
 * @typedef {{messages: number, moved: number, flagged: number, cleaned: number, shown: MovedMessage[], languages: Record<string, {before: Figures, after: Figures}>,
 *   kinds: Record<string, {before: Figures, after: Figures}>,
 *   sent: {messages: number, moved: MovedMessage[]}, problems: Problem[], faults: {rule: string, fault: string, example: string}[],
 *   worse: boolean}} Effect
 * @typedef {{id: string, at: string, what: string, files: string[], undone: string}} Change
 */

/** What went wrong: `message` is the server's; empty where the server is away. */
export class CallError extends Error {
  /** @param {string} message @param {any} [details] */
  constructor(message, details) {
    super(message);
    /** @type {Problem[]} */
    this.problems = details?.problems ?? [];
  }
}

/** @param {string} method @param {string} path  below `/api/v1` @param {object | string} [body] */
async function send(method, path, body = {}) {
  const address = `/api/v1${path}${path.includes('?') ? '&' : '?'}explain_in=${language()}`;
  const content = typeof body === 'string' ? body : JSON.stringify(body);
  const options = method === 'GET' ? {} : { headers: { 'Content-Type': 'application/json' }, body: content };
  const response = await request(address, { method, ...options }).catch(() => null);
  if (!response) throw new CallError('');
  if (response.ok) return response;
  const answer = await response.json().catch(() => null);
  throw new CallError(refusal(response, answer), answer?.error);
}

/** @param {string} method @param {string} path @param {object | string} [body] @returns {Promise<any>} */
export async function call(method, path, body) {
  return (await send(method, path, body)).json();
}

/**
 * Ask for the effect of a change, which the server tells line by line.
 * @param {object} change
 * @param {(done: number, of: number) => void} onProgress
 * @returns {Promise<Effect>}
 */
export async function effectOf(change, onProgress) {
  const response = await send('POST', '/rules/effect', change);
  const reader = /** @type {ReadableStream<any>} */ (response.body).pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  /** @type {Effect | null} */
  let effect = null;
  const read = () => reader.read().catch(() => {
    throw new CallError(''); // the answer broke off
  });
  for (let piece = await read(); !piece.done; piece = await read()) {
    const lines = (rest + piece.value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const told = JSON.parse(line);
      if (told.effect) effect = told.effect;
      else onProgress(told.done, told.of);
    }
  }
  if (!effect) throw new CallError('');
  return effect;
}
