// Where marks have moved to after an edit, so that they stay on their words until the next answer comes.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.editShift) return;

  const WORD = /[\p{L}\p{N}\p{M}]/u;

  /**
   * The one smallest replacement that turns *before* into *after*; null where they are equal.
   * @param {string} before
   * @param {string} after
   * @returns {TextEdit | null}
   */
  function between(before, after) {
    if (before === after) return null;
    const shorter = Math.min(before.length, after.length);
    let start = 0;
    while (start < shorter && before[start] === after[start]) start += 1;
    let tail = 0;
    while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
    return { start, oldEnd: before.length - tail, newEnd: after.length - tail };
  }

  /**
   * Move *marks* through the edit from *before* to *after*; those that the edit touched are left out.
   *
   * An edit touches a mark when it changes something inside it, or when it makes the mark's first or last word longer.
   * @template {{ start: number, end: number }} T
   * @param {readonly T[]} marks
   * @param {string} before
   * @param {string} after
   * @returns {readonly T[]}  *marks* itself where nothing has changed
   */
  function shift(marks, before, after) {
    const edit = between(before, after);
    if (!edit) return marks;
    const moved = edit.newEnd - edit.oldEnd;
    return marks.flatMap((mark) => {
      if (edit.oldEnd <= mark.start) {
        const joins = edit.oldEnd === mark.start && edit.newEnd > 0 && WORD.test(after[edit.newEnd - 1] ?? '') &&
          WORD.test(after[edit.newEnd] ?? '');
        return joins ? [] : [{ ...mark, start: mark.start + moved, end: mark.end + moved }];
      }
      if (edit.start >= mark.end) {
        const joins = edit.start === mark.end && WORD.test(after[mark.end] ?? '') && WORD.test(after[mark.end - 1] ?? '');
        return joins ? [] : [mark];
      }
      return [];
    });
  }

  ns.editShift = { between, shift };
})();
