// The toolbar button: how many asks come too early in this tab, or that something keeps Coltiva from checking.

const PROBLEM_COLOUR = '#8a5a00';
const COUNT_COLOUR = '#b3261e';

// Browsers take the button's look away with the page, and tell nobody; so it is shown again now and then, though not with each key.
const AGAIN_AFTER_MS = 3000;
// While somebody types the count may change with each key; nobody reads it as fast, and the browser draws it for each one.
const EVERY_MS = 250;
/** What each tab's button shows, for which editor, and since when. @type {Map<number, { what: string, at: number }>} */
const shown = new Map();
/** What each tab's button will show next. @type {Map<number, ReturnType<typeof setTimeout>>} */
const coming = new Map();

/**
 * @param {number} tab
 * @param {string} text
 * @param {string} color
 * @param {string} title
 * @param {string | null} editor  null: shown at once, even where it is shown already
 */
async function show(tab, text, color, title, editor) {
  const what = JSON.stringify([editor, text, title]);
  const { what: before, at } = shown.get(tab) ?? { what: '', at: 0 };
  clearTimeout(coming.get(tab));
  if (editor && before === what && Date.now() < at + AGAIN_AFTER_MS) return;
  const draw = async () => {
    shown.set(tab, { what, at: Date.now() });
    await chrome.action.setBadgeBackgroundColor({ tabId: tab, color });
    // The text last: who sees it finds the title that explains it.
    await chrome.action.setTitle({ tabId: tab, title });
    await chrome.action.setBadgeText({ tabId: tab, text });
  };
  if (!editor) return draw();
  // Even at once is after the answer to the page, which waits meanwhile; a tab that was closed has no button.
  coming.set(tab, setTimeout(() => void draw().catch(() => {}), Math.max(0, at + EVERY_MS - Date.now())));
}

/** @param {number} tab */
export function forgetBadge(tab) {
  clearTimeout(coming.get(tab));
  coming.delete(tab);
  shown.delete(tab);
}

/**
 * Show the number of findings that matter; none shows nothing.
 * @param {number} tab
 * @param {string} editor
 * @param {readonly ReportFinding[]} findings
 */
export function showCount(tab, editor, findings) {
  const count = findings.filter(({ severity }) => severity !== 'info').length;
  return show(tab, count ? String(count) : '', COUNT_COLOUR, chrome.i18n.getMessage('extensionName'), editor);
}

/** @param {number} tab */
export const showNothing = (tab) => show(tab, '', COUNT_COLOUR, chrome.i18n.getMessage('extensionName'), null);

/**
 * Show that nothing was checked, and say what to do.
 * @param {number} tab
 * @param {Problem} problem
 */
export const showProblem = (tab, problem) => show(tab, '!', PROBLEM_COLOUR, problem.title, null);

/**
 * Show that the message could not be judged, or only as to a stranger.
 * @param {number} tab
 * @param {string} editor
 * @param {NonNullable<DraftView['gap']>} gap
 */
export const showGap = (tab, editor, gap) => show(tab, '?', PROBLEM_COLOUR, chrome.i18n.getMessage(`gap_${gap}`), editor);
