// @ts-check
// The block for importing: files dropped or chosen, a dry run, its counts, and the import with its undo.
import { request } from './api.js';
import { call, CallError } from './contacts-api.js';
import { showWayBack } from './first-steps.js';
import { element, field, isOne, language, make, refusal, write } from './page.js';
import { saveFile } from './saving.js';

/**
 * @typedef {{number: number, examples: string[]}} Count
 * @typedef {{formats: string[], counts: Record<string, Count>, events: number, change: string, dry_run: boolean}} Report
 * @typedef {{id: string, state: 'uploading' | 'reading' | 'planned' | 'adding' | 'done' | 'failed', received: number[],
 *   progress: {phase: string, done: number, total: number}, report: Report | null, error: {code: string, message: string} | null, piece_bytes?: number}} Job
 */

const LOOK_EVERY_MS = 250;
const PIECE_BYTES = 1 << 20;
/** @type {Record<string, Record<string, string>>} */
const TEXTS = JSON.parse(element('import-texts').textContent ?? '{}');
const block = /** @type {HTMLDetailsElement} */ (element('import'));

/** The import that is under way; empty where there is none. */
let current = '';
let change = '';

/** @param {string} group @param {string} name @param {Record<string, string | number>} [values] */
const text = (group, name, values = {}) => TEXTS[group][name].replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ''));
/** @param {number} number */
const grouped = (number) => number.toLocaleString(language());

/**
 * Show one state of the block; what is not named is hidden.
 * @param {{drop?: boolean, running?: boolean, result?: boolean, error?: string, owner?: boolean, acts?: string[]}} parts
 */
function show({ drop = false, running = false, result = false, error = '', owner = false, acts = [] }) {
  element('import-drop').hidden = !drop;
  element('import-running').hidden = !running;
  element('import-result').hidden = !result;
  element('import-error').hidden = error === '';
  write('import-error', error);
  element('import-owner-field').hidden = !owner;
  element('import-acts').hidden = acts.length === 0;
  for (const name of ['apply', 'retry', 'undo', 'cancel']) element(`import-${name}`).hidden = !acts.includes(name);
  write('import-cancel', text('plan', acts.includes('undo') || acts.length === 1 ? (error ? 'other' : 'again') : 'cancel'));
}

/** @param {string} phase @param {number} done @param {number} total  0 where it is not known */
function progress(phase, done, total) {
  show({ running: true });
  write('import-phase', phase);
  const bar = /** @type {HTMLProgressElement} */ (element('import-progress'));
  if (total > 0) bar.value = done / total;
  else bar.removeAttribute('value');
}

/** Send files piece by piece; an answer arrives only once a piece is on the disk. @param {File[]} files @param {Job} job */
async function upload(files, job) {
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const size = Math.min(job.piece_bytes ?? PIECE_BYTES, PIECE_BYTES);
  let sent = 0;
  for (const [number, file] of files.entries()) {
    for (let offset = 0; offset < file.size && current === job.id; offset += size) {
      const body = file.slice(offset, offset + size);
      const response = await request(`/api/v1/imports/${job.id}/files/${number}?offset=${offset}`,
        { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream' }, body }).catch(() => null);
      if (!response) throw new CallError('');
      if (!response.ok) throw new CallError(refusal(response, await response.json().catch(() => null)));
      sent += body.size;
      progress(text('progress', 'uploading'), sent, total);
    }
  }
}

/** Start a step and follow it to its end. @param {'plan' | 'apply'} step */
async function run(step) {
  const id = current;
  const owner = field('import-owner').value.trim();
  /** @type {Job} */
  let job = await call('POST', `/imports/${id}/${step}`, owner ? { owner } : {});
  while (id === current && (job.state === 'reading' || job.state === 'adding')) {
    const { phase, done, total } = job.progress;
    const name = job.state === 'adding' ? 'adding' : phase === 'gathering' ? 'gathering' : 'reading';
    // An archive's files have no common length; only people are counted through.
    progress(text('progress', name, { done: grouped(done), total: grouped(total) }), done, phase ? total : 0);
    await new Promise((resolve) => { setTimeout(resolve, LOOK_EVERY_MS); });
    job = await call('GET', `/imports/${id}`);
  }
  if (id === current) finish(job);
}

/** @param {Job} job */
function finish(job) {
  const { report } = job;
  if (job.state === 'failed' || !report) {
    const asksOwner = job.error?.code === 'unknown_owner';
    const message = asksOwner ? text('problems', 'who') : text('problems', 'failed', { message: job.error?.message ?? '' });
    show({ error: message, owner: asksOwner, acts: asksOwner ? ['retry', 'cancel'] : ['cancel'] });
    return;
  }
  const isNew = report.counts.added.number + report.counts.updated.number > 0;
  change = report.change;
  const title = job.state === 'done' ? text('plan', 'done') : !isNew ? text('plan', 'nothing')
    : text('plan', isOne(report.events) ? 'title_one' : 'title_many', { formats: report.formats.join(', '), events: grouped(report.events) });
  write('import-title', title);
  const counted = Object.entries(report.counts).filter(([, count]) => count.number > 0);
  const leftOut = counted.filter(([name]) => !TAKEN_IN.includes(name)).map(countItem);
  element('import-counts').replaceChildren(...counted.filter(([name]) => TAKEN_IN.includes(name)).map(countItem),
    ...(leftOut.length ? [make('li', text('counts', 'left_out'), 'head'), ...leftOut] : []));
  if (job.state === 'done') {
    show({ result: true, acts: change ? ['undo', 'cancel'] : ['cancel'] });
    document.dispatchEvent(new Event('coltiva-contacts-changed'));
    void showWayBack();
  } else {
    show({ result: true, acts: isNew ? ['apply', 'cancel'] : ['cancel'] });
  }
  element('import-title').focus();
}

// What became of the contacts; every other count is of something that was left out.
const TAKEN_IN = ['added', 'updated', 'unchanged', 'together'];

/** @param {[string, Count]} entry */
function countItem([name, count]) {
  const item = make('li', '', ['added', 'updated'].includes(name) ? 'main' : '');
  const label = text('counts', `${name}_${isOne(count.number) ? 'one' : 'many'}`);
  item.append(make('b', grouped(count.number)));
  if (count.examples.length === 0) {
    item.append(make('span', label));
  } else {
    const details = make('details', '');
    details.append(make('summary', label), ...count.examples.map((example) => make('small', example)));
    item.append(details);
  }
  return item;
}

/** @param {() => Promise<void>} work */
async function trying(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    show({ error: error.message ? text('problems', 'failed', { message: error.message }) : text('problems', 'away'), acts: ['cancel'] });
  }
}

/** @param {FileList | null | undefined} list */
async function begin(list) {
  const files = [...list ?? []];
  if (files.length === 0) return;
  block.open = true;
  block.scrollIntoView({ block: 'nearest' });
  progress(text('progress', 'uploading'), 0, 1);
  const named = files.map((file) => ({ name: file.name, size: file.size }));
  const job = await call('POST', '/imports', { files: named });
  current = job.id;
  await upload(files, job);
  if (current === job.id) await run('plan');
}

async function cancel() {
  const id = current;
  current = '';
  change = '';
  field('import-files').value = '';
  show({ drop: true });
  if (id) await call('DELETE', `/imports/${id}`).catch(() => undefined);
}

async function undo() {
  await call('POST', `/changes/${encodeURIComponent(change)}/undo`);
  document.dispatchEvent(new Event('coltiva-contacts-changed'));
  write('import-title', text('plan', 'undone'));
  element('import-counts').replaceChildren();
  show({ result: true, acts: ['cancel'] });
}

/** @param {DragEvent} event */
const holdsFiles = (event) => event.dataTransfer?.types.includes('Files') ?? false;

// A file that misses the block must not replace the page.
document.addEventListener('dragover', (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  block.open = true;
  element('import-drop').classList.add('over');
});
document.addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) element('import-drop').classList.remove('over');
});
document.addEventListener('drop', (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  element('import-drop').classList.remove('over');
  if (!element('import-drop').hidden) void trying(() => begin(event.dataTransfer?.files));
});
element('import-files').addEventListener('change', (event) => {
  void trying(() => begin(/** @type {HTMLInputElement} */ (event.target).files));
});
for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (block.querySelectorAll('a[download]'))) {
  link.addEventListener('click', (event) => {
    event.preventDefault();
    void trying(async () => {
      const problem = await saveFile(link.pathname, link.download);
      if (problem) throw new CallError(problem === 'away' ? '' : problem);
    });
  });
}
for (const [name, work] of /** @type {[string, () => Promise<void>][]} */ ([
  ['apply', () => run('apply')], ['retry', () => run('plan')], ['undo', undo], ['cancel', cancel],
])) element(`import-${name}`).addEventListener('click', () => void trying(work));
void showWayBack();
