// Keeps one editor's marks true to its text: one question at a time, the newest text wins, late answers are moved with it.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.lintLoop) return;
  const { editShift } = coltiva;

  // A server that is being started answers within seconds. Later nobody waits for it, and asking costs next to nothing.
  const RETRY_MS = 500;
  const LONGEST_RETRY_MS = 2000;
  const PATIENT_RETRIES = 100;
  const LATER_MS = 30_000;

  /** How long to wait after so many questions without an answer. @param {number} failures */
  const delayAfter = (failures) => (failures > PATIENT_RETRIES ? LATER_MS : Math.min(RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS));

  /**
   * @param {Pick<DrawnEditor, 'read' | 'draw' | 'caret'>} editor
   * @param {(text: string, caret: number | null) => Promise<Looked>} ask
   * @param {AbortSignal} signal
   * @returns {LintLoop}
   */
  ns.lintLoop = (editor, ask, signal) => {
    /** @type {readonly Mark[]} */
    let marks = [];
    let drawnText = editor.read();
    let isTyping = false;
    let waiting = false;
    let underWay = false;
    /** @type {number | null} */
    let askedCaret = null;
    let retry = 0;
    let failures = 0;

    /** @param {readonly Mark[]} next @param {string} text */
    const draw = (next, text) => {
      marks = next;
      drawnText = text;
      editor.draw(marks);
    };

    const follow = () => {
      const text = editor.read();
      // Drawn again even where the text is the same: the editor may have replaced the nodes under it.
      if (marks.length) draw(editShift.shift(marks, drawnText, text), text);
      else drawnText = text;
    };

    /** One question and its answer; whatever goes wrong with them counts as no answer. */
    const askOnce = async () => {
      const text = editor.read();
      askedCaret = isTyping ? editor.caret() : null;
      const { marks: found, isAnswered } = await ask(text, askedCaret);
      if (signal.aborted) return true;
      // What was typed meanwhile has moved the words that the answer is about, or changed them.
      const now = editor.read();
      draw(editShift.shift(found, text, now), now);
      return isAnswered;
    };

    const askNow = async () => {
      underWay = true;
      do {
        waiting = false;
        const isAnswered = await askOnce().catch((error) => {
          console.error('coltiva: no answer could be shown', error);
          return false;
        });
        failures = isAnswered ? 0 : failures + 1;
      } while (waiting);
      clearTimeout(retry);
      if (failures) retry = window.setTimeout(again, delayAfter(failures));
      underWay = false;
    };

    // Where nobody sees the page, coming back to it asks.
    const again = () => {
      if (failures && !underWay && !signal.aborted && document.visibilityState === 'visible') void askNow();
    };

    signal.addEventListener('abort', () => {
      clearTimeout(retry);
      waiting = false;
    });

    return {
      follow,
      ask: (typing) => {
        if (signal.aborted) return;
        clearTimeout(retry);
        if (typing) failures = 0;
        isTyping = typing;
        // Told at once: a question that still waits for the one before it is about this caret, not about that one's.
        askedCaret = typing ? editor.caret() : null;
        waiting = true;
        if (!underWay) void askNow();
      },
      retry: again,
      get marks() {
        return marks;
      },
      get text() {
        return drawnText;
      },
      get askedCaret() {
        return askedCaret;
      },
    };
  };
})();
