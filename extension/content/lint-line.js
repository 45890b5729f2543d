// An open line to the background for the question that comes with every key: opening one anew takes as long as all else together.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.lintLine) return;

  // Longer than the background takes to give the server up for each way in which it asks.
  const PATIENCE_MS = 60_000;
  const LOOK_MS = 1000;

  /** @typedef {{ resolve: (answer: LintAnswer) => void, reject: (reason: Error) => void, patience: number }} Waiting */

  /** @type {chrome.runtime.Port | null} */
  let line = null;
  let lastNumber = 0;
  /** @type {number | undefined} */
  let orphaned;
  /** Those who wait for an answer on this line, by the number of their question. @type {Map<number, Waiting>} */
  const waiting = new Map();

  function open() {
    const opened = chrome.runtime.connect({ name: 'lint' });
    opened.onMessage.addListener((/** @type {LineAnswer} */ { number, answer }) => {
      const one = taken(number);
      if (answer) one?.resolve(answer);
      else one?.reject(new Error('the background could not answer'));
    });
    // The browser stops a background that has nothing to do, and with it goes the line.
    opened.onDisconnect.addListener(() => {
      if (line === opened) hangUp();
    });
    return opened;
  }

  /** @param {number} number */
  function taken(number) {
    const one = waiting.get(number);
    clearTimeout(one?.patience);
    waiting.delete(number);
    return one;
  }

  function hangUp() {
    const old = line;
    line = null;
    for (const number of [...waiting.keys()]) taken(number)?.reject(new Error('the line was cut'));
    old?.disconnect();
  }

  /** Where the extension is renewed under this page, no line tells that it was cut. */
  function lookForOrphans() {
    if (chrome.runtime?.id === undefined) hangUp();
    if (waiting.size) return;
    clearInterval(orphaned);
    orphaned = undefined;
  }

  /** @param {LintQuestion} question @returns {Promise<LintAnswer>} */
  const send = (question) => new Promise((resolve, reject) => {
    // Where the extension was reloaded under this page, this throws.
    line ??= open();
    const number = lastNumber += 1;
    waiting.set(number, { resolve, reject, patience: window.setTimeout(hangUp, PATIENCE_MS) });
    orphaned ??= window.setInterval(lookForOrphans, LOOK_MS);
    line.postMessage(/** @type {LineQuestion} */ ({ number, question }));
  });

  // A line that was cut on the way is opened once more; the background begins anew for it.
  ns.lintLine = { ask: (question) => send(question).catch(() => send(question)) };
})();
