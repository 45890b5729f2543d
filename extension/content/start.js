// Last of the content scripts: listens for what the user types, and for what the background has to say.
(() => {
  'use strict';
  /** @type {{ coltivaStarted?: boolean }} */
  const once = /** @type {any} */ (globalThis);
  if (once.coltivaStarted) return;
  once.coltivaStarted = true;
  const { cardFrame, editors, pointing, surfaces } = coltiva;

  const running = new AbortController();
  const { signal } = running;
  /** @type {Surface[]} */
  let known = [];
  /** @type {Promise<void> | null} */
  let learning = null;

  /** Ask which editors there are on this site; asked again at the next occasion where no answer came. */
  function learn() {
    learning ??= chrome.runtime.sendMessage({ type: 'sites' }).then((answer) => {
      known = 'surfaces' in answer ? answer.surfaces : [];
    }).catch(() => {}).finally(() => {
      learning = null;
    });
    return learning;
  }

  /**
   * The session of the editor that an event comes from; the page cannot make one by events of its own.
   * @param {Event} event
   */
  function sessionOf(event) {
    const path = event.composedPath();
    const session = editors.at(path);
    if (session) return session;
    const found = surfaces.find(known, path);
    return found ? editors.open(found.element, found.surface) : null;
  }

  window.addEventListener('input', (event) => {
    if (!event.isTrusted) return;
    const path = event.composedPath();
    const session = sessionOf(event);
    if (session) {
      cardFrame.close(false);
      session.loop.follow();
      session.loop.ask();
    } else if (!known.length) {
      void learn().then(() => {
        const found = surfaces.find(known, path);
        if (found?.element.isConnected) editors.open(found.element, found.surface).loop.ask();
      });
    }
  }, { signal, capture: true, passive: true });

  window.addEventListener('focusin', (event) => {
    if (event.isTrusted && !known.length) void learn();
  }, { signal, capture: true, passive: true });

  chrome.runtime.onMessage.addListener((/** @type {ContentMessage} */ message, sender) => {
    if (sender.id !== chrome.runtime.id) return;
    if (message.type === 'next-finding') pointing.next();
    else if (message.type === 'card-size') cardFrame.resize(message.height);
    else if (message.type === 'card-close') cardFrame.close(true);
  });

  pointing.start(signal);
})();
