// @ts-check
// Asks the server about the message: one question under way, and of those that wait only the newest.
import { sendJson } from './api.js';
import { refusal } from './page.js';

/**
 * @typedef {{start: number, end: number, text: string, changes: string, uses: string[]}} Suggestion  it replaces the whole sentence
 * @typedef {{strategy: string, title: string, text: string, uses: string[], blanks: string[],
 *   changes: {start: number, end: number, goes: string, comes: string, why: string}[]}} Rewrite
 * @typedef {{category: 'ask' | 'signal' | 'growing', kind: string, severity: 'error' | 'warning' | 'info', premature: boolean,
 *   needs: string | null, start: number, end: number, quote: string, title: string, why: string, events: string[],
 *   suggestions: Suggestion[]}} Finding  `start` and `end` are half-open and count UTF-16 units
 * @typedef {{language: string | null, verdict: 'wait' | 'revise' | 'send', score: number, findings: Finding[], rewrites: Rewrite[],
 *   relationship: {stage: string, dormant: boolean, why: string[], next_step: string, events: string[]}}} Report
 * @typedef {{kind: 'away'} | {kind: 'refused', message: string}} Problem
 */

const RETRY_MS = 2000;

/**
 * Return a function that asks about the message as it is then.
 * @param {object} parts
 * @param {() => {text: string}} parts.question  the body of the request, as it is now
 * @param {(report: Report) => void} parts.onReport  the report on the text as it still is
 * @param {(problem: Problem) => void} parts.onProblem
 */
export function createLinter({ question, onReport, onProblem }) {
  let isUnderWay = false;
  let isWaiting = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let retry;

  async function ask() {
    if (isUnderWay) {
      isWaiting = true;
      return;
    }
    isUnderWay = true;
    clearTimeout(retry);
    do {
      isWaiting = false;
      const asked = question();
      const answer = await send(asked);
      if (question().text !== asked.text) isWaiting = true;
      else if ('report' in answer) onReport(answer.report);
      else {
        onProblem(answer.problem);
        // One timer however many keys are pressed meanwhile.
        if (answer.problem.kind === 'away') retry = setTimeout(() => void ask(), RETRY_MS);
        break;
      }
    } while (isWaiting);
    isUnderWay = false;
  }
  return ask;
}

/**
 * @param {object} body
 * @returns {Promise<{report: Report} | {problem: Problem}>}
 */
async function send(body) {
  let response;
  try {
    response = await sendJson('POST', '/api/v1/lint', body);
  } catch {
    return { problem: { kind: 'away' } };
  }
  const answer = await response.json().catch(() => null);
  if (response.ok && answer) return { report: answer };
  return { problem: { kind: 'refused', message: refusal(response, answer) } };
}
