// What a person sees of a piece of a page: pages keep copies and old values beside what they show.
// The piece may be another frame's, whose elements are of that frame's own classes, so none is asked for here.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.visibleText) return;

  const TINY_PX = 2;

  /** @param {string} text */
  const tidy = (text) => text.replace(/\s+/gu, ' ').trim();

  /**
   * Whether a person can see *element*; text that is meant for screen readers alone lies in a box of one pixel.
   * @param {Element} element
   */
  function isVisible(element) {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    if (getComputedStyle(element).display === 'contents') return true;
    return [...element.getClientRects()].some(({ width, height }) => width > TINY_PX && height > TINY_PX);
  }

  /** The text in *element* that a person can see, in one line. @param {Element} element */
  function read(element) {
    const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node.nodeType === Node.ELEMENT_NODE && !isVisible(/** @type {Element} */ (node)) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const parts = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) if (node.nodeType === Node.TEXT_NODE) parts.push(node.nodeValue);
    return isVisible(element) ? tidy(parts.join(' ')) : '';
  }

  ns.visibleText = { isVisible, read, tidy };
})();
