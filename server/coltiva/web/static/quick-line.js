// @ts-check
// The line that says what happened; where a day in it may be two days, the page asks which one.
import { CallError } from './contacts-api.js';
import { dayText, element, field, make, text, write } from './page.js';

/**
 * @param {(line: string) => Promise<void>} record  sends the line; what it throws besides the question is the caller's
 * @param {(work: () => Promise<void>) => Promise<void>} trying  says what went wrong
 */
export function startQuickLine(record, trying) {
  const line = field('line');

  const send = async () => {
    const typed = line.value.trim();
    if (!typed) return;
    ask('', []);
    try {
      await record(typed);
    } catch (error) {
      if (!(error instanceof CallError) || error.details.code !== 'ambiguous_day') throw error;
      ask(error.details.said, error.details.days);
      return;
    }
    if (line.value.trim() === typed) line.value = ''; // what was typed meanwhile stays
  };

  /** @param {string} said @param {string[]} days  none hides the question */
  const ask = (said, days) => {
    element('which-day').hidden = days.length === 0;
    write('which-day-said', days.length ? text('detail', 'which_day', { said }) : '');
    element('which-day-choices').replaceChildren(...days.map((day) => {
      const button = make('button', dayText(day));
      button.type = 'button';
      button.addEventListener('click', () => {
        line.value = line.value.replace(said, day);
        line.focus();
        void trying(send);
      });
      return button;
    }));
  };

  line.addEventListener('input', () => ask('', []));
  element('line-form').addEventListener('submit', (event) => {
    event.preventDefault();
    void trying(send);
  });
}
