// Underlines in a textarea, which highlights cannot reach: an invisible copy of its text laid exactly over it.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.fieldEditor) return;
  const { overlay, placeWatch, underlineStyle } = coltiva;

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
    ${underlineStyle.severities.map((severity) => `.${severity} { ${underlineStyle.declarations(severity)} }`).join('\n')}`;

  /**
   * A textarea as an editor that can be read and drawn on.
   * @param {HTMLTextAreaElement} element
   * @param {string} id
   * @param {AbortSignal} signal
   * @returns {DrawnEditor}
   */
  ns.fieldEditor = (element, id, signal) => {
    /** @type {{ over: Overlay, clip: HTMLElement, copy: HTMLElement, watch: AbortController } | null} */
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
        const { copy } = mirror ?? open();
        copy.replaceChildren(...piecesOf(element.value, marks, drawn));
        place();
      },
      boxes: (mark) => {
        const view = mirror?.clip.getBoundingClientRect();
        return view ? [...(drawn.get(mark.id)?.getClientRects() ?? [])].filter((r) => r.bottom > view.top && r.top < view.bottom) : [];
      },
    };
  };

  /**
   * Lay the mirror's clip over the field's inner box and give its copy the field's letter forms and scroll position.
   * @param {HTMLTextAreaElement} field
   * @param {{ over: Overlay, clip: HTMLElement, copy: HTMLElement }} mirror
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
    copy.style.left = `${-field.scrollLeft}px`;
    copy.style.top = `${-field.scrollTop}px`;
  }

  /**
   * The text cut at the marks' borders; where marks overlap, the later one starts behind the earlier.
   * @param {string} text
   * @param {readonly Mark[]} marks
   * @param {Map<string, HTMLElement>} drawn
   */
  function piecesOf(text, marks, drawn) {
    /** @type {(string | HTMLElement)[]} */
    const pieces = [];
    let done = 0;
    for (const mark of [...marks].sort((a, b) => a.start - b.start)) {
      const start = Math.max(mark.start, done);
      if (start >= mark.end) continue;
      const span = document.createElement('span');
      span.className = mark.severity;
      span.textContent = text.slice(start, mark.end);
      pieces.push(text.slice(done, start), span);
      drawn.set(mark.id, span);
      done = mark.end;
    }
    return [...pieces, text.slice(done)];
  }

  /** @param {string} name */
  function box(name) {
    const element = document.createElement('div');
    element.className = name;
    return element;
  }
})();
