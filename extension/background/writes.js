// What the user has written down on the way to the server: kept until the server has it, sent in order, each once.
// Every write has an id that the server knows it by, so that one whose answer was lost is not done twice.
import { ask } from './server-client.js';

const WRITES = 'writes';
const FAILED = 'failedWrites';
const MOST_WAITING = 500;

/** Changes to the list run one after the other. @type {Promise<unknown>} */
let turn = Promise.resolve();
/** @type {Promise<void> | null} */
let sending = null;
/** Whether something may be waiting; a worker that has just started does not know. */
let mayWait = true;
/** What each write of this run of the worker came to, for whoever waits for it. @type {Map<string, WriteOutcome>} */
const outcomes = new Map();

/** @param {string} key @returns {Promise<any[]>} */
async function listOf(key) {
  const { [key]: list } = await chrome.storage.local.get(key);
  return Array.isArray(list) ? list : [];
}

/**
 * @param {string} key
 * @param {(list: any[]) => any[]} change
 */
function changeList(key, change) {
  const done = turn.then(async () => chrome.storage.local.set({ [key]: change(await listOf(key)) }));
  turn = done.catch(() => {});
  return done;
}

/** @returns {Promise<Write[]>} */
export const waitingWrites = () => listOf(WRITES);
/** Writes that the server will never take, kept so that no word is lost. @returns {Promise<FailedWrite[]>} */
export const failedWrites = () => listOf(FAILED);

/** @param {string} id */
export const forgetFailed = (id) => changeList(FAILED, (list) => list.filter((one) => one.id !== id));

/** An id as the server takes it for what a write records. */
export const newId = () => crypto.randomUUID().replaceAll('-', '');

/**
 * Keep a write, and send all that waits.
 * @param {Omit<Write, 'id' | 'at'> & { id?: string }} wanted
 * @returns {Promise<WriteOutcome>}
 */
export async function write(wanted) {
  const id = wanted.id ?? newId();
  if ((await waitingWrites()).length >= MOST_WAITING) {
    return { state: 'failed', id, message: chrome.i18n.getMessage('writesFull', String(MOST_WAITING)) };
  }
  await changeList(WRITES, (list) => (list.some((one) => one.id === id) ? list : [...list, { ...wanted, id, at: Date.now() }]));
  await sendWaiting();
  const outcome = outcomes.get(id) ?? { state: 'waiting', id };
  outcomes.delete(id);
  return /** @type {WriteOutcome} */ (outcome);
}

/** Send what waits, the oldest first, until the server does not answer. */
export async function sendWaiting() {
  // Whoever comes while sending is under way may have added a write after the list was last read.
  if (sending) await sending;
  sending ??= sendAll().finally(() => {
    sending = null;
  });
  return sending;
}

/** Send what waits, if anything does; called whenever the server has answered something else. */
export function sendIfWaiting() {
  if (mayWait && !sending) void sendWaiting();
}

async function sendAll() {
  mayWait = true;
  for (let [first] = await waitingWrites(); first; [first] = await waitingWrites()) {
    /** @type {{ value: any } | { problem: Problem }} */
    const answer = await ask(first.path, first.body, first.method);
    /** @type {WriteOutcome | null} */
    const outcome = 'value' in answer ? { state: 'done', id: first.id, answer: answer.value } : failure(first, answer.problem);
    if (!outcome) return;
    outcomes.set(first.id, outcome);
    if (outcome.state === 'failed') await changeList(FAILED, (list) => [...list, { ...first, message: outcome.message }]);
    const { id } = first;
    await changeList(WRITES, (list) => list.filter((one) => one.id !== id));
  }
  mayWait = false;
}

/**
 * What a refusal makes of a write; null where it may yet be taken.
 * @param {Write} one
 * @param {Problem} problem
 * @returns {WriteOutcome | null}
 */
function failure(one, problem) {
  const { status } = problem;
  // What is gone already need not be removed again.
  if (status === 404 && one.method === 'DELETE') return { state: 'done', id: one.id, answer: null };
  const isFinal = problem.code === 'refused' && status !== undefined && status >= 400 && status < 500 && ![401, 403, 408, 429].includes(status);
  return isFinal ? { state: 'failed', id: one.id, message: problem.title } : null;
}
