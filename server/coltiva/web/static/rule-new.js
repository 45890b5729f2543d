// @ts-check
// A rule of the user's own, begun with what every rule needs: what it finds, a phrase, and an example of each sort.
import { element, field, text } from './page.js';
import { phraseLegend } from './phrase-legend.js';

/**
 * @param {HTMLSelectElement | HTMLInputElement} language
 * @param {(rule: import('./rules-api.js').RuleShown) => void} onBegun
 */
export function startNewRule(language, onBegun) {
  const dialog = /** @type {HTMLDialogElement} */ (element('new-dialog'));
  const form = /** @type {HTMLFormElement} */ (element('new-form'));
  const asks = (document.body.dataset.askKinds ?? '').split(' ');
  const signals = (document.body.dataset.signalKinds ?? '').split(' ');
  const input = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  const kinds = /** @type {HTMLSelectElement} */ (form.elements.namedItem('kind'));
  for (const [group, names] of /** @type {[string, string[]][]} */ ([['asks', asks], ['signals', signals]])) {
    const options = document.createElement('optgroup');
    options.label = text('groups', group);
    options.append(...names.map((kind) => new Option(text('kinds', kind), kind)));
    kinds.append(options);
  }
  input('phrase').closest('label')?.after(phraseLegend());
  element('new-rule').addEventListener('click', () => {
    form.reset();
    dialog.showModal();
  });
  element('new-cancel').addEventListener('click', () => dialog.close());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const kind = kinds.value;
    const group = asks.includes(kind) ? 'asks' : 'signals';
    const slug = input('name').value.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 50);
    const id = `${field('rule-language').value}/${group}/${slug || 'mine'}`;
    const example = (/** @type {string} */ name, /** @type {boolean} */ flag) => ({ text: input(name).value.trim(), flag, own: true, holds: true });
    dialog.close();
    onBegun({
      id, group, kind, category: group === 'asks' ? 'ask' : 'signal', title: input('name').value.trim(), why: '', layer: 'own', enabled: true,
      severity: '', needs: '', phrases: 1, hint: false, words: 'new', fired: 0, dismissed: 0, guards: [], own_title: input('name').value.trim(),
      own_why: '', own_needs: '', source: null, examples: [example('flag', true), example('pass', false)],
      parts: { phrases: [{ text: input('phrase').value.trim(), layer: 'own' }], unless: [], unless_sentence: [], unless_previous: [] },
    });
  });
}
