// A layer over the page: the mirror of a text field lies in one, the card in another.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.overlay) return;
  const { drawnScale } = coltiva;

  /**
   * Where an overlay can be seen and clicked: inside the modal dialog around *near*, for all else is inert meanwhile.
   * @param {Element} near
   * @returns {HTMLElement}
   */
  function mountFor(near) {
    for (let element = near; ;) {
      const modal = element.closest('dialog:modal');
      if (modal instanceof HTMLElement) return modal;
      const root = element.getRootNode();
      if (!(root instanceof ShadowRoot)) return document.documentElement;
      element = root.host;
    }
  }

  ns.overlay = (near, css) => {
    const host = document.createElement('div');
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`:host { all: initial !important; position: fixed !important; inset: 0 auto auto 0 !important;
      width: 0 !important; height: 0 !important; z-index: 2147483647 !important; } ${css}`);
    const shadow = host.attachShadow({ mode: 'closed' });
    shadow.adoptedStyleSheets = [sheet];
    const layer = document.createElement('div');
    layer.style.position = 'absolute';
    shadow.append(layer);
    const mount = mountFor(near);
    mount.append(host);

    return {
      layer,
      contains: (event) => event.composedPath().includes(host),
      at: (left, top) => {
        // An ancestor with a transform is what "fixed" is measured from; usually this is 0, 0, and nothing is stretched.
        const origin = host.getBoundingClientRect();
        const { zoom, matrix } = drawnScale(mount);
        const { x, y } = matrix.inverse().transformPoint({ x: left - origin.left, y: top - origin.top });
        layer.style.zoom = `${1 / zoom}`;
        layer.style.left = `${x}px`;
        layer.style.top = `${y}px`;
        return matrix;
      },
      remove: () => host.remove(),
    };
  };
})();
