// @ts-check
// Until a page's scripts listen, a click on it would go nowhere: so long it takes none. They have all run by this event.
document.addEventListener('DOMContentLoaded', () => {
  for (const main of document.querySelectorAll('main')) main.inert = false;
});
