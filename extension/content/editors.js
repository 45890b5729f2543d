// The editors that the user has written in on this page, each with its drawing and its linting loop.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.editors) return;
  const { fieldEditor, lintLine, lintLoop, recipients, richEditor, typing } = coltiva;

  // Reading whom a message goes to makes the browser lay out the page, which no key should wait for.
  const ADDRESSEES_MS = 1000;
  const UNREAD = 'unread';
  /** @type {Map<HTMLElement, EditorSession & { close: AbortController }>} */
  const sessions = new Map();
  /** Of those that the page has thrown away too: a message that was sent lay in one. @type {Set<string>} */
  const ids = new Set();

  /** Forget editors that the page has thrown away. */
  function sweep() {
    for (const [element, session] of sessions) {
      if (element.isConnected) continue;
      session.close.abort();
      sessions.delete(element);
    }
  }

  /**
   * @param {HTMLElement} element
   * @param {Surface} surface
   * @returns {EditorSession}
   */
  function open(element, surface) {
    const known = sessions.get(element);
    if (known) return known;
    sweep();
    const close = new AbortController();
    const id = crypto.randomUUID();
    ids.add(id);
    const isField = element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement;
    const editor = isField ? fieldEditor(element, id, close.signal) : richEditor(element, id, close.signal);
    const addressees = addresseesOf(editor, surface, () => loop.ask(loop.askedCaret !== null));
    /** @type {(text: string, caret: number | null) => Promise<Looked>} */
    const ask = (text, caret) => (text.trim() ? question(editor, surface, text, caret, addressees.read(caret === null)) : tellEmptied(id));
    const loop = lintLoop(editor, ask, close.signal);
    const typed = typing(loop, close.signal);
    const changes = new MutationObserver(typed.changed);
    changes.observe(element, { childList: true, characterData: true, subtree: true });
    close.signal.addEventListener('abort', () => changes.disconnect());
    const session = { editor, surface, loop, typing: typed, lookAtAddressees: addressees.look, close };
    sessions.set(element, session);
    return session;
  }

  /**
   * Return what tells whom the message goes to: *read* now where that shall be fresh, else at the latest while the answer is on its way;
   * *look* reads it anew where something was asked already.
   * @param {DrawnEditor} editor
   * @param {Surface} surface
   * @param {() => void} changed  called where it turns out to be somebody else than was last told
   */
  function addresseesOf(editor, surface, changed) {
    let readAt = -Infinity;
    let later = 0;
    let last = recipients.read(editor.element, surface);
    const look = () => {
      clearTimeout(later);
      last = recipients.read(editor.element, surface);
      readAt = performance.now();
    };
    const lookLater = () => {
      if (!editor.element.isConnected) return;
      const before = JSON.stringify(last);
      look();
      if (JSON.stringify(last) !== before) changed();
    };
    /** @param {boolean} fresh */
    const read = (fresh) => {
      if (fresh) look();
      else if (performance.now() - readAt > ADDRESSEES_MS) {
        clearTimeout(later);
        later = window.setTimeout(lookLater);
      }
      return last;
    };
    return { read, look: () => void (editor.read().trim() && lookLater()) };
  }

  /** Nothing is left of a message: what was found in it is shown nowhere any more. @param {string} id @returns {Promise<Looked>} */
  async function tellEmptied(id) {
    if (chrome.runtime?.id !== undefined) await chrome.runtime.sendMessage({ type: 'emptied', editor: id }).catch(() => {});
    return { marks: [], isAnswered: true };
  }

  /**
   * How many characters the page takes: what the field or the page's counter says.
   * @param {HTMLElement} element
   * @param {Surface} surface
   */
  function limitOf(element, { counter, pane }) {
    if ((element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement) && element.maxLength > 0) return element.maxLength;
    const shown = counter && pane ? element.closest(pane)?.querySelector(counter)?.textContent : null;
    const limit = shown ? /\/\s*([\d.,\s]+)/u.exec(shown)?.[1]?.replace(/\D/gu, '') : null;
    return limit ? Number(limit) : null;
  }

  /**
   * The first word, marked as unread: it shows at the message itself that nobody has looked at it.
   * @param {string} text
   * @returns {Mark[]}
   */
  function unread(text) {
    const word = /\S+/u.exec(text);
    return word ? [{ id: UNREAD, start: word.index, end: word.index + word[0].length, severity: UNREAD }] : [];
  }

  /**
   * @param {DrawnEditor} editor
   * @param {Surface} surface
   * @param {string} text
   * @param {number | null} caret
   * @param {Addressees} addressees
   * @returns {Promise<Looked>}
   */
  async function question(editor, surface, text, caret, addressees) {
    /** @type {LintQuestion} */
    const message = {
      type: 'lint', editor: editor.id, surface: surface.id, channel: surface.channel, text, caret,
      limit: limitOf(editor.element, surface), path: location.pathname, ...addressees,
    };
    try {
      const answer = await lintLine.ask(message);
      if ('marks' in answer) return { marks: answer.marks, isAnswered: true };
      // Asking again makes no text shorter.
      return { marks: unread(text), isAnswered: answer.problem.code === 'too_long' };
    } catch {
      // Where the extension was reloaded under this page, nobody is left to answer: that shows at the message, and the page works on undisturbed.
      const isOrphaned = chrome.runtime?.id === undefined;
      return { marks: isOrphaned ? unread(text) : [], isAnswered: isOrphaned };
    }
  }

  ns.editors = {
    open,
    at: (path) => {
      for (const target of path) {
        const session = target instanceof HTMLElement ? sessions.get(target) : undefined;
        if (session) return session;
      }
      return null;
    },
    all: () => [...sessions.values()],
    knows: (id) => ids.has(id),
    closeAll: () => {
      for (const { close } of sessions.values()) close.abort();
      sessions.clear();
      ids.clear();
    },
  };
})();
