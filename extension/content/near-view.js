// Which marks of a long message lie near what is seen of it: with each key the browser paints all that are drawn anew, seen or not.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.nearView) return;

  // So few are drawn wherever they lie.
  const FEW = 30;
  // How far beyond the edge still counts, so that whoever scrolls finds the lines drawn; twice that where the window itself scrolls.
  const MARGIN = '25%';

  /** @param {WrittenPlace} place */
  const ends = ({ startContainer, endContainer }) => [startContainer.parentElement, endContainer.parentElement];

  /**
   * @param {() => void} changed  called when other marks have come near
   * @param {AbortSignal} signal
   * @returns {(places: readonly WrittenPlace[]) => (place: WrittenPlace) => boolean}
   */
  ns.nearView = (changed, signal) => {
    /** The elements that hold the marks, and whether they are near; an element that is not known yet counts as near. @type {Map<Element, boolean>} */
    const holders = new Map();
    const observer = new IntersectionObserver((entries) => {
      const told = entries.filter(({ target, isIntersecting }) => holders.has(target) && holders.get(target) !== isIntersecting);
      for (const { target, isIntersecting } of told) holders.set(target, isIntersecting);
      if (told.length) changed();
    }, /** @type {IntersectionObserverInit} */ ({ rootMargin: MARGIN, scrollMargin: MARGIN }));
    signal.addEventListener('abort', () => observer.disconnect());

    /** @param {ReadonlySet<Element | null>} wanted */
    const watch = (wanted) => {
      for (const element of holders.keys()) {
        if (wanted.has(element)) continue;
        observer.unobserve(element);
        holders.delete(element);
      }
      for (const element of wanted) {
        if (!element || holders.has(element)) continue;
        holders.set(element, true);
        observer.observe(element);
      }
    };

    return (places) => {
      watch(new Set(places.length > FEW ? places.flatMap(ends) : []));
      return (place) => {
        const [first, last] = ends(place);
        // What begins in one element and ends in another may be seen in between.
        return first !== last || !first || (holders.get(first) ?? true);
      };
    };
  };
})();
