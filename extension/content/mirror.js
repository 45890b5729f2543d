// Underlines in a textarea, which highlights cannot reach: an invisible copy of its text laid exactly over it.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.fieldEditor) return;
  const { caret, overlay, placeWatch, underlineStyle } = coltiva;

  // Everything that decides where a glyph lands; one that is missing makes the underline drift.
  const COPIED = /** @type {const} */ ([
    'direction', 'unicode-bidi', 'writing-mode', 'text-orientation',
    'padding-top', 'padding-right', 'padding-bottom', 'padding-left',
    'font-family', 'font-size', 'font-style', 'font-weight', 'font-stretch', 'font-size-adjust', 'font-variant-alternates',
    'font-variant-caps', 'font-variant-east-asian', 'font-variant-ligatures', 'font-variant-numeric', 'font-variant-position',
    'font-kerning', 'font-feature-settings', 'font-variation-settings', 'font-optical-sizing', 'font-synthesis', 'text-rendering',
    'letter-spacing', 'word-spacing', 'line-height', 'tab-size', 'text-align', 'text-align-last', 'text-indent', 'text-transform',
    'white-space-collapse', 'text-wrap-mode', 'text-wrap-style', 'word-break', 'overflow-wrap', 'line-break', 'hyphens',
    'text-spacing-trim', 'text-autospace',
  ]);
  const CSS_TEXT = `
    .clip { position: absolute; inset: 0 auto auto 0; overflow: hidden; pointer-events: none; transform-origin: 0 0; }
    .copy { position: absolute; box-sizing: border-box; color: transparent; user-select: none; }
    ${underlineStyle.sheet((severity) => `.${severity}`, 'background-color: transparent;')}`;

  /** @typedef {{ over: Overlay, clip: HTMLElement, copy: HTMLElement, watch: AbortController }} Mirror */

  /**
   * A textarea, or a field of one line, as an editor that can be read and drawn on.
   * @param {HTMLTextAreaElement | HTMLInputElement} element
   * @param {string} id
   * @param {AbortSignal} signal
   * @returns {DrawnEditor}
   */
  ns.fieldEditor = (element, id, signal) => {
    /** @type {Mirror | null} */
    let mirror = null;
    /** @type {Map<string, HTMLElement>} */
    const drawn = new Map();

    const clear = () => {
      mirror?.watch.abort();
      mirror?.over.remove();
      mirror = null;
      drawn.clear();
    };
    signal.addEventListener('abort', clear);

    const open = () => {
      const over = overlay(element, CSS_TEXT);
      const clip = box('clip');
      // Found neither by the reader's own search nor by a screen reader: the field itself holds the text.
      clip.inert = true;
      clip.setAttribute('aria-hidden', 'true');
      const copy = box('copy');
      clip.append(copy);
      over.layer.append(clip);
      mirror = { over, clip, copy, watch: new AbortController() };
      placeWatch(element, place, mirror.watch.signal);
      return mirror;
    };

    const place = () => {
      if (!mirror) return;
      if (!element.isConnected || !element.checkVisibility({ visibilityProperty: true })) return clear();
      align(element, mirror);
    };

    return {
      id,
      element,
      read: () => element.value,
      draw: (marks) => {
        drawn.clear();
        if (!marks.length) return clear();
        fill((mirror ?? open()).copy, piecesOf(element.value, marks), drawn);
        place();
      },
      boxes: (mark) => {
        const view = mirror?.clip.getBoundingClientRect();
        return view ? [...(drawn.get(mark.id)?.getClientRects() ?? [])].filter((r) => r.bottom > view.top && r.top < view.bottom) : [];
      },
      caret: () => (caret.focused() === element && element.selectionStart === element.selectionEnd ? element.selectionEnd : null),
      select: (start, end) => {
        element.setSelectionRange(start, end);
        return true;
      },
    };
  };

  /**
   * The text cut at the marks' borders; where marks overlap, the later one starts behind the earlier.
   * @param {string} text
   * @param {readonly Mark[]} marks
   */
  function piecesOf(text, marks) {
    /** @type {{ text: string, mark: Mark | null }[]} */
    const pieces = [];
    let done = 0;
    for (const mark of [...marks].sort((a, b) => a.start - b.start)) {
      const start = Math.max(mark.start, done);
      if (start >= mark.end) continue;
      pieces.push({ text: text.slice(done, start), mark: null }, { text: text.slice(start, mark.end), mark });
      done = mark.end;
    }
    // Without a letter behind it a last line break would open no line.
    return [...pieces, { text: `${text.slice(done)}\u200b`, mark: null }];
  }

  /**
   * Put the pieces into the copy; spans that are the same as before stay, so that only what changed is laid out again.
   * @param {HTMLElement} copy
   * @param {ReturnType<typeof piecesOf>} pieces
   * @param {Map<string, HTMLElement>} drawn
   */
  function fill(copy, pieces, drawn) {
    while (copy.children.length > pieces.length) copy.lastElementChild?.remove();
    pieces.forEach(({ text, mark }, index) => {
      const span = /** @type {HTMLElement} */ (copy.children[index] ?? copy.appendChild(document.createElement('span')));
      if (span.textContent !== text) span.textContent = text;
      const name = mark?.severity ?? '';
      if (span.className !== name) span.className = name;
      if (mark) drawn.set(mark.id, span);
    });
  }

  /**
   * Lay the mirror's clip over the field's inner box and give its copy the field's letter forms and scroll position.
   * @param {HTMLTextAreaElement | HTMLInputElement} field
   * @param {Mirror} mirror
   */
  function align(field, { over, clip, copy }) {
    const style = getComputedStyle(field);
    for (const property of COPIED) copy.style.setProperty(property, style.getPropertyValue(property));
    const outer = field.getBoundingClientRect();
    const scale = field.offsetWidth ? outer.width / field.offsetWidth : 1;
    // Integers hide fractions of a pixel: take the box as drawn, less borders and what the scrollbar takes.
    const borders = parseFloat(style.borderLeftWidth) + parseFloat(style.borderRightWidth);
    const scrollbar = Math.max(0, Math.round(field.offsetWidth - field.clientWidth - borders));
    const width = outer.width / scale - borders - scrollbar;
    const left = style.direction === 'rtl' ? field.clientLeft : parseFloat(style.borderLeftWidth);
    over.at(outer.left + left * scale, outer.top + parseFloat(style.borderTopWidth) * scale);
    clip.style.transform = scale === 1 ? '' : `scale(${scale})`;
    clip.style.width = `${width}px`;
    clip.style.height = `${field.clientHeight}px`;
    copy.style.width = `${width}px`;
    if (field instanceof HTMLInputElement) {
      // A field of one line never wraps and has its text in the middle.
      Object.assign(copy.style, { width: 'max-content', minWidth: `${width}px`, height: `${field.clientHeight}px`, alignContent: 'center', whiteSpace: 'pre' });
    }
    copy.style.left = `${-field.scrollLeft}px`;
    copy.style.top = `${-field.scrollTop}px`;
  }

  /** @param {string} name */
  function box(name) {
    const element = document.createElement('div');
    element.className = name;
    return element;
  }
})();
