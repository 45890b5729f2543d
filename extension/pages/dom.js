// Short ways to a page's elements and words. All text is set as text, never as markup.

/** @param {string} id */
export function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** @param {string} id */
export const field = (id) => /** @type {HTMLInputElement} */ (element(id));

/**
 * A text in the user's language; the values stand in for $1, $2.
 * @param {string} name
 * @param {...(string | number)} values
 */
export function say(name, ...values) {
  const text = chrome.i18n.getMessage(name, values.map(String));
  if (!text) throw new Error(`messages.json lacks ${name}`);
  return text;
}

/** The singular or plural form of a text. @param {string} name @param {number} count @param {...(string | number)} values */
export const sayCount = (name, count, ...values) => say(`${name}_${count === 1 ? 'one' : 'many'}`, count, ...values);

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [content]
 * @param {string} [className]
 */
export function make(tag, content = '', className = '') {
  const made = document.createElement(tag);
  made.textContent = content;
  if (className) made.className = className;
  return made;
}

/**
 * A button that acts on real clicks and keys alone.
 * @param {string} label
 * @param {() => unknown} act
 * @param {string} [className]
 */
export function button(label, act, className = '') {
  const made = make('button', label, className);
  made.type = 'button';
  made.addEventListener('click', (event) => event.isTrusted && act());
  return made;
}

/** Change a text only where it differs: screen readers read live regions again at every write. @param {string} id @param {string} content */
export function write(id, content) {
  const target = element(id);
  if (target.textContent !== content) target.textContent = content;
}

/** As *write*, with the commands that the user may have to type, and the addresses of the server's pages, set apart from the words. @param {string} id @param {string} content */
export function writeCommands(id, content) {
  const target = element(id);
  if (target.textContent === content) return;
  target.replaceChildren(...content.split(/(make run|coltiva (?:serve|pair)|http:\/\/127\.0\.0\.1:\d+\/\w+)/u).map((part, index) => {
    if (index % 2 === 0) return part;
    return part.startsWith('http') ? pageLink(part) : make('code', part);
  }));
}

/** @param {string} address */
function pageLink(address) {
  const link = make('a', address);
  link.href = address;
  link.target = '_blank';
  link.rel = 'noreferrer';
  return link;
}

/** Put words into whatever names them: data-say its text, data-say-label, -placeholder and -title its attributes. */
export function localize() {
  document.documentElement.lang = say('languageCode');
  for (const target of document.querySelectorAll('[data-say]')) target.textContent = say(target.getAttribute('data-say') ?? '');
  for (const [data, attribute] of [['label', 'aria-label'], ['placeholder', 'placeholder'], ['title', 'title']]) {
    for (const target of document.querySelectorAll(`[data-say-${data}]`)) {
      target.setAttribute(attribute ?? '', say(target.getAttribute(`data-say-${data}`) ?? ''));
    }
  }
}

/**
 * Ask the background.
 * @template {keyof ExtensionMessages} Type
 * @param {Type} type
 * @param {ExtensionMessages[Type]['ask']} message
 * @returns {Promise<ExtensionMessages[Type]['answer']>}
 */
export function send(type, message) {
  return chrome.runtime.sendMessage({ ...message, type });
}

/** A day as the reasons beside it write days, which in English put the day first. @param {string} day  such as 2026-05-14 */
export function dayText(day) {
  const language = say('languageCode');
  const form = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' };
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, /** @type {Intl.DateTimeFormatOptions} */ (form));
  return format.format(new Date(`${day}T00:00:00Z`));
}

/** The user's local day, such as 2026-05-14. */
export function localToday() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
}
