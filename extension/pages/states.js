// What the state is called in which nothing can be checked.
import { say } from './dom.js';

/** Another program in the server's place is none of the names. */
const NAMES = { away: 'stateAway', not_paired: 'stateUnpaired', too_long: 'verdict_unread', refused: 'verdict_unread' };

/** @param {string | undefined} code  of the problem */
export const stateName = (code) => say(NAMES[/** @type {keyof typeof NAMES} */ (code)] ?? 'stateAmiss');
