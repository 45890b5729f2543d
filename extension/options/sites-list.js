// Where Coltiva looks at what is written, and where it records by itself what was sent.
import { changeSettings, readSettings } from '../background/settings.js';
import { button, element, field, make, say, write } from '../pages/dom.js';
import { isBuiltIn, siteOrigin, switchedOn, switchOff, switchOn } from '../pages/sites.js';

/** Sites of the manifest, which need no further permission. */
const BUILT_IN = { linkedin: 'LinkedIn', gmail: 'Gmail' };

/** @param {string[]} list @param {string} one @param {boolean} isIn */
const changed = (list, one, isIn) => (isIn ? [...new Set([...list, one])] : list.filter((other) => other !== one));

/** @param {() => void} saved */
export async function startSites(saved) {
  const show = async () => {
    const [settings, origins] = await Promise.all([readSettings(), switchedOn()]);
    const built = Object.entries(BUILT_IN).map(([id, name]) => {
      const on = checkbox(name, !settings.off.includes(id), async (isOn) => {
        await changeSettings({ off: changed((await readSettings()).off, id, !isOn) });
        saved();
      });
      return siteItem(id, [on], settings.autoSent.includes(id), saved);
    });
    const added = origins.map((origin) => {
      const { host } = new URL(origin);
      const off = button(say('siteRemove'), () => void switchOff(origin).then(show).then(saved));
      off.setAttribute('aria-label', say('siteRemoveWhat', host));
      return siteItem(origin, [make('strong', host), off], settings.autoSent.includes(origin), saved);
    });
    element('sites').replaceChildren(...built, ...added);
  };
  element('site-form').addEventListener('submit', (event) => {
    event.preventDefault();
    if (event.isTrusted) void add(show, saved);
  });
  await show();
}

/** @param {() => Promise<void>} show @param {() => void} saved */
async function add(show, saved) {
  const origin = siteOrigin(field('site').value);
  if (!origin) return write('site-error', say('siteNotAnAddress'));
  if (isBuiltIn(origin)) return write('site-error', say('siteBuiltIn'));
  // The permission has to be asked for before anything is waited for: the browser wants to see the click.
  write('site-error', await switchOn(origin) ? '' : say('siteRefused'));
  field('site').value = '';
  await show();
  saved();
}

/**
 * @param {string} id
 * @param {HTMLElement[]} head
 * @param {boolean} isAuto
 * @param {() => void} saved
 */
function siteItem(id, head, isAuto, saved) {
  const item = make('li');
  const auto = checkbox(say('autoSent'), isAuto, async (isOn) => {
    await changeSettings({ autoSent: changed((await readSettings()).autoSent, id, isOn) });
    saved();
  });
  auto.classList.add('auto');
  item.append(...head, auto);
  return item;
}

/** @param {string} name @param {boolean} isOn @param {(isOn: boolean) => Promise<void>} change */
function checkbox(name, isOn, change) {
  const label = make('label');
  const box = make('input');
  box.type = 'checkbox';
  box.checked = isOn;
  box.addEventListener('change', () => void change(box.checked));
  label.append(box, make('span', name));
  return label;
}
