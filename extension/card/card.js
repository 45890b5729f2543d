// Fills the card with what the background knows of one finding. All text is set as text.

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @param {string} name @param {string} [value] */
const say = (name, value) => chrome.i18n.getMessage(name, value);

/** @param {CardView} view */
function fill({ finding, relationship, recipient }) {
  const card = element('card');
  card.dataset.severity = finding.severity;
  element('severity').textContent = say(finding.category === 'ask' ? `severity_${finding.severity}` : `severity_signal_${finding.severity}`);
  element('title').textContent = finding.title;
  element('why').textContent = finding.why;
  element('stages').hidden = finding.needs === null;
  element('needed-label').textContent = say('cardNeeded');
  element('reached-label').textContent = say('cardReached');
  element('needed').textContent = finding.needs ? say(`stage_${finding.needs}`) : '';
  element('reached').textContent = say(`stage_${relationship.stage}`);
  element('next-step').textContent = finding.premature ? relationship.next_step : '';
  element('recipient').textContent = recipient ? say('cardFor', recipient) : say('cardUnknownContact');
  const suggestions = element('suggestions');
  suggestions.hidden = finding.suggestions.length === 0;
  element('suggestions-label').textContent = say('cardSuggestions');
  suggestions.querySelector('ul')?.replaceChildren(...finding.suggestions.map(({ text }) => {
    const item = document.createElement('li');
    item.textContent = text;
    return item;
  }));
  card.hidden = false;
}

async function start() {
  document.documentElement.lang = say('languageCode');
  element('close').setAttribute('aria-label', say('cardClose'));
  const close = () => void chrome.runtime.sendMessage({ type: 'card-close' });
  element('close').addEventListener('click', (event) => event.isTrusted && close());
  document.addEventListener('keydown', (event) => event.isTrusted && event.key === 'Escape' && close());
  /** @type {CardView | null} */
  const view = await chrome.runtime.sendMessage({ type: 'card-ready' });
  if (!view) return close();
  fill(view);
  const height = Math.ceil(element('card').getBoundingClientRect().height);
  await chrome.runtime.sendMessage({ type: 'card-size', height });
  if (view.takeFocus) element('card').focus();
  else element('announcement').textContent = `${view.finding.title}. ${view.finding.why}`;
}

void start();
