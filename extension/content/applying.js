// Applies a suggestion: only to the text it was made for, in one undo step, and never leaving anything else than it promised.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.applying) return;
  const { editShift, editors, writing } = coltiva;

  // Editors that draw their model by themselves need some frames; this is how long they may take.
  const PATIENCE_MS = 1000;
  const SELECT_TRIES = 4;
  const PICTURES = 'img, picture, svg, video, audio, canvas, object, embed, iframe, hr, [contenteditable=false]';
  // What editors put in for the caret's sake; nobody wrote it.
  const OF_THE_EDITOR = '.ProseMirror-separator, [data-slate-placeholder], .ql-ui, .ql-cursor, .ck-widget__type-around, .ck-widget__type-around *';

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
   * Select a stretch of *editor*, and wait until the editor itself has learnt of it; false where there is no such place.
   * @param {DrawnEditor} editor
   * @param {number} start
   * @param {number} end
   */
  async function selectAndSettle(editor, start, end) {
    for (let tries = 0; tries < SELECT_TRIES; tries += 1) {
      if (!editor.select(start, end)) return false;
      const selected = String(document.getSelection());
      // Editors learn of a selection by an event that comes later.
      await frame();
      await frame();
      await wait(writing.selectionMs(editor.element));
      // One that was still drawing on a slow machine has put back its own meanwhile.
      if (String(document.getSelection()) === selected) break;
    }
    return true;
  }

  /** Whether something other than text is selected in *element*. @param {HTMLElement} element */
  function holdsPicture(element) {
    const range = coltiva.caret.rangeIn(element);
    if (!range || element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement) return false;
    const selected = document.createRange();
    selected.setStart(range.startContainer, range.startOffset);
    selected.setEnd(range.endContainer, range.endOffset);
    return [...element.querySelectorAll(PICTURES)].some((one) => !one.matches(OF_THE_EDITOR) && selected.intersectsNode(one));
  }

  /**
   * Make sure that one undo will not take back what the user did before; the text is *before*, and stays so.
   * @param {DrawnEditor} editor
   * @param {string} before
   */
  async function beginUndoStep(editor, before) {
    if (!writing.joinsNeighbours(editor.element) || !(await selectAndSettle(editor, 0, 0)) || editor.read() !== before) return;
    writing.typeAndErase(editor.element);
    await frame();
    await frame();
  }

  /**
   * Write *edit* over its place in *before*; where something else than *after* comes of it, that is taken back.
   * @param {EditorSession} session
   * @param {{ start: number, oldEnd: number, text: string }} edit
   * @param {string} before
   * @param {string} after
   * @returns {Promise<ApplyAnswer>}
   */
  async function put({ editor, loop }, edit, before, after) {
    // A message without a word left is nothing that could be suggested.
    if (!edit.text || !(await selectAndSettle(editor, edit.start, edit.oldEnd))) return { applied: false, reason: 'refused' };
    if (editor.read() !== before) return { applied: false, reason: 'changed' };
    // What is no text would go without a word: emoji as pictures, inline images, chips.
    if (holdsPicture(editor.element)) {
      // What stays selected would go with the next key.
      editor.select(edit.oldEnd, edit.oldEnd);
      return { applied: false, reason: 'picture' };
    }
    const isWholeLines = /^\n?$/u.test(before.slice(Math.max(0, edit.start - 1), edit.start)) && before.slice(edit.start, edit.oldEnd).endsWith('\n');
    writing.write(editor.element, edit.text, isWholeLines);
    if (await comesToHold(editor, after)) {
      loop.follow();
      loop.ask(false);
      return { applied: true };
    }
    if (editor.read() === before) return { applied: false, reason: 'refused' };
    writing.undo(editor.element);
    return { applied: false, reason: (await comesToHold(editor, before)) ? 'undone' : 'damaged' };
  }

  /**
   * Make *before* into *after* by the words that change; an editor that takes those for something else gets the whole message.
   * @param {EditorSession} session
   * @param {string} before
   * @param {string} after
   * @returns {Promise<ApplyAnswer>}
   */
  async function replace(session, before, after) {
    const { editor } = session;
    const edit = wordEdit(before, after);
    if (!edit) return { applied: true };
    editor.element.focus({ preventScroll: true });
    await beginUndoStep(editor, before);
    const answer = await put(session, edit, before, after);
    const isWhole = edit.start === 0 && edit.oldEnd === before.length;
    if (answer.applied || isWhole || !['refused', 'undone'].includes(answer.reason)) return answer;
    await wait(writing.undoGroupMs(editor.element));
    return put(session, { start: 0, oldEnd: before.length, text: after }, before, after);
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
