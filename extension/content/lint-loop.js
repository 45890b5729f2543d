// Keeps one editor's marks true to its text: one question at a time, the newest text wins, old answers are dropped.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.lintLoop) return;
  const { editShift } = coltiva;

  /**
   * @param {Pick<DrawnEditor, 'read' | 'draw'>} editor
   * @param {(text: string) => Promise<readonly Mark[] | null>} ask  null where nothing could be found out
   * @returns {LintLoop}
   */
  ns.lintLoop = (editor, ask) => {
    /** @type {readonly Mark[]} */
    let marks = [];
    let drawnText = editor.read();
    let waiting = false;
    let underWay = false;

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

    const askNow = async () => {
      underWay = true;
      do {
        waiting = false;
        const text = editor.read();
        const found = text.trim() ? await ask(text) : [];
        // An answer about a text that is no longer there would underline the wrong words.
        if (editor.read() === text) draw(found ?? [], text);
        else follow();
      } while (waiting);
      underWay = false;
    };

    return {
      follow,
      ask: () => {
        waiting = true;
        if (!underWay) void askNow();
      },
      get marks() {
        return marks;
      },
    };
  };
})();
