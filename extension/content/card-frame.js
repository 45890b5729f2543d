// The card by an underline: an extension page in a frame, whose words the page around it cannot read.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.cardFrame) return;
  const { cardPlace, overlay, placeWatch } = coltiva;

  // A key that is under way to a card must still arrive there: the browser waits for its answer.
  const LINGER_MS = 300;
  const CSS_TEXT = `iframe { position: absolute; inset: 0 auto auto 0; width: 340px; border: 0; border-radius: 12px; background: transparent;
    color-scheme: light dark; box-shadow: 0 0 0 1px light-dark(#ddd6c4, #3a4033), 0 1px 3px rgb(0 0 0 / 18%), 0 10px 30px rgb(0 0 0 / 22%); max-width: calc(100vw - 16px); }`;

  /** @type {{ over: Overlay, frame: HTMLIFrameElement, session: EditorSession, mark: Mark, watch: AbortController, height: number, side: CardSide | null,
   *   lines: readonly DOMRect[], isHeld: boolean } | null} */
  let card = null;

  /**
   * Show what there is to say about a mark; where a card is open it gives way.
   * @param {EditorSession} session
   * @param {Mark} mark
   * @param {boolean} takeFocus
   */
  async function open(session, mark, takeFocus) {
    const message = { type: 'open-card', editor: session.editor.id, finding: mark.id, takeFocus };
    /** @type {{ open: boolean } | undefined} */
    const answer = await chrome.runtime.sendMessage(message).catch(() => undefined);
    if (!answer?.open || !session.editor.boxes(mark).length) return;
    close(false);
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

  /** @param {{ frame: HTMLIFrameElement }} open */
  const hasFocus = ({ frame }) => /** @type {ShadowRoot} */ (frame.getRootNode()).activeElement === frame;

  /** @param {boolean} giveFocusBack  a card that has the focus itself always gives it back */
  function close(giveFocusBack) {
    if (!card) return;
    const { over, session, watch } = card;
    const hadFocus = hasFocus(card);
    card = null;
    watch.abort();
    over.layer.style.visibility = 'hidden';
    over.layer.style.pointerEvents = 'none';
    if (giveFocusBack || hadFocus) session.editor.element.focus();
    setTimeout(over.remove, LINGER_MS);
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
        if (isDone) close(false);
        else if (hadFocus) held.frame.focus();
      };
    },
    contains: (event) => card?.over.contains(event) ?? false,
    get shown() {
      return card?.mark ?? null;
    },
    resize: (height) => {
      if (!card) return;
      card.height = height;
      place();
    },
  };
})();
