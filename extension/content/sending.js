// Notices that a message has gone: the user pressed Send, or a key that sends, and the editor was emptied or went away.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.sending) return;
  const { editors, recipients } = coltiva;

  const PATIENCE_MS = 5000;
  const LOOK_MS = 200;
  /** What each editor held when Send was pressed. @type {Map<EditorSession, ReturnType<typeof setInterval>>} */
  const watched = new Map();

  /**
   * @param {EditorSession} session
   * @param {boolean} staysOpen  whether the editor must be there still, empty: a key that begins a new line elsewhere sends where it empties it
   */
  function watch(session, staysOpen) {
    const { editor, surface } = session;
    const text = editor.read();
    if (!text.trim()) return;
    const { id, element } = editor;
    /** @type {SentMessage} */
    const message = { type: 'sent', editor: id, channel: surface.channel, text, path: location.pathname, ...recipients.read(element, surface) };
    const until = performance.now() + PATIENCE_MS;
    forget(session);
    watched.set(session, setInterval(() => {
      const isThere = element.isConnected && element.checkVisibility();
      const isGone = staysOpen ? isThere && location.pathname === message.path && !editor.read().trim() : !isThere || !editor.read().trim();
      if (isGone) chrome.runtime.sendMessage(message).catch(() => {});
      if (isGone || performance.now() > until) forget(session);
    }, LOOK_MS));
  }

  /** @param {EditorSession} session */
  function forget(session) {
    clearInterval(watched.get(session));
    watched.delete(session);
  }

  /** @param {Event} event */
  function onClick(event) {
    if (!event.isTrusted) return;
    const path = event.composedPath();
    /** @type {{ session: EditorSession, away: number }[]} */
    const beside = [];
    for (const session of editors.all()) {
      const { send, pane, holds } = session.surface;
      const button = path.find((target) => target instanceof Element && send && target.matches(send));
      if (!(button instanceof Element)) continue;
      if (pane && session.editor.element.closest(pane)?.contains(button)) watch(session, false);
      else if (!pane && holds) beside.push({ session, away: stepsToCommon(button, session.editor.element) });
    }
    // Of several messages on a page without panes a button sends the one that it lies nearest to.
    const nearest = Math.min(...beside.map(({ away }) => away));
    for (const { session, away } of beside) if (away === nearest) watch(session, false);
  }

  /** How many steps up from a button what holds an editor too begins. @param {Element} button @param {Element} editor */
  function stepsToCommon(button, editor) {
    let steps = 0;
    for (let element = /** @type {Element | null} */ (button); element && !element.contains(editor); element = element.parentElement) steps += 1;
    return steps;
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const session = event.isTrusted && editors.at(event.composedPath());
    if (!session) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) watch(session, !event.ctrlKey && !event.metaKey);
    // Who writes on has sent nothing: what disappears now was erased.
    else forget(session);
  }

  ns.sending = {
    start: (signal) => {
      window.addEventListener('click', onClick, { signal, capture: true, passive: true });
      window.addEventListener('keydown', onKey, { signal, capture: true, passive: true });
    },
  };
})();
