// @ts-check
// The choice of the page's language: kept in a cookie, which the server reads, and shown by loading the page again.
import { element } from './page.js';

const COOKIE = 'coltiva_language';
const YEAR_SECONDS = 365 * 24 * 3600;
const select = /** @type {HTMLSelectElement} */ (element('language'));

select.addEventListener('change', () => {
  document.cookie = `${COOKIE}=${select.value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Strict`;
  // A page that holds something typed keeps it now.
  document.dispatchEvent(new Event('coltiva-language-changing'));
  location.reload();
});
