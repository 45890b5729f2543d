// Underlines in a textarea, which highlights cannot reach: an invisible copy of its text laid exactly over it.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.fieldEditor) return;
  const { caret, drawnScale, mirrorWords, overlay, placeWatch, underlineStyle } = coltiva;

  // Everything that decides where a glyph lands; one that is missing makes the underline drift.
  const COPIED = /** @type {const} */ ([
    'direction', 'unicode-bidi', 'writing-mode', 'text-orientation',
    'padding-top', 'padding-right', 'padding-bottom', 'padding-left',
    'font-family', 'font-size', 'font-style', 'font-weight', 'font-stretch', 'font-size-adjust', 'font-variant-alternates',
    'font-variant-caps', 'font-variant-east-asian', 'font-variant-ligatures', 'font-variant-numeric', 'font-variant-position',
    'font-kerning', 'font-feature-settings', 'font-variation-settings', 'font-optical-sizing', 'font-synthesis', 'text-rendering',
    'letter-spacing', 'word-spacing', 'line-height', 'tab-size', 'text-align', 'text-align-last', 'text-indent', 'text-transform',
    'text-wrap-mode', 'text-wrap-style', 'word-break', 'overflow-wrap', 'line-break', 'hyphens',
    'text-spacing-trim', 'text-autospace',
    // Chromium keeps fonts by language: one that it made for another screen may lie a pixel higher or lower.
    '-webkit-locale',
  ]);
  const CSS_TEXT = `
    .clip { position: absolute; inset: 0 auto auto 0; overflow: hidden; pointer-events: none; transform-origin: 0 0; contain: strict; }
    .copy { position: absolute; box-sizing: border-box; color: transparent; user-select: none; forced-color-adjust: none; }
    .copy > div { unicode-bidi: inherit; }
    .copy > div + div { text-indent: 0; }
    .hanging .words { white-space-collapse: collapse; }
    ${underlineStyle.sheet((severity) => `.${severity}`, 'background-color: transparent;')}`;

  /**
   * @typedef {{ over: Overlay, clip: HTMLElement, copy: HTMLElement, words: MirrorWords, isByLines: boolean, watch: AbortController }} Mirror
   */

  const isFirefox = CSS.supports('-moz-appearance', 'none');

  /**
   * What becomes of blanks in a field: whatever its style says, Firefox keeps them all. Lines are kept in every browser.
   * @param {CSSStyleDeclaration} style
   */
  function blanks(style) {
    const said = style.getPropertyValue('white-space-collapse');
    return isFirefox && said !== 'break-spaces' ? 'preserve' : said;
  }

  /** Whether the field's lines can be blocks of their own without looking different. @param {CSSStyleDeclaration} style */
  const isByLines = (style) => !/hanging|each-line/u.test(style.textIndent);

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
    /** @type {readonly Mark[]} */
    let drawn = [];
    let nextFrame = 0;

    const clear = () => {
      cancelAnimationFrame(nextFrame);
      nextFrame = 0;
      mirror?.watch.abort();
      mirror?.over.remove();
      mirror = null;
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
      mirror = { over, clip, copy, words: mirrorWords(copy), isByLines: isByLines(getComputedStyle(element)), watch: new AbortController() };
      placeWatch(element, place, mirror.watch.signal);
      return mirror;
    };

    const place = () => {
      if (!mirror) return;
      if (!element.isConnected || !element.checkVisibility({ visibilityProperty: true })) return clear();
      const style = getComputedStyle(element);
      if (mirror.isByLines !== isByLines(style)) {
        mirror.isByLines = !mirror.isByLines;
        mirror.words.write(element.value, drawn, mirror.isByLines);
      }
      align(element, style, mirror);
    };

    // Where things lie is asked once in a frame, when the browser lays the page out anyway: no key has to wait for that.
    const placeSoon = () => {
      nextFrame ||= requestAnimationFrame(() => {
        nextFrame = 0;
        place();
      });
    };

    return {
      id,
      element,
      read: () => element.value,
      draw: (marks) => {
        drawn = marks;
        if (!marks.length) return clear();
        const isNew = !mirror;
        const { words, isByLines } = mirror ?? open();
        words.write(element.value, marks, isByLines);
        if (isNew) place();
        else placeSoon();
      },
      boxes: (mark) => {
        if (!mirror) return [];
        const view = mirror.clip.getBoundingClientRect();
        return mirror.words.spans(mark).flatMap((span) => [...span.getClientRects()]).filter((r) => r.bottom > view.top && r.top < view.bottom);
      },
      caret: () => (caret.focused() === element && element.selectionStart === element.selectionEnd ? element.selectionEnd : null),
      select: (start, end) => {
        element.setSelectionRange(start, end);
        return true;
      },
    };
  };

  /**
   * Lay the mirror's clip over the field's inner box and give its copy the field's letter forms and scroll position.
   * @param {HTMLTextAreaElement | HTMLInputElement} field
   * @param {CSSStyleDeclaration} style  as computed for the field
   * @param {Mirror} mirror
   */
  function align(field, style, { over, clip, copy }) {
    for (const property of COPIED) copy.style.setProperty(property, style.getPropertyValue(property));
    const kept = blanks(style);
    copy.style.setProperty('white-space-collapse', kept);
    // Else blanks at the end of a line take up room or are gone already; with words at both edges Firefox would space them otherwise.
    copy.classList.toggle('hanging', kept === 'preserve' && !(isFirefox && style.textAlign === 'justify'));
    const outer = field.getBoundingClientRect();
    const { zoom, matrix, width: whole, height } = drawnScale(field);
    const border = parseFloat(style.borderLeftWidth);
    const borders = border + parseFloat(style.borderRightWidth);
    // The box as drawn, less borders and what scrollbars and their gutters take.
    const scrollbars = Math.max(0, Math.round(field.offsetWidth - field.clientWidth - borders));
    const width = whole - borders - scrollbars;
    const left = border + Math.max(0, Math.round(field.clientLeft - border));
    // Whatever turns or stretches a box, its middle stays the middle of the box around it.
    const fromMiddle = { x: (left - whole / 2) * zoom, y: (parseFloat(style.borderTopWidth) - height / 2) * zoom };
    const corner = matrix.transformPoint(fromMiddle);
    const under = over.at(outer.left + outer.width / 2 + corner.x, outer.top + outer.height / 2 + corner.y);
    clip.style.zoom = `${zoom}`;
    const own = under.inverse().multiply(matrix);
    clip.style.transform = own.isIdentity ? '' : `${own}`;
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
