// Which editor is being written in, and to whom.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.surfaces) return;

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
   * Who the message goes to. Several names that disagree, or none, are null: unknown is never guessed.
   * @param {HTMLElement} element
   * @param {Surface} surface
   * @returns {Recipient | null}
   */
  function recipient(element, surface) {
    const pane = element.closest(surface.pane);
    if (!pane) return null;
    const names = new Set([...visibleTexts(pane, surface.name), ...labelNames(pane, surface.label)]);
    const [name] = names;
    if (!name || names.size > 1) return null;
    return { name, profile: profilePath(pane, surface.profile) };
  }

  /** @param {Element} pane @param {string[]} selectors */
  function visibleTexts(pane, selectors) {
    return selectors
      .flatMap((selector) => [...pane.querySelectorAll(selector)])
      .filter(isVisible)
      .map((found) => tidy(found instanceof HTMLElement ? found.innerText : ''))
      .filter(Boolean);
  }

  /** The name in a label such as "Invite Ada Byron to connect". @param {Element} pane @param {string[]} templates */
  function labelNames(pane, templates) {
    const labels = [pane, ...pane.querySelectorAll('h2, [aria-label]')].filter(isVisible).flatMap((found) => [
      tidy(found.getAttribute('aria-label') ?? ''),
      tidy(found instanceof HTMLHeadingElement ? found.innerText : ''),
    ]);
    return labels.flatMap((label) => templates.flatMap((template) => {
      const [before = '', after = ''] = template.split('{name}');
      const fits = label.startsWith(before) && label.endsWith(after) && label.length > before.length + after.length;
      return fits ? [tidy(label.slice(before.length, label.length - after.length))] : [];
    }));
  }

  /** @param {Element} pane @param {string[]} selectors */
  function profilePath(pane, selectors) {
    const paths = new Set(selectors
      .flatMap((selector) => [...pane.querySelectorAll(selector)])
      .filter(isVisible)
      .flatMap((link) => (link instanceof HTMLAnchorElement ? [link.pathname] : [])));
    const [path] = paths;
    return path && paths.size === 1 ? path : null;
  }

  /** @param {Element} element */
  function isVisible(element) {
    return element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      !element.closest('[aria-hidden=true]') && element.getClientRects().length > 0;
  }

  /** @param {string} text */
  const tidy = (text) => text.replace(/\s+/gu, ' ').trim();

  ns.surfaces = { find, recipient };
})();
