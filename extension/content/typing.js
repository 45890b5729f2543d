// When to ask about an editor: with each change that the user makes, and once more when they pause or leave.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.typing) return;

  const PAUSE_MS = 1000;
  // Editors that keep their own model write into the page some time after the key.
  const LATE_MS = 1500;

  /**
   * @param {LintLoop} loop
   * @param {AbortSignal} signal
   * @returns {Typing}
   */
  ns.typing = (loop, signal) => {
    let pause = 0;
    let lastChange = -Infinity;
    /** Until when a change of the page's text counts as the user's; one change for each act of theirs. */
    let creditUntil = -Infinity;

    const asked = () => {
      creditUntil = -Infinity;
      lastChange = performance.now();
      loop.ask(true);
      clearTimeout(pause);
      pause = window.setTimeout(settle, PAUSE_MS);
    };
    const settle = () => {
      clearTimeout(pause);
      // What waits for the end of a sentence need not wait any longer.
      if (loop.askedCaret !== null) loop.ask(false);
    };
    signal.addEventListener('abort', () => clearTimeout(pause));

    return {
      get lastChange() {
        return lastChange;
      },
      acted: () => {
        creditUntil = performance.now() + LATE_MS;
      },
      typed: () => {
        loop.follow();
        asked();
      },
      changed: () => {
        const before = loop.text;
        loop.follow();
        if (loop.text === before) return;
        lastChange = performance.now();
        // Editors repaint their own nodes and pages empty them after sending; neither is typing.
        if (lastChange < creditUntil) asked();
      },
      settle,
    };
  };
})();
