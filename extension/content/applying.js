// Applies a suggestion: only to the text it was made for, in one undo step, and never leaving anything else than it promised.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.applying) return;
  const { editShift, editors, writing } = coltiva;

  // Editors that draw their model by themselves need some frames; this is how long they may take.
  const PATIENCE_MS = 1000;

  /** Spaces that would vanish at the end of a line are kept by editors as no-break spaces. @param {string} text */
  const plainSpaces = (text) => text.replaceAll('\u00a0', ' ');

  /** The next frame; a tab that is not on show has none, so time runs on too. */
  const frame = () => new Promise((resolve) => {
    requestAnimationFrame(() => resolve(null));
    setTimeout(resolve, 50, null);
  });

  /** @param {number} ms */
  const wait = (ms) => new Promise((resolve) => {
    setTimeout(resolve, ms, null);
  });

  /**
   * The smallest replacement of whole words that makes *before* into *after*: what stays the same keeps its form.
   * @param {string} before
   * @param {string} after
   */
  function wordEdit(before, after) {
    const edit = editShift.between(before, after);
    if (!edit) return null;
    let { start, oldEnd, newEnd } = edit;
    /** @param {string} text @param {number} at */
    const isInWord = (text, at) => /\S/u.test(text[at - 1] ?? ' ') && /\S/u.test(text[at] ?? ' ');
    while (start > 0 && (isInWord(before, start) || isInWord(after, start))) start -= 1;
    while (isInWord(before, oldEnd) || isInWord(after, newEnd)) {
      oldEnd += 1;
      newEnd += 1;
    }
    // Editors replace words well. What is nothing but erased, or ends where a line begins, some of them take for something
    // else; so a word beside it is written again.
    const wordBefore = /\S+\s*$/u.exec(before.slice(0, start))?.[0].length ?? 0;
    const wordBehind = /^\s*\S+/u.exec(before.slice(oldEnd))?.[0].length ?? 0;
    const endsAtLine = oldEnd > start && before[oldEnd - 1] === '\n';
    if (endsAtLine ? !wordBehind : start === newEnd && wordBefore) start -= wordBefore;
    else if (endsAtLine || start === newEnd) {
      oldEnd += wordBehind;
      newEnd += wordBehind;
    }
    return { start, oldEnd, text: after.slice(start, newEnd) };
  }

  /**
   * Wait until *editor* holds *text*, up to the limit of patience.
   * @param {DrawnEditor} editor
   * @param {string} text
   */
  async function comesToHold(editor, text) {
    const until = performance.now() + PATIENCE_MS;
    do {
      await frame();
      await frame();
      if (plainSpaces(editor.read()) === plainSpaces(text)) return true;
    } while (performance.now() < until);
    return false;
  }

  /**
   * @param {EditorSession} session
   * @param {string} before
   * @param {string} after
   * @returns {Promise<ApplyAnswer>}
   */
  async function replace({ editor, loop }, before, after) {
    const edit = wordEdit(before, after);
    if (!edit) return { applied: true };
    editor.element.focus({ preventScroll: true });
    // A message without a word left is nothing that could be suggested.
    if (!edit.text || !editor.select(edit.start, edit.oldEnd)) return { applied: false, reason: 'refused' };
    // Editors learn of a selection by an event that comes later.
    await frame();
    await frame();
    await wait(writing.selectionMs(editor.element));
    if (editor.read() !== before) return { applied: false, reason: 'changed' };
    writing.write(editor.element, edit.text);
    if (await comesToHold(editor, after)) {
      loop.follow();
      loop.ask(false);
      return { applied: true };
    }
    if (editor.read() === before) return { applied: false, reason: 'refused' };
    writing.undo(editor.element);
    return { applied: false, reason: (await comesToHold(editor, before)) ? 'undone' : 'damaged' };
  }

  /** @param {ApplyOrder} order @returns {Promise<ApplyAnswer>} */
  async function apply({ editor: id, start, end, text, before }) {
    const session = editors.all().find(({ editor }) => editor.id === id);
    if (!session?.editor.element.isConnected) return { applied: false, reason: 'gone' };
    const { editor, typing } = session;
    // What was written a moment ago would be undone together with the suggestion.
    const rest = writing.undoGroupMs(editor.element) - (performance.now() - typing.lastChange);
    if (rest > 0) await wait(rest + 50);
    const now = editor.read();
    if (plainSpaces(now) !== plainSpaces(before)) return { applied: false, reason: 'changed' };
    const answer = await replace(session, now, now.slice(0, start) + text + now.slice(end));
    if (answer.applied) editor.select(start + text.length, start + text.length);
    return answer;
  }

  ns.applying = { apply };
})();
