// @ts-check
// Short ways to the page's elements and words.

/** @typedef {'error' | 'warning' | 'info' | 'growing'} Tone */

/** @param {string} id */
export function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** The code of the user's language, in which the page is written. */
export const language = () => document.documentElement.lang;

/** @param {string} id */
export const field = (id) => /** @type {HTMLInputElement | HTMLSelectElement} */ (element(id));

/** All words of the page, by group and name: `texts/LANGUAGE/PAGE.json`. @type {Record<string, Record<string, string>>} */
const TEXTS = JSON.parse(element('texts').textContent ?? '{}');

/**
 * Return a text with its `{placeholders}` filled.
 * @param {string} group
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 */
export function text(group, name, values = {}) {
  const template = TEXTS[group]?.[name];
  if (template === undefined) throw new Error(`the page's texts lack ${group}.${name}`);
  return template.replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ''));
}

/** @param {string} group @param {string} name */
export const hasText = (group, name) => TEXTS[group]?.[name] !== undefined;

/**
 * Return an element with a class and a text.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} content
 * @param {string} [className]
 */
export function make(tag, content, className = '') {
  const made = document.createElement(tag);
  made.textContent = content;
  if (className) made.className = className;
  return made;
}

/** Change a text only where it differs: screen readers read live regions again at every write. @param {string} id @param {string} content */
export function write(id, content) {
  const target = element(id);
  if (target.textContent !== content) target.textContent = content;
}
