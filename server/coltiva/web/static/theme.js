// @ts-check
// Runs before the page is painted, so that a theme chosen earlier never flashes. Without a choice the system's counts.
(() => {
  const CHOICE = 'coltiva-theme';
  const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

  const chosen = () => {
    try {
      return localStorage.getItem(CHOICE);
    } catch {
      return null; // storage may be forbidden; the choice then lasts for this page
    }
  };
  const isDark = () => (document.documentElement.dataset.theme ?? (systemIsDark.matches ? 'dark' : 'light')) === 'dark';

  const theme = chosen();
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;

  document.addEventListener('DOMContentLoaded', () => {
    const { page } = JSON.parse(document.getElementById('texts')?.textContent ?? '{}');
    const label = /** @type {HTMLElement} */ (document.getElementById('theme-label'));
    const name = () => {
      label.textContent = isDark() ? page.to_light : page.to_dark;
    };
    document.getElementById('theme')?.addEventListener('click', () => {
      const next = isDark() ? 'light' : 'dark';
      document.documentElement.dataset.theme = next;
      try {
        localStorage.setItem(CHOICE, next);
      } catch {
        // see above
      }
      name();
    });
    systemIsDark.addEventListener('change', name);
    name();
  });
})();
