// Keeps one editor's marks true to its text: one question at a time, the newest text wins, late answers are moved with it.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.lintLoop) return;
  const { editShift } = coltiva;

  // The server may be busy or just being started; after a minute the next key asks again.
  const RETRY_MS = 5000;
  const RETRIES = 12;

  /**
   * @param {Pick<DrawnEditor, 'read' | 'draw' | 'caret'>} editor
   * @param {(text: string, caret: number | null) => Promise<readonly Mark[] | null>} ask  null where nothing could be found out
   * @returns {LintLoop}
   */
  ns.lintLoop = (editor, ask) => {
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
      const found = text.trim() ? await ask(text, askedCaret) : [];
      // What was typed meanwhile has moved the words that the answer is about, or changed them.
      const now = editor.read();
      draw(editShift.shift(found ?? [], text, now), now);
      return found !== null;
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
      if (failures && failures <= RETRIES) retry = window.setTimeout(again, RETRY_MS);
      underWay = false;
    };

    const again = () => {
      if (!underWay && document.visibilityState === 'visible') void askNow();
    };

    return {
      follow,
      ask: (typing) => {
        clearTimeout(retry);
        if (typing) failures = 0;
        isTyping = typing;
        // Told at once: a question that still waits for the one before it is about this caret, not about that one's.
        askedCaret = typing ? editor.caret() : null;
        waiting = true;
        if (!underWay) void askNow();
      },
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
