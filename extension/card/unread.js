// The card at a message that could not be checked: what is amiss, and what to do.
import { button, element, say, send, write, writeCommands } from '../pages/dom.js';
import { stateName } from '../pages/states.js';

/** What asking again cannot change. */
const HOPELESS = ['too_long', 'refused'];

/**
 * @param {UnreadView} view
 * @param {{ announce: (text: string) => void, close: (outcome: string) => void }} card
 */
export function showUnread({ problem, frame, editor }, { announce, close }) {
  /** @param {Problem} told */
  const tell = ({ code, title }) => {
    write('title', stateName(code));
    writeCommands('why', title);
  };
  let { code: before } = problem;
  const retry = async () => {
    const state = await send('server-state', {});
    if ('problem' in state) {
      const { code } = state.problem;
      tell(state.problem);
      announce(code === before ? say('stateSame') : stateName(code));
      before = code;
      return;
    }
    await send('ask-again', { frame, editor });
    close(say('stateReady', state.version));
  };
  write('severity', HOPELESS.includes(problem.code) ? '' : say('verdict_unread'));
  element('card').dataset.tone = 'warning';
  tell(problem);
  for (const part of ['stages', 'who']) element(part).hidden = true;
  const pair = button(say('pairNow'), () => void chrome.runtime.openOptionsPage(), 'main');
  element('acts').replaceChildren(...(problem.code === 'not_paired' ? [pair] : []), ...(HOPELESS.includes(problem.code) ? [] : [button(say('popupRetry'), () => void retry())]));
}
