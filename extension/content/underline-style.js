// How an underline looks: the shape tells the severity as well as the colour does.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.underlineStyle) return;

  // Each colour stands out 3:1 against white and against dark page grounds alike; the tint leaves text contrast as it is.
  // No wavy line: that is the browser's own mark for spelling.
  const LOOKS = {
    error: { line: 'solid 2px', colour: '#d9412f', tint: 'rgb(217 65 47 / 9%)' },
    warning: { line: 'dashed 2px', colour: '#b7791f', tint: 'rgb(183 121 31 / 8%)' },
    unread: { line: 'double 1px', colour: '#7b8087', tint: 'transparent' },
    info: { line: 'dotted 2px', colour: '#3b82c4', tint: 'transparent' },
  };
  /** @type {readonly MarkLook[]} */
  const severities = ['unread', 'info', 'warning', 'error'];

  ns.underlineStyle = {
    severities,
    /** Rules that `::highlight()` and a plain element both take; in forced colours the shape alone tells, on *ground*. */
    sheet: (selectorOf, ground) => [
      ...severities.map((severity) => {
        const { line, colour, tint } = LOOKS[severity];
        return `${selectorOf(severity)} { text-decoration: underline ${line} ${colour}; text-underline-offset: 3px;
          text-decoration-skip-ink: none; background-color: ${tint}; }`;
      }),
      `@media (forced-colors: active) { ${severities.map((severity) =>
        `${selectorOf(severity)} { text-decoration-color: Highlight; ${ground} }`).join(' ')} }`,
    ].join('\n'),
  };
})();
