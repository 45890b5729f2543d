// The card by an underline: an extension page in a frame, whose words the page around it cannot read.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.cardFrame) return;
  const { cardPlace, overlay, placeWatch } = coltiva;

  // A key that is under way to a card must still arrive there: the browser waits for its answer.
  const LINGER_MS = 300;
  // What the card says of an act is said after it has closed, in its own document. Every card leaves its empty place so late, lest the page
  // learn which of them spoke.
  const SAID_MS = 5000;
  const RELOAD = chrome.i18n.getMessage('reloadPage');
  const CSS_TEXT = `p { margin: 0; padding: 8px 12px; width: max-content; max-width: 300px; font: 14px/1.4 system-ui, sans-serif; border-radius: 8px;
    color-scheme: light dark; color: light-dark(#22261d, #eceee6); background: light-dark(#fffdf6, #262b22); box-shadow: 0 0 0 1px light-dark(#ddd6c4, #3a4033), 0 6px 20px rgb(0 0 0 / 22%); }
    iframe { position: absolute; inset: 0 auto auto 0; width: 340px; border: 0; border-radius: 12px; background: transparent;
    color-scheme: light dark; box-shadow: 0 0 0 1px light-dark(#ddd6c4, #3a4033), 0 1px 3px rgb(0 0 0 / 18%), 0 10px 30px rgb(0 0 0 / 22%); max-width: calc(100vw - 16px); }`;

  /**
   * @typedef {{ over: Overlay, frame: HTMLIFrameElement, session: EditorSession, mark: Mark, watch: AbortController, height: number, side: CardSide | null,
   *   lines: readonly DOMRect[], isHeld: boolean }} Card
   */
  /** @type {Card | null} */
  let card = null;
  /** The card that was closed last, seen no more. @type {{ over: Overlay, frame: HTMLIFrameElement, session: EditorSession, timer: number } | null} */
  let leaving = null;

  /**
   * Show what there is to say about a mark; where a card is open it gives way.
   * @param {EditorSession} session
   * @param {Mark} mark
   * @param {boolean} takeFocus
   */
  async function open(session, mark, takeFocus) {
    if (chrome.runtime?.id === undefined) return reloadNote(session, mark);
    const message = { type: 'open-card', editor: session.editor.id, finding: mark.id, takeFocus };
    /** @type {{ open: boolean } | undefined} */
    const answer = await chrome.runtime.sendMessage(message).catch(() => undefined);
    if (!answer?.open || !session.editor.boxes(mark).length) return;
    close(false);
    leaving?.over.remove();
    leaving = null;
    const over = overlay(session.editor.element, CSS_TEXT);
    const frame = document.createElement('iframe');
    frame.src = chrome.runtime.getURL('card/card.html');
    frame.title = 'Coltiva';
    // Unseen until the card has told its height, so that nothing jumps.
    frame.style.height = '0';
    over.layer.append(frame);
    card = { over, frame, session, mark, watch: new AbortController(), height: 0, side: null, lines: session.editor.boxes(mark), isHeld: false };
    placeWatch(session.editor.element, place, card.watch.signal);
    if (takeFocus) frame.focus();
  }

  /**
   * Say that the page has to be loaded again: the extension was renewed under it, and no page of it can be shown here any more.
   * @param {EditorSession} session
   * @param {Mark} mark
   */
  function reloadNote(session, mark) {
    const [words] = session.editor.boxes(mark);
    if (!words) return;
    const over = overlay(session.editor.element, CSS_TEXT);
    const note = document.createElement('p');
    note.setAttribute('role', 'status');
    note.textContent = RELOAD;
    over.layer.append(note);
    over.at(words.left, words.bottom + 6);
    setTimeout(over.remove, SAID_MS);
  }

  /** @param {{ frame: HTMLIFrameElement }} open */
  const hasFocus = ({ frame }) => /** @type {ShadowRoot} */ (frame.getRootNode()).activeElement === frame;

  /** @param {boolean} giveFocusBack  a card that has the focus itself always gives it back @param {boolean} [says] */
  function close(giveFocusBack, says = false) {
    if (card) hide(card, giveFocusBack);
    // The browser may tell only now that a click gave the focus to a card that has gone since.
    else if (giveFocusBack && leaving && hasFocus(leaving)) leaving.session.editor.element.focus();
    if (says) clearTimeout(leaving?.timer);
  }

  /** @param {Card} open @param {boolean} giveFocusBack */
  function hide(open, giveFocusBack) {
    const { over, frame, session, watch } = open;
    const hadFocus = hasFocus(open);
    card = null;
    watch.abort();
    // Not "hidden": what is said in there would be hidden from screen readers too.
    over.layer.style.opacity = '0';
    over.layer.style.pointerEvents = 'none';
    if (giveFocusBack || hadFocus) session.editor.element.focus();
    leaving = { over, frame, session, timer: window.setTimeout(() => frame.remove(), LINGER_MS) };
    setTimeout(over.remove, SAID_MS);
  }

  /** The size of the window without its scrollbars, which would lie over the card. */
  function view() {
    const { width, height, scale } = window.visualViewport ?? { width: window.innerWidth, height: window.innerHeight, scale: 1 };
    return { width: width * scale, height: height * scale };
  }

  /** Put the card by its words, and give it the height that there is for it there; what does not fit scrolls. */
  function place() {
    if (!card) return;
    const lines = card.session.editor.boxes(card.mark);
    if (lines.length) card.lines = lines;
    // A change that went wrong may have left nothing of the words; then the card stays where they were, to say so.
    else if (!card.isHeld || !card.session.editor.element.isConnected) return close(false);
    const { side, left, top, height } = cardPlace(card.lines, card.height, view(), card.side);
    // Before it has told its height there is nothing to see, and no side to stay on.
    card.side = card.height ? side : null;
    card.frame.style.height = `${height}px`;
    card.over.at(left, top);
  }

  ns.cardFrame = {
    open,
    close,
    hold: () => {
      const held = card;
      if (!held) return () => {};
      held.isHeld = true;
      const hadFocus = hasFocus(held);
      return (isDone) => {
        if (card !== held) return;
        if (isDone) close(true, true);
        else if (hadFocus) held.frame.focus();
      };
    },
    contains: (event) => card?.over.contains(event) ?? false,
    get shown() {
      return card?.mark ?? null;
    },
    get hasFocus() {
      return card !== null && hasFocus(card);
    },
    resize: (height) => {
      if (!card) return;
      card.height = height;
      place();
    },
  };
})();
