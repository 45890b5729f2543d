// The card by an underline: an extension page in a frame, whose words the page around it cannot read.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.cardFrame) return;
  const { overlay, placeWatch } = coltiva;

  const WIDTH_PX = 340;
  const GAP_PX = 6;
  const EDGE_PX = 8;
  // A key that is under way to a card must still arrive there: the browser waits for its answer.
  const LINGER_MS = 300;
  const CSS_TEXT = `iframe { position: absolute; inset: 0 auto auto 0; width: ${WIDTH_PX}px; border: 0; border-radius: 12px; background: transparent;
    color-scheme: light dark; box-shadow: 0 1px 3px rgb(0 0 0 / 18%), 0 10px 30px rgb(0 0 0 / 22%); max-width: calc(100vw - ${2 * EDGE_PX}px); }`;

  /** @type {{ over: Overlay, frame: HTMLIFrameElement, session: EditorSession, mark: Mark, watch: AbortController } | null} */
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
    card = { over, frame, session, mark, watch: new AbortController() };
    placeWatch(session.editor.element, place, card.watch.signal);
    if (takeFocus) frame.focus();
  }

  /** @param {boolean} giveFocusBack  a card that has the focus itself always gives it back */
  function close(giveFocusBack) {
    if (!card) return;
    const { over, frame, session, watch } = card;
    const hasFocus = /** @type {ShadowRoot} */ (frame.getRootNode()).activeElement === frame;
    card = null;
    watch.abort();
    over.layer.style.visibility = 'hidden';
    over.layer.style.pointerEvents = 'none';
    if (giveFocusBack || hasFocus) session.editor.element.focus();
    setTimeout(over.remove, LINGER_MS);
  }

  /** Put the card under its words, or over them where there is no room below. */
  function place() {
    if (!card) return;
    const [box] = card.session.editor.boxes(card.mark);
    if (!box) return close(false);
    const width = Math.min(WIDTH_PX, window.innerWidth - 2 * EDGE_PX);
    const height = card.frame.offsetHeight;
    const left = Math.max(EDGE_PX, Math.min(box.left, window.innerWidth - width - EDGE_PX));
    const isRoomBelow = box.bottom + GAP_PX + height <= window.innerHeight - EDGE_PX;
    const top = isRoomBelow ? box.bottom + GAP_PX : Math.max(EDGE_PX, box.top - GAP_PX - height);
    card.over.at(left, top);
  }

  ns.cardFrame = {
    open,
    close,
    contains: (event) => card?.over.contains(event) ?? false,
    get shown() {
      return card?.mark ?? null;
    },
    resize: (height) => {
      if (!card) return;
      // A card that is higher than the window scrolls.
      card.frame.style.height = `${Math.min(height, window.innerHeight - 2 * EDGE_PX)}px`;
      place();
    },
  };
})();
