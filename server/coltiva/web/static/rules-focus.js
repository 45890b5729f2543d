// @ts-check
// Where the keyboard goes on when what had the focus is gone: saved, taken back, discarded, closed.
import { element } from './page.js';

/** What is left between the ring around the focus and the effect. */
const MARGIN = 12;

/** Whether the focus fell to the page because its element went or was hidden. */
export function isLost() {
  const now = document.activeElement;
  return !now || now === document.body || (now instanceof HTMLElement && !now.checkVisibility());
}

/** Go on at what the page shows: the rule that is open, else the part. */
export function focusShown() {
  const title = element('rule-title');
  const part = /** @type {HTMLElement | null} */ (document.querySelector('[data-part][aria-current]'));
  (title.checkVisibility() ? title : part)?.focus({ preventScroll: true });
}

/** Go on at the note of what was done, where its way back is; elsewhere the user may have gone on already. */
export function focusDone() {
  if (!isLost()) return;
  const undo = element('undo');
  (undo.hidden ? element('done-close') : undo).focus();
}

/** Remember what was changed last, such as a phrase or a value, so that it stays in sight. @param {Element} changed */
export function markLatest(changed) {
  for (const one of document.querySelectorAll('[data-latest]')) one.removeAttribute('data-latest');
  changed.toggleAttribute('data-latest', true);
}

/** What has the focus, and what was changed last, is never hidden behind the effect, which stays at the bottom. */
export function keepFocusInSight() {
  const effect = element('effect');
  const uncover = () => {
    const now = document.activeElement ?? document.body;
    if (effect.hidden || effect.contains(now)) return;
    const top = effect.getBoundingClientRect().top;
    const kept = [...(now === document.body ? [] : [now]), ...document.querySelectorAll('[data-latest]')].map((one) => one.getBoundingClientRect())
      // What the user has scrolled away from stays away.
      .filter((box) => box.top < window.innerHeight && box.bottom > 0);
    const covered = Math.max(0, ...kept.map((box) => box.bottom + MARGIN - top));
    if (covered > 0) window.scrollBy({ top: covered, behavior: 'instant' });
  };
  new ResizeObserver(() => {
    document.documentElement.style.setProperty('--effect-height', `${effect.offsetHeight}px`);
    uncover();
  }).observe(effect);
  element('part-list').addEventListener('focusin', uncover);
  element('part-values').addEventListener('focusin', uncover);
}
