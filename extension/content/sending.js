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

  /** @param {EditorSession} session */
  function watch(session) {
    const { editor, surface } = session;
    const text = editor.read();
    if (!text.trim()) return;
    const { id, element } = editor;
    /** @type {SentMessage} */
    const message = { type: 'sent', editor: id, channel: surface.channel, text, path: location.pathname, ...recipients.read(element, surface) };
    const until = performance.now() + PATIENCE_MS;
    forget(session);
    watched.set(session, setInterval(() => {
      const isGone = !element.isConnected || !element.checkVisibility() || !editor.read().trim();
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
    for (const session of editors.all()) {
      const { send, pane, holds } = session.surface;
      const button = path.find((target) => target instanceof Element && send && target.matches(send));
      const within = pane ? session.editor.element.closest(pane) : holds ? document : null;
      if (button instanceof Element && within?.contains(button)) watch(session);
    }
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const session = event.isTrusted && editors.at(event.composedPath());
    if (!session) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) watch(session);
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
