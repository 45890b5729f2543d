// The editors that the user has written in on this page, each with its drawing and its linting loop.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.editors) return;
  const { fieldEditor, lintLine, lintLoop, recipients, richEditor, typing } = coltiva;

  // Reading whom a message goes to makes the browser lay out the page, which no key should wait for.
  const ADDRESSEES_MS = 1000;
  /** @type {Map<HTMLElement, EditorSession & { close: AbortController }>} */
  const sessions = new Map();

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
    const isField = element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement;
    const editor = isField ? fieldEditor(element, id, close.signal) : richEditor(element, id, close.signal);
    const addressees = addresseesOf(editor, surface);
    const loop = lintLoop(editor, (text, caret) => question(editor, surface, text, caret, addressees(caret === null)));
    const typed = typing(loop, close.signal);
    const changes = new MutationObserver(typed.changed);
    changes.observe(element, { childList: true, characterData: true, subtree: true });
    close.signal.addEventListener('abort', () => changes.disconnect());
    const session = { editor, surface, loop, typing: typed, close };
    sessions.set(element, session);
    return session;
  }

  /**
   * @param {DrawnEditor} editor
   * @param {Surface} surface
   * @returns {(fresh: boolean) => Addressees}
   */
  function addresseesOf(editor, surface) {
    let readAt = -Infinity;
    let last = recipients.read(editor.element, surface);
    return (fresh) => {
      if (!fresh && performance.now() - readAt < ADDRESSEES_MS) return last;
      last = recipients.read(editor.element, surface);
      readAt = performance.now();
      return last;
    };
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
   * @param {DrawnEditor} editor
   * @param {Surface} surface
   * @param {string} text
   * @param {number | null} caret
   * @param {Addressees} addressees
   */
  async function question(editor, surface, text, caret, addressees) {
    /** @type {LintQuestion} */
    const message = {
      type: 'lint', editor: editor.id, surface: surface.id, channel: surface.channel, text, caret,
      limit: limitOf(editor.element, surface), path: location.pathname, ...addressees,
    };
    try {
      const answer = await lintLine.ask(message);
      return 'marks' in answer ? answer.marks : null;
    } catch {
      // The extension was reloaded under this page: nobody is left to answer, and the page must work on undisturbed.
      return null;
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
  };
})();
