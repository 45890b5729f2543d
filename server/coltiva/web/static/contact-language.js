// @ts-check
// The language in which the contacts page gives reasons and reads lines: the one chosen, else the browser's.
import { element } from './page.js';

const CHOICE = 'coltiva-language';
const select = /** @type {HTMLSelectElement} */ (element('explain-in'));

/** The code of the user's language. */
export const language = () => select.value;

/** @param {() => void} onChange  called when the user has chosen another one */
export function startLanguage(onChange) {
  const codes = [...select.options].map((option) => option.value);
  const wished = [chosen() ?? '', ...navigator.languages.map((tag) => tag.split('-')[0])];
  select.value = wished.find((code) => codes.includes(code)) ?? 'en';
  show();
  select.addEventListener('change', () => {
    try {
      localStorage.setItem(CHOICE, select.value);
    } catch {
      // storage may be forbidden; the choice then lasts for this page
    }
    show();
    onChange();
  });
}

function chosen() {
  try {
    return localStorage.getItem(CHOICE);
  } catch {
    return null;
  }
}

/** What the server writes is marked with its language, and the line's example is one that will be understood. */
function show() {
  const line = /** @type {HTMLInputElement} */ (element('line'));
  line.placeholder = select.selectedOptions[0]?.dataset.example ?? '';
  for (const id of ['why', 'steps', 'line']) element(id).lang = select.value;
}
