// States that are never silent: what keeps Coltiva from checking, what waits for the server, and a site that is not watched yet.
import { button, dayText, element, make, say, sayCount, send, write, writeCommands } from '../pages/dom.js';
import { isBuiltIn, isWatched, isWithheld, siteOrigin, switchBackOn, switchOn } from '../pages/sites.js';

/**
 * @param {{ problem: Problem | null, waiting: Write[], failed: FailedWrite[] }} state
 * @param {{ refresh: () => void }} actions
 */
export function showNotices({ problem, waiting, failed }, { refresh }) {
  element('notice').hidden = problem === null;
  writeCommands('notice-text', problem?.title ?? '');
  element('notice-do').replaceChildren(...(problem ? remedies(problem, refresh) : []));

  element('waiting').hidden = !waiting.length && !failed.length;
  element('waiting').classList.toggle('calm', !failed.length);
  const counts = [waiting.length ? sayCount('waiting', waiting.length) : '', failed.length ? sayCount('failed', failed.length) : ''];
  write('waiting-text', counts.filter(Boolean).join(' '));
  element('waiting-list').replaceChildren(
    ...failed.map((one) => writeItem(one, one.message, () => void send('forget-failed', { id: one.id }))),
    ...waiting.map((one) => writeItem(one, '', null)),
  );
}

/** @param {Problem} problem @param {() => void} refresh */
function remedies({ code }, refresh) {
  const retry = button(say('popupRetry'), async () => {
    await send('send-waiting', {});
    refresh();
  });
  if (code === 'not_paired') return [button(say('pairNow'), () => void chrome.runtime.openOptionsPage(), 'main'), retry];
  return ['away', 'broken', 'impostor'].includes(code) ? [retry] : [];
}

/** @param {Write} one @param {string} message @param {(() => void) | null} forget */
function writeItem({ what, words, who, at }, message, forget) {
  const item = make('li');
  const day = dayText(new Date(at).toISOString().slice(0, 10));
  item.append(make('p', [say(`write_${what}`), who].filter(Boolean).join(' · ')), make('small', [words, day].filter(Boolean).join(' · ')));
  if (message) item.append(make('p', message, 'hint'));
  if (forget) {
    const row = make('p', '', 'row');
    row.append(button(say('forget'), forget));
    item.append(row);
  }
  return item;
}

/** Offer to switch Coltiva on for the site under the popup. @param {number} tab */
export async function showSite(tab) {
  const { url } = await chrome.tabs.get(tab);
  const origin = siteOrigin(url ?? '');
  if (!origin || await isWatched(origin)) return;
  const { host } = new URL(origin);
  write('site-text', say('siteOff', host));
  const on = element('site-on');
  on.textContent = say('siteOn', host);
  // Pages that Coltiva was on all the time need no second load.
  const isThere = isBuiltIn(origin) && !await isWithheld(origin);
  on.addEventListener('click', async (event) => {
    if (!event.isTrusted || !await (isBuiltIn(origin) ? switchBackOn : switchOn)(origin)) return;
    write('site-text', say(isThere ? 'saved' : 'siteIsOn', host));
    on.hidden = true;
  });
  element('site').hidden = false;
}
