// @ts-check
// The calls that the contacts page makes, and the shapes of their answers.
import { request, sendJson } from './api.js';
import { language, refusal } from './page.js';

/**
 * @typedef {{id: string, date: string, kind: string, direction: string, summary: string, ask: string, small: boolean}} HistoryEvent
 * @typedef {{id: string, date: string, text: string, usable: boolean}} Note
 * @typedef {{id: string, made_on: string, text: string, by_user: boolean, due_on: string | null, kept_on: string | null}} Promised
 * @typedef {{stage: string, reason: string, date: string}} StageOverride
 * @typedef {{id: string, name: string, company: string, role: string, emails: string[], profiles: string[], phones: string[],
 *   notes: Note[], promises: Promised[], stage_override: StageOverride | null}} Contact
 * @typedef {{count: number, needed?: number, events?: string[]}} Counter
 * @typedef {{contact: Contact, history: HistoryEvent[],
 *   relationship: {stage: string, reached: string, dormant: boolean, why: string[], events: string[], counters: Record<string, Counter>},
 *   balance: {days: number, gave: string[], received: string[], asked: string[], was_asked: string[]},
 *   rhythm: {usual_days: number, is_known: boolean, quiet_days: number} | null,
 *   next_steps: {step: string, text: string}[]}} Shown
 * @typedef {{id: string, name: string, company: string, role: string, stage?: string, last_day: string | null, why?: string}} Brief
 * @typedef {{change: string, what: string, contacts: string[], contact: Shown | null}} Changed
 * @typedef {{total: number, contacts: Brief[], problems: {path: string, code: string, message: string}[]}} Page
 */

/** What went wrong: `message` is the server's; empty where the server is away. `details` is all that the server said of it. */
export class CallError extends Error {
  /** @param {string} message @param {Record<string, any>} [details] */
  constructor(message, details = {}) {
    super(message);
    this.details = details;
  }
}

/**
 * @param {string} method
 * @param {string} path  below `/api/v1`
 * @param {object} [body]
 * @returns {Promise<any>}
 */
export async function call(method, path, body = {}) {
  const address = `/api/v1${path}${path.includes('?') ? '&' : '?'}explain_in=${language()}`;
  let response;
  try {
    response = method === 'GET' ? await request(address) : await sendJson(method, address, body);
  } catch {
    throw new CallError('');
  }
  const answer = await response.json().catch(() => null);
  if (response.ok && answer) return answer;
  throw new CallError(refusal(response, answer), answer?.error);
}

/** @param {string} id @param {string} [rest] */
export const contactPath = (id, rest = '') => `/contacts/${encodeURIComponent(id)}${rest}`;
