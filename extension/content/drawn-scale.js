// How an element is drawn: zoom makes its letters anew in another size, transforms stretch, slant and turn what has been laid out.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.drawnScale) return;

  // The element's own sizes are whole numbers: a difference that rounding makes is no stretching.
  const ROUNDING_PX = 0.5;
  // The sine of an angle that nobody sees along a line of text.
  const SLIGHT = 0.001;

  /** @param {number} drawn @param {number} laidOut */
  const times = (drawn, laidOut) => (!laidOut || Math.abs(drawn - laidOut) <= ROUNDING_PX ? 1 : drawn / laidOut);

  /** @param {Element} element @returns {Element | null} */
  function around(element) {
    const root = element.getRootNode();
    return element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  }

  /** What a style does to directions, or nothing; what it does in the third dimension is left out. @param {CSSStyleDeclaration} style */
  function ownMatrix({ transform, rotate, scale }) {
    if (transform === 'none' && rotate === 'none' && scale === 'none') return null;
    const matrix = new DOMMatrix(transform === 'none' ? '' : transform);
    if (scale !== 'none') matrix.preMultiplySelf(new DOMMatrix(`scale(${scale.split(' ').slice(0, 2).join()})`));
    if (/^\S+$/u.test(rotate) && rotate !== 'none') matrix.preMultiplySelf(new DOMMatrix(`rotate(${rotate})`));
    return matrix;
  }

  /** The directions of an element that is turned, slanted or mirrored; null for one that stands upright. @param {Element} element */
  function turned(element) {
    const whole = new DOMMatrix();
    for (let one = /** @type {Element | null} */ (element); one; one = around(one)) {
      const own = ownMatrix(getComputedStyle(one));
      if (own) whole.preMultiplySelf(own);
    }
    const { a, b, c, d } = whole;
    const isUpright = Math.abs(b) <= SLIGHT && Math.abs(c) <= SLIGHT && a > 0 && d > 0;
    return isUpright ? null : new DOMMatrix([a, b, c, d, 0, 0]);
  }

  ns.drawnScale = (element) => {
    const zoom = element.currentCSSZoom;
    const { offsetWidth: width, offsetHeight: height } = element;
    const matrix = turned(element);
    if (matrix) return { zoom, matrix, width, height };
    const drawn = element.getBoundingClientRect();
    const [x, y] = [times(drawn.width / zoom, width), times(drawn.height / zoom, height)];
    // Integers hide fractions of a pixel.
    return { zoom, matrix: new DOMMatrix([x, 0, 0, y, 0, 0]), width: drawn.width / zoom / x, height: drawn.height / zoom / y };
  };
})();
