// The last report on each editor. The worker may be stopped at any time, so reports live in the session storage,
// which content scripts cannot read and which no disk keeps.

/** @typedef {import('./lint.js').Kept} Kept */

/** @param {number} tab @param {number} frame @param {string} editor */
const keyOf = (tab, frame, editor) => `report/${tab}/${frame}/${editor}`;
/** @param {number} tab */
const activeKey = (tab) => `active/${tab}`;

// The newest report on an editor is asked for with every key, so it is at hand here and goes into the storage a little later.
const STORE_AFTER_MS = 100;
/** @type {Map<string, { value: Kept, store: ReturnType<typeof setTimeout> }>} */
const newest = new Map();

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
  const { frame, editor } = kept;
  const key = keyOf(tab, frame, editor);
  clearTimeout(newest.get(key)?.store);
  const store = setTimeout(() => {
    void chrome.storage.session.set({ [key]: kept, [activeKey(tab)]: { frame, editor, at: Date.now() } });
  }, STORE_AFTER_MS);
  newest.set(key, { value: kept, store });
}

/** @param {number} tab @param {number} frame @param {string} editor @returns {Promise<Kept | null>} */
export async function keptOf(tab, frame, editor) {
  const key = keyOf(tab, frame, editor);
  return newest.get(key)?.value ?? stored(key);
}

/** What was found out about the editor that was written in last. @param {number} tab @returns {Promise<Kept | null>} */
export async function activeOf(tab) {
  const active = await stored(activeKey(tab));
  return active ? keptOf(tab, active.frame, active.editor) : null;
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

/** @param {number} tab @param {Problem | null} problem */
export async function keepProblem(tab, problem) {
  if (problem) await chrome.storage.session.set({ [`problem/${tab}`]: problem });
  else await chrome.storage.session.remove(`problem/${tab}`);
}

/** What kept the last message of a tab from being checked. @param {number} tab @returns {Promise<Problem | null>} */
export const problemOf = (tab) => stored(`problem/${tab}`);

/**
 * Forget a tab that was closed.
 * @param {number} tab
 */
export async function forgetTab(tab) {
  /** @param {string} key */
  const isOfTab = (key) => /^[a-z]+\/(\d+)(\/|$)/.exec(key)?.[1] === String(tab);
  for (const [key, { store }] of newest) {
    if (!isOfTab(key)) continue;
    clearTimeout(store);
    newest.delete(key);
  }
  await chrome.storage.session.remove(Object.keys(await chrome.storage.session.get(null)).filter(isOfTab));
}
