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

/** Whether the language counts so many in the singular: one, and in French none as well. @param {number} count */
export const isOne = (count) => count === 1 || (count === 0 && language() === 'fr');

/**
 * Return the singular or plural text `name_one` or `name_many`.
 * @param {string} group
 * @param {string} name
 * @param {number} count
 * @param {Record<string, string | number>} [values]
 */
export const counted = (group, name, count, values = {}) => text(group, `${name}_${isOne(count) ? 'one' : 'many'}`, { count, ...values });

/**
 * Return why the server refuses, in its words; where its answer cannot be read, that.
 * @param {Response} response
 * @param {any} answer  its JSON; null where it is none
 * @returns {string}
 */
export const refusal = (response, answer) => answer?.error?.message ?? text('page', 'unreadable', { status: response.status });

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

/** The form in which days are written: that of the reasons, which in English put the day first. */
export const dayForm = () => (language() === 'en' ? 'en-GB' : language());
/** The user's own form of the page's language, such as en-US on an English page. */
const locale = () => navigator.languages.find((one) => one.split('-')[0] === language()) ?? language();

/** A day as the reasons write it. @param {string} day  such as 2026-05-14 */
export function dayText(day) {
  const form = new Intl.DateTimeFormat(dayForm(), { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return form.format(new Date(`${day}T00:00:00Z`));
}

/** A day where there is little room: the month cut short, and the year only where it is another. @param {string} day */
export function shortDayText(day) {
  const year = Number(day.slice(0, 4)) === new Date().getFullYear() ? undefined : 'numeric';
  const form = new Intl.DateTimeFormat(dayForm(), { day: 'numeric', month: 'short', year, timeZone: 'UTC' });
  return form.format(new Date(`${day}T00:00:00Z`));
}

/** A day, and the time as the user writes it. @param {string} at  local, such as 2026-05-14T09:30:00 */
export const momentText = (at) => `${dayText(at.slice(0, 10))}, ${new Date(at).toLocaleTimeString(locale(), { timeStyle: 'short' })}`;

/** Change a text only where it differs: screen readers read live regions again at every write. @param {string} id @param {string} content */
export function write(id, content) {
  const target = element(id);
  if (target.textContent !== content) target.textContent = content;
}
