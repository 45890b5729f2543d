// Opens the card for the words under the pointer, or for the next marked words by keyboard.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.pointing) return;
  const { cardFrame, editors } = coltiva;

  const DWELL_MS = 150;
  const LEAVE_MS = 250;
  let timer = 0;
  /** @type {string | null} */
  let awaited = null;

  /**
   * The mark whose words lie under a point of the viewport.
   * @param {number} x
   * @param {number} y
   * @returns {{ session: EditorSession, mark: Mark } | null}
   */
  function markAt(x, y) {
    for (const session of editors.all()) {
      const mark = session.loop.marks.find((one) => session.editor.boxes(one).some((box) =>
        x >= box.left && x <= box.right && y >= box.top && y <= box.bottom + 4));
      if (mark) return { session, mark };
    }
    return null;
  }

  /** @param {PointerEvent} event */
  function follow(event) {
    if (!event.isTrusted || event.pointerType === 'touch') return;
    // A card that is written in stays under the hands; its own keys, or a press elsewhere, close it.
    if (cardFrame.contains(event) || cardFrame.hasFocus) return wait(null, 0, () => {});
    const under = markAt(event.clientX, event.clientY);
    if (under && under.mark.id === cardFrame.shown?.id) wait(null, 0, () => {});
    else if (under) wait(under.mark.id, DWELL_MS, () => void cardFrame.open(under.session, under.mark, false));
    else if (cardFrame.shown) wait('', LEAVE_MS, () => cardFrame.close(false));
    else wait(null, 0, () => {});
  }

  /**
   * Do something unless the pointer has moved on to something else by then.
   * @param {string | null} id  what the pointer rests on: a mark, '' for nothing, null for what needs no action
   * @param {number} delayMs
   * @param {() => void} action
   */
  function wait(id, delayMs, action) {
    if (id === awaited) return;
    clearTimeout(timer);
    awaited = id;
    if (id === null) return;
    timer = window.setTimeout(() => {
      awaited = null;
      action();
    }, delayMs);
  }

  /** Open the card of the next mark in the editor that has the focus, from the first again after the last. */
  function next() {
    const focused = deepFocus();
    const session = editors.all().find(({ editor }) => focused !== null && editor.element.contains(focused)) ??
      editors.all().find(({ loop }) => loop.marks.some(({ id }) => id === cardFrame.shown?.id));
    const marks = [...(session?.loop.marks ?? [])].sort((a, b) => a.start - b.start);
    const mark = marks[(marks.findIndex(({ id }) => id === cardFrame.shown?.id) + 1) % marks.length];
    if (session && mark) void cardFrame.open(session, mark, true);
  }

  /** Whether the Escape that is down has closed a card. */
  let isOurs = false;

  /** Let the page have no part in a key: its own Escape would close the dialog that the message is written in. @param {Event} event */
  function keep(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** The focused element, inside open shadow roots too. */
  function deepFocus() {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    return focused;
  }

  ns.pointing = {
    next,
    start: (signal) => {
      window.addEventListener('pointermove', follow, { signal, capture: true, passive: true });
      window.addEventListener('keydown', (event) => {
        if (!event.isTrusted || event.key !== 'Escape') return;
        isOurs = Boolean(cardFrame.shown);
        if (!isOurs) return;
        keep(event);
        cardFrame.close(true);
      }, { signal, capture: true });
      window.addEventListener('keyup', (event) => {
        if (!event.isTrusted || event.key !== 'Escape' || !isOurs) return;
        isOurs = false;
        keep(event);
      }, { signal, capture: true });
      window.addEventListener('pointerdown', (event) => {
        if (event.isTrusted && !cardFrame.contains(event)) cardFrame.close(false);
      }, { signal, capture: true, passive: true });
    },
  };
})();
