// How large an element is drawn: zoom makes its letters anew in another size, a transform stretches what has been laid out.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.drawnScale) return;

  // The element's own sizes are whole numbers: a difference that rounding makes is no stretching.
  const ROUNDING_PX = 0.5;

  /** @param {number} drawn @param {number} laidOut */
  const times = (drawn, laidOut) => (!laidOut || Math.abs(drawn - laidOut) <= ROUNDING_PX ? 1 : drawn / laidOut);

  ns.drawnScale = (element) => {
    const { width, height } = element.getBoundingClientRect();
    const zoom = element.currentCSSZoom;
    return { zoom, x: times(width / zoom, element.offsetWidth), y: times(height / zoom, element.offsetHeight) };
  };
})();
