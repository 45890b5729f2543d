// @ts-check
// The form in which another contact is found and joined with the one that is open.
import { call, CallError } from './contacts-api.js';
import { startDialog } from './dialogs.js';
import { dayText, element, make, text, write } from './page.js';

/** @typedef {import('./contacts-api.js').Brief} Brief */

const SHOWN_AT_MOST = 8;
const SEARCH_DELAY_MS = 120;

let keptId = '';
let question = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let typing;
/** @type {(keptId: string, otherId: string) => Promise<void>} */
let save;

const { input, open, fail } = startDialog('merge-form', async () => {
  const other = chosen();
  return other ? save(keptId, other) : false;
});

/** Open the form; it begins with those of the same name, and where there are none with everybody. @param {import('./contacts-api.js').Contact} contact */
export function openMergeForm(contact) {
  keptId = contact.id;
  write('merge-why', text('merge', 'why', { who: [contact.name || contact.emails[0], contact.company].filter(Boolean).join(', ') }));
  input('other').value = contact.name;
  offer([]);
  open('other');
  input('other').select();
  void findFirst(contact.name);
}

/** @param {typeof save} merge */
export function startMergeForm(merge) {
  save = merge;
  input('other').addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => void find(), SEARCH_DELAY_MS);
  });
  element('merge-found').addEventListener('change', showWhetherChosen);
}

const chosen = () => /** @type {HTMLInputElement | null} */ (element('merge-found').querySelector(':checked'))?.value ?? '';

/** There is nobody to merge with before somebody is chosen. */
function showWhetherChosen() {
  /** @type {HTMLButtonElement} */ (element('merge-save')).disabled = chosen() === '';
}

/** @param {string} name  what is searched for; it goes where nobody else has it */
async function findFirst(name) {
  await find();
  if (element('merge-found').children.length > 0 || input('other').value !== name) return;
  input('other').value = '';
  await find();
}

async function find() {
  const asked = ++question;
  const query = encodeURIComponent(input('other').value.trim());
  try {
    const answer = await call('GET', `/contacts?limit=${SHOWN_AT_MOST + 1}&q=${query}`);
    if (asked !== question) return; // a newer question is under way
    /** @type {Brief[]} */
    const others = answer.contacts.filter((/** @type {Brief} */ brief) => brief.id !== keptId).slice(0, SHOWN_AT_MOST);
    offer(others);
    element('merge-none').hidden = others.length > 0;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    fail(error.message || text('problems', 'away'));
  }
}

/** @param {Brief[]} others */
function offer(others) {
  const before = chosen();
  element('merge-found').replaceChildren(...others.map((brief) => choice(brief, brief.id === before)));
  showWhetherChosen();
}

/** @param {Brief} brief @param {boolean} isChosen */
function choice(brief, isChosen) {
  const label = make('label', '', 'choice');
  const radio = make('input', '');
  radio.type = 'radio';
  radio.name = 'chosen';
  radio.value = brief.id;
  radio.checked = isChosen;
  const last = brief.last_day ? text('list', 'last', { date: dayText(brief.last_day) }) : text('list', 'never');
  const words = make('span', '');
  words.append(make('strong', brief.name), make('small', [brief.role, brief.company, last].filter(Boolean).join(' · ')));
  label.append(radio, words);
  return label;
}
