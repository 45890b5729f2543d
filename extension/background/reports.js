// The last report on each editor. The worker may be stopped at any time, so reports live in the session storage,
// which content scripts cannot read and which no disk keeps.

/** @typedef {import('./lint.js').Kept} Kept */

/** What a page asks about where its mark says that nothing could be checked. */
export const UNREAD = 'unread';

/** @param {number} tab @param {number} frame @param {string} editor */
const keyOf = (tab, frame, editor) => `report/${tab}/${frame}/${editor}`;
/** @param {number} tab */
const activeKey = (tab) => `active/${tab}`;

// The newest report on an editor is asked for with every key, so it is at hand here and goes into the storage a little later.
const STORE_AFTER_MS = 400;
// A page that is never loaded anew, such as a mailbox, goes through many editors in a day.
const MOST_REPORTS = 40;
/** @type {Map<string, { value: Kept, store: ReturnType<typeof setTimeout> }>} */
const newest = new Map();
/** The key of the report that each tab's panel shows. @type {Map<number, string>} */
const newestOfTab = new Map();

/** @param {string} key @returns {Promise<any>} */
async function stored(key) {
  return (await chrome.storage.session.get(key))[key] ?? null;
}

/**
 * Keep what was found out about an editor, which is thereby the one that the tab's panel shows.
 * @param {number} tab
 * @param {Kept} kept
 */
export function keep(tab, kept) {
  newestOfTab.set(tab, keyOf(tab, kept.frame, kept.editor));
  keepMore(tab, kept);
}

/**
 * Keep what more was found out about an editor; the panel goes on to show whatever it shows.
 * @param {number} tab
 * @param {Kept} kept
 */
export function keepMore(tab, kept) {
  const { frame, editor } = kept;
  const key = keyOf(tab, frame, editor);
  clearTimeout(newest.get(key)?.store);
  const store = setTimeout(() => {
    // Meanwhile the panel may have been told to show it no longer.
    const active = newestOfTab.get(tab) === key ? { [activeKey(tab)]: { frame, editor, at: Date.now() } } : {};
    void put(tab, { [key]: kept, ...active });
  }, STORE_AFTER_MS);
  // Set anew, it counts as the youngest.
  newest.delete(key);
  newest.set(key, { value: kept, store });
}

/** Write into the storage; where a tab has too many reports, or the storage is full, the oldest go. @param {number} tab @param {Record<string, unknown>} values */
async function put(tab, values) {
  const [key = ''] = Object.keys(values);
  const active = await stored(activeKey(tab));
  const shown = active && keyOf(tab, active.frame, active.editor);
  const others = (await reportKeys(tab)).filter((other) => other !== key && other !== shown);
  await drop(others.slice(0, Math.max(0, others.length - MOST_REPORTS + 1)));
  await chrome.storage.session.set(values).catch(async () => {
    await drop((await reportKeys(null)).filter((other) => other !== key && !isActive(other)));
    await chrome.storage.session.set(values);
  });
}

/** The keys of the reports of a tab, or of all, the oldest first as far as that is known. @param {number | null} tab */
async function reportKeys(tab) {
  const prefix = tab === null ? 'report/' : `report/${tab}/`;
  const order = [...newest.keys()];
  const session = /** @type {typeof chrome.storage.session & { getKeys?: () => Promise<string[]> }} */ (chrome.storage.session);
  const keys = await session.getKeys?.() ?? Object.keys(await session.get(null));
  return keys.filter((key) => key.startsWith(prefix)).toSorted((one, other) => order.indexOf(one) - order.indexOf(other));
}

/** @param {string} key */
const isActive = (key) => [...newestOfTab.values()].includes(key);

/** @param {string[]} keys */
async function drop(keys) {
  for (const key of keys) {
    clearTimeout(newest.get(key)?.store);
    newest.delete(key);
  }
  if (keys.length) await chrome.storage.session.remove(keys);
}

/** Forget what was found out about the page that a frame held before. @param {number} tab @param {number} frame */
export async function forgetFrame(tab, frame) {
  const prefix = `report/${tab}/${frame}/`;
  const known = [...newest.keys()].filter((key) => key.startsWith(prefix));
  await drop([...new Set([...known, ...(await reportKeys(tab)).filter((key) => key.startsWith(prefix))])]);
}

/** @param {number} tab @param {number} frame @param {string} editor @returns {Promise<Kept | null>} */
export async function keptOf(tab, frame, editor) {
  const key = keyOf(tab, frame, editor);
  return newest.get(key)?.value ?? stored(key);
}

/** What was found out about the editor that was written in last. @param {number} tab @returns {Promise<Kept | null>} */
export async function activeOf(tab) {
  const kept = newest.get(newestOfTab.get(tab) ?? '')?.value;
  if (kept) return kept;
  const active = await stored(activeKey(tab));
  return active ? keptOf(tab, active.frame, active.editor) : null;
}

/** Show no message in the tab's panel until one is read again: the user has gone on to where none can be. @param {number} tab */
export async function forgetActive(tab) {
  newestOfTab.delete(tab);
  await chrome.storage.session.remove(activeKey(tab));
}

/**
 * Return the finding of an id with its report, or null where the text has moved on.
 * @param {number} tab
 * @param {number} frame
 * @param {string} editor
 * @param {string} id
 * @returns {Promise<{ finding: ReportFinding, kept: Kept } | null>}
 */
export async function recall(tab, frame, editor, id) {
  const kept = await keptOf(tab, frame, editor);
  const finding = kept?.report.findings[kept.ids.indexOf(id)];
  return kept && finding ? { finding, kept } : null;
}

/** @param {number} tab @param {{ frame: number, editor: string, finding: string, takeFocus: boolean }} card */
export const keepCard = (tab, card) => chrome.storage.session.set({ [`card/${tab}`]: card });

/** @param {number} tab @returns {Promise<{ frame: number, editor: string, finding: string, takeFocus: boolean } | null>} */
export const cardOf = (tab) => stored(`card/${tab}`);

/** Tabs that are known to have no problem, so that nothing has to be taken away with every key. @type {Set<number>} */
const sound = new Set();

/**
 * @param {number} tab
 * @param {{ problem: Problem, frame: number, editor: string | null } | null} found  in which frame and editor; null where it is known of none
 */
export async function keepProblem(tab, found) {
  if (found) {
    sound.delete(tab);
    await chrome.storage.session.set({ [`problem/${tab}`]: found });
  } else if (!sound.has(tab)) {
    sound.add(tab);
    await chrome.storage.session.remove(`problem/${tab}`);
  }
}

/** What kept the last message of a tab from being checked. @param {number} tab @returns {Promise<Problem | null>} */
export const problemOf = async (tab) => (await stored(`problem/${tab}`))?.problem ?? null;

// A page that is busy is still there.
const PATIENCE_MS = 1000;

/**
 * Forget what was read in a tab that has gone on to another page since: the browser tells it to nobody, so the page is asked.
 * @param {number} tab
 */
export async function forgetIfGone(tab) {
  const [kept, found] = await Promise.all([activeOf(tab), stored(`problem/${tab}`)]);
  if (kept && !await isThere(tab, kept)) await forgetActive(tab);
  if (found && !await isThere(tab, found)) await keepProblem(tab, null);
}

/** Whether the page in a frame is the one that told of an editor, or of none where it should know one. @param {number} tab @param {{ frame: number, editor: string | null }} place */
function isThere(tab, { frame, editor }) {
  /** @type {ContentMessage} */
  const question = { type: 'still-there', editor };
  const answer = chrome.tabs.sendMessage(tab, question, { frameId: frame }).then((is) => is === true, () => false);
  return Promise.race([answer, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, true))]);
}

/**
 * Forget a tab that was closed.
 * @param {number} tab
 */
export async function forgetTab(tab) {
  sound.delete(tab);
  newestOfTab.delete(tab);
  /** @param {string} key */
  const isOfTab = (key) => /^[a-z]+\/(\d+)(\/|$)/.exec(key)?.[1] === String(tab);
  for (const [key, { store }] of newest) {
    if (!isOfTab(key)) continue;
    clearTimeout(store);
    newest.delete(key);
  }
  await chrome.storage.session.remove(Object.keys(await chrome.storage.session.get(null)).filter(isOfTab));
}
