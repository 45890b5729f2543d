// Tells when an element has moved, changed its size or gone, without asking on every frame.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.placeWatch) return;

  /**
   * Call *moved* whenever *element* may lie elsewhere on the screen, until *signal* aborts.
   * @param {HTMLElement} element
   * @param {() => void} moved
   * @param {AbortSignal} signal
   */
  ns.placeWatch = (element, moved, signal) => {
    const passive = { signal, capture: true, passive: true };
    // A scroll inside a shadow root does not reach the window.
    for (const target of [window, element.getRootNode(), element]) target.addEventListener('scroll', moved, passive);
    window.addEventListener('resize', moved, passive);
    document.fonts.addEventListener('loadingdone', moved, { signal });

    watchResolution(moved, signal);

    // Becoming hidden or being taken out of the page is a change of size to nothing.
    const size = new ResizeObserver(moved);
    size.observe(element);
    signal.addEventListener('abort', () => size.disconnect());
    watchShift(element, moved, signal);
  };

  /**
   * Another zoom, or another screen for the window, rounds borders to other pixels, and may do so after the window's new size was told of.
   * @param {() => void} moved
   * @param {AbortSignal} signal
   */
  function watchResolution(moved, signal) {
    if (signal.aborted) return;
    matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`).addEventListener('change', () => {
      moved();
      watchResolution(moved, signal);
    }, { signal, once: true });
  }

  /**
   * Notice moves that no event tells of (something above the element grew): a box drawn exactly around the element as the
   * root of an IntersectionObserver, whose ratio falls as soon as the element leaves it.
   * @param {HTMLElement} element
   * @param {() => void} moved
   * @param {AbortSignal} signal
   */
  function watchShift(element, moved, signal) {
    /** @type {IntersectionObserver | null} */
    let observer = null;

    const observe = (threshold = 1) => {
      observer?.disconnect();
      if (signal.aborted) return;
      const box = element.getBoundingClientRect();
      const view = document.documentElement;
      if (!box.width || !box.height) return;
      const margins = [box.top, view.clientWidth - box.right, view.clientHeight - box.bottom, box.left];
      let first = true;
      observer = new IntersectionObserver((entries) => {
        const ratio = entries.at(-1)?.intersectionRatio ?? 0;
        if (first) {
          first = false;
          // Fractions of a pixel and clipping keep the ratio under 1 from the start: then that ratio is "not moved".
          if (ratio !== threshold && ratio > 0 && ratio < 1) observe(ratio);
          return;
        }
        moved();
        observe();
      }, { rootMargin: margins.map((px) => `${-Math.floor(px)}px`).join(' '), threshold: Math.min(1, Math.max(1e-6, threshold)) });
      observer.observe(element);
    };

    observe();
    // Moves that were told of in other ways need a new box.
    const again = new ResizeObserver(() => observe());
    again.observe(element);
    for (const target of [window, element.getRootNode()]) {
      target.addEventListener('scroll', () => observe(), { signal, capture: true, passive: true });
    }
    window.addEventListener('resize', () => observe(), { signal, passive: true });
    signal.addEventListener('abort', () => {
      observer?.disconnect();
      again.disconnect();
    });
  }
})();
