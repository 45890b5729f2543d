// The toolbar button: how many asks come too early in this tab, or that something keeps Coltiva from checking.

const PROBLEM_COLOUR = '#8a5a00';
const COUNT_COLOUR = '#b3261e';

/**
 * Show the number of findings that matter; none shows nothing.
 * @param {number} tab
 * @param {readonly ReportFinding[]} findings
 */
export async function showCount(tab, findings) {
  const count = findings.filter(({ severity }) => severity !== 'info').length;
  await chrome.action.setBadgeBackgroundColor({ tabId: tab, color: COUNT_COLOUR });
  await chrome.action.setBadgeText({ tabId: tab, text: count ? String(count) : '' });
  await chrome.action.setTitle({ tabId: tab, title: chrome.i18n.getMessage('extensionName') });
}

/**
 * Show that nothing was checked, and say what to do.
 * @param {number} tab
 * @param {Problem} problem
 */
export async function showProblem(tab, problem) {
  await chrome.action.setBadgeBackgroundColor({ tabId: tab, color: PROBLEM_COLOUR });
  await chrome.action.setBadgeText({ tabId: tab, text: '!' });
  await chrome.action.setTitle({ tabId: tab, title: problem.title });
}

/**
 * Show that the message could not be judged, or only as to a stranger.
 * @param {number} tab
 * @param {NonNullable<DraftView['gap']>} gap
 */
export async function showGap(tab, gap) {
  await chrome.action.setBadgeBackgroundColor({ tabId: tab, color: PROBLEM_COLOUR });
  await chrome.action.setBadgeText({ tabId: tab, text: '?' });
  await chrome.action.setTitle({ tabId: tab, title: chrome.i18n.getMessage(`gap_${gap}`) });
}
