// Which editor is being written in: a message on one of the site's surfaces, another editor, or one that should be known.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.surfaces) return;

  const EDITORS = 'textarea, [contenteditable=""], [contenteditable=true], [contenteditable=plaintext-only]';

  /**
   * The editor on an event's path, inside open shadow roots too, where the event's target is only their host.
   * @param {readonly Surface[]} surfaces
   * @param {readonly EventTarget[]} path  innermost first
   */
  function find(surfaces, path) {
    for (const target of path) {
      if (!(target instanceof HTMLElement)) continue;
      const surface = surfaces.find((one) => target.matches(one.editor));
      if (surface) return { element: target, surface };
    }
    return null;
  }

  /**
   * An editor where this site has its messages, that no surface knows: the page has changed under the selectors.
   * @param {Site} site
   * @param {readonly EventTarget[]} path
   * @returns {HTMLElement | null}
   */
  function strange(site, path) {
    const elements = path.filter((target) => target instanceof HTMLElement);
    const editor = elements.find((element) => element.matches(EDITORS));
    if (!editor || elements.some((element) => site.elsewhere?.some((selector) => element.matches(selector)))) return null;
    const isMessaging = site.messaging?.some((place) => place.startsWith('/')
      ? location.pathname.startsWith(place)
      : elements.some((element) => element.matches(place)));
    return isMessaging ? editor : null;
  }

  ns.surfaces = { find, strange };
})();
