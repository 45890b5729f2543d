// Where Coltiva looks at what is written, and where it records by itself what was sent.
import { changeSettings, readSettings } from '../background/settings.js';
import { button, element, field, make, say, write } from '../pages/dom.js';
import { isBuiltIn, isWithheld, siteOrigin, switchBackOn, switchedOn, switchOff, switchOn } from '../pages/sites.js';

/** Sites of the manifest, which need no further permission unless the user takes it back in the browser. */
const BUILT_IN = [
  { id: 'linkedin', name: 'LinkedIn', origin: 'https://www.linkedin.com' },
  { id: 'gmail', name: 'Gmail', origin: 'https://mail.google.com' },
];

/** @param {string[]} list @param {string} one @param {boolean} isIn */
const changed = (list, one, isIn) => (isIn ? [...new Set([...list, one])] : list.filter((other) => other !== one));

/** @param {() => void} saved */
export async function startSites(saved) {
  const show = async () => {
    const [settings, origins] = await Promise.all([readSettings(), switchedOn()]);
    const withheld = await Promise.all(BUILT_IN.map(({ origin }) => isWithheld(origin)));
    const built = BUILT_IN.map(({ id, name, origin }, index) => {
      const on = checkbox(name, !withheld[index] && !settings.off.includes(id), async (isOn) => {
        if (!await switchBuiltIn(id, origin, isOn)) return show();
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
    const list = element('sites');
    const focused = controls(list).findIndex((one) => one === document.activeElement);
    list.replaceChildren(...built, ...added);
    controls(list)[focused]?.focus();
  };
  element('site-form').addEventListener('submit', (event) => {
    event.preventDefault();
    if (event.isTrusted) void add(show, saved);
  });
  // Such as a permission that was given or taken back in the browser.
  chrome.storage.local.onChanged.addListener(({ sites, withheld }) => {
    if (sites || withheld) void show();
  });
  await show();
}

/** @param {HTMLElement} list */
const controls = (list) => /** @type {HTMLElement[]} */ ([...list.querySelectorAll('input, button')]);

/**
 * Switch a site of the manifest on or off.
 * @param {string} id
 * @param {string} origin
 * @param {boolean} isOn
 * @returns {Promise<boolean>} whether it is as asked: the browser may keep the site from Coltiva
 */
async function switchBuiltIn(id, origin, isOn) {
  // The browser wants to see the click, so nothing is waited for before.
  const allowed = isOn ? await switchBackOn(origin) : true;
  write('site-error', allowed ? '' : say('siteRefused'));
  if (!isOn) await changeSettings({ off: changed((await readSettings()).off, id, true) });
  return allowed;
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
