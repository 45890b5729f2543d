// @ts-check
// The first steps: says which are done, and looks again when the reader comes back from one of them.
import { request } from './api.js';
import { counted, element, text, write } from './page.js';

/** @param {string} path @returns {Promise<any>} */
async function ask(path) {
  const response = await request(path).catch(() => null);
  const answer = response?.ok ? await response.json().catch(() => null) : null;
  write('notice-text', response ? '' : text('problems', 'away'));
  element('notice').hidden = response !== null;
  return answer;
}

/** @param {string} id @param {boolean} isDone @param {string} words */
function mark(id, isDone, words) {
  const step = element(id);
  step.dataset.done = isDone ? 'yes' : 'no';
  const state = step.querySelector('.state');
  if (state && state.textContent !== words) state.textContent = words;
}

async function look() {
  const pairings = (await ask('/api/v1/pairings'))?.pairings ?? [];
  const contacts = (await ask('/api/v1/contacts?limit=1'))?.total ?? 0;
  const isPaired = pairings.length > 0;
  mark('step-load', isPaired, isPaired ? text('load', 'done') : '');
  mark('step-pair', isPaired, isPaired ? text('pair', 'done') : '');
  mark('step-contacts', contacts > 0, contacts > 0 ? counted('contacts', 'done', contacts) : '');
}

element('copy').addEventListener('click', async () => {
  await navigator.clipboard.writeText(element('folder').textContent ?? '');
  write('copy', text('load', 'copied'));
});
document.addEventListener('visibilitychange', () => { if (!document.hidden) void look(); });
window.addEventListener('pageshow', (event) => { if (event.persisted) void look(); });
void look();
