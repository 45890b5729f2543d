// How an underline looks: the shape tells the severity as well as the colour does.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.underlineStyle) return;

  // Each colour stands out 3:1 against white and against dark page grounds alike; the tint leaves text contrast as it is.
  // No wavy line: that is the browser's own mark for spelling.
  const LOOKS = {
    error: { line: 'solid 2px #d9412f', tint: 'rgb(217 65 47 / 9%)' },
    warning: { line: 'dashed 2px #b7791f', tint: 'rgb(183 121 31 / 8%)' },
    info: { line: 'dotted 2px #2e8b57', tint: 'transparent' },
  };

  ns.underlineStyle = {
    severities: ['info', 'warning', 'error'],
    /** CSS declarations that `::highlight()` and a plain element both take. */
    declarations: (severity) => {
      const look = LOOKS[severity];
      return `text-decoration: underline ${look.line}; text-underline-offset: 3px; text-decoration-skip-ink: none; ` +
        `background-color: ${look.tint};`;
    },
  };
})();
