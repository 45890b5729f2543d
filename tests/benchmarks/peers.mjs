// Lints the messages from standard input with one peer and prints milliseconds a message, warm.
import { readFileSync } from 'node:fs';

const [, , peer] = process.argv;
/** @type {{warm: string[], unseen: string[]}} */
const input = JSON.parse(readFileSync(0, 'utf8'));

/** @returns {Promise<(text: string) => unknown>} */
async function linter() {
  if (peer === 'write-good') {
    const { default: writeGood } = await import('write-good');
    return (text) => writeGood(text);
  }
  const harper = await import('harper.js');
  const { binary } = await import('harper.js/binary');
  const one = new harper.LocalLinter({ binary });
  await one.setup();
  return (text) => one.lint(text);
}

const lint = await linter();
for (const text of input.warm) await lint(text);
const times = [];
for (const text of input.unseen) {
  const start = performance.now();
  await lint(text);
  times.push(performance.now() - start);
}
console.log(JSON.stringify(times));
