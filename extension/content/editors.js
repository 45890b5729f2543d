// The editors that the user has written in on this page, each with its drawing and its linting loop.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.editors) return;
  const { fieldEditor, lintLoop, richEditor, surfaces } = coltiva;

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
    const editor = element instanceof HTMLTextAreaElement
      ? fieldEditor(element, id, close.signal)
      : richEditor(element, id, close.signal);
    const loop = lintLoop(editor, (text) => question(editor, surface, text));
    // Editors repaint their own nodes and pages empty them after sending; neither is typing, so it asks nothing.
    const changes = new MutationObserver(loop.follow);
    changes.observe(element, { childList: true, characterData: true, subtree: true });
    close.signal.addEventListener('abort', () => changes.disconnect());
    const session = { editor, surface, loop, close };
    sessions.set(element, session);
    return session;
  }

  /**
   * @param {DrawnEditor} editor
   * @param {Surface} surface
   * @param {string} text
   */
  async function question(editor, surface, text) {
    /** @type {LintQuestion} */
    const message = { type: 'lint', editor: editor.id, text, channel: surface.channel, recipient: surfaces.recipient(editor.element, surface) };
    try {
      /** @type {LintAnswer} */
      const answer = await chrome.runtime.sendMessage(message);
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
