// To whom a message goes: exactly, or not known; never guessed. Where it is not known, those who come into question.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.recipients) return;
  const { people, visibleText } = coltiva;

  const REMEMBERED_PRESSES = 8;
  /** The labels of what the user pressed last, the newest first. @type {{ labels: string[], path: string }[]} */
  let presses = [];

  /**
   * What surrounds an editor and names whom it writes to, out of open shadow roots and same-origin frames too.
   *
   * A pane that holds a second such editor could name somebody else's recipient, so it is none.
   * @param {HTMLElement} editor
   * @param {Surface} surface
   */
  function paneOf(editor, surface) {
    /** @type {Element | null} */
    let from = editor;
    while (from) {
      const pane = surface.pane ? from.closest(surface.pane) : from.parentElement && nearestHolding(from.parentElement, surface.holds);
      if (pane) return [...pane.querySelectorAll(surface.editor)].some((other) => other !== editor && visibleText.isVisible(other)) ? null : pane;
      const root = from.getRootNode();
      from = 'host' in root ? /** @type {ShadowRoot} */ (root).host : from.ownerDocument.defaultView?.frameElement ?? null;
    }
    return null;
  }

  /** @param {Element} from @param {string | undefined} selector */
  function nearestHolding(from, selector) {
    /** @type {Element | null} */
    let element = selector ? from : null;
    while (element && !element.querySelector(selector ?? '')) element = element.parentElement;
    return element;
  }

  /**
   * The slug or id that the page's own address holds in the place of {profile}.
   * @param {string} template  as /in/{profile} or /invite/?name={profile}
   */
  function slugInAddress(template) {
    const [path = '', parameter] = template.replace('{profile}', '').split('?');
    if (!location.pathname.startsWith(path)) return null;
    if (parameter) return new URLSearchParams(location.search).get(parameter.replace('=', ''));
    return /^[^/]+/.exec(location.pathname.slice(path.length))?.[0] ?? null;
  }

  /**
   * Whom the page itself is about: the owner of the profile that it shows, or the one person it was made for.
   * @param {Surface} surface
   */
  function personOfPage({ page = [], madeFor = [] }) {
    for (const template of [...madeFor, ...page]) {
      const slug = slugInAddress(template);
      if (!slug) continue;
      // A title as "(3) Ada Byron | LinkedIn"; without the line it is not a person's.
      const title = document.title.includes('|') ? document.title.replace(/^\(\d+\+?\)\s*/u, '') : '';
      const recipient = { ...people.named(people.personName(title)), ...people.profilesOf([`${location.origin}/in/${slug}`]) };
      return { recipient, isExact: madeFor.includes(template) };
    }
    return null;
  }

  /**
   * People in a row of addressees: those on show, or, where the row is folded up, those that it holds.
   * @param {Element} pane
   * @param {string} selector
   */
  function listed(pane, selector) {
    const chips = [...pane.querySelectorAll(selector)].filter((chip, _, all) => !all.some((other) => other !== chip && other.contains(chip)));
    const shown = chips.filter(visibleText.isVisible);
    const found = (shown.length ? shown : chips).flatMap(people.ofElement);
    const keyed = found.flatMap((person) => (person ? [[person.email ?? person.profile ?? person.name, person]] : []));
    return { recipients: /** @type {Recipient[]} */ ([...new Map(/** @type {any} */ (keyed)).values()]), isWhole: !found.includes(null) };
  }

  /**
   * @param {readonly Recipient[]} recipients
   * @param {readonly Recipient[]} [candidates]
   * @param {Addressees['drifted']} [drifted]
   * @returns {Addressees}
   */
  const answer = (recipients, candidates = [], drifted = null) => ({ recipients: [...recipients], candidates: [...candidates], drifted });

  /**
   * Whom the message in *editor* goes to.
   * @param {HTMLElement} editor
   * @param {Surface} surface
   * @returns {Addressees}
   */
  function read(editor, surface) {
    const { person, name = [], profile = [], label = [], page } = surface;
    if (!surface.pane && !surface.holds) return answer([]);
    const pane = paneOf(editor, surface);
    const ofPage = personOfPage(surface);
    if (!pane) return ofPage?.isExact ? answer([ofPage.recipient]) : answer([], [], 'pane');
    const list = person ? listed(pane, person) : { recipients: [], isWhole: true };
    if (list.recipients.length) return list.isWhole ? answer(list.recipients) : answer([], list.recipients);

    const names = people.distinct([...people.visibleNames(pane, name), ...people.labelNames(pane, label)]);
    const links = people.linkedProfiles(pane, profile);
    if (!names.length) names.push(...nameElsewhere(pane, ofPage, label));
    if (names.length === 1) return single(String(names[0]), links, ofPage?.recipient);
    if (names.length) return answer([], names.map(people.named));
    if (ofPage?.isExact) return answer([ofPage.recipient]);
    const found = [person, ...name, ...profile, surface.unaddressed].some((selector) => selector && pane.querySelector(selector));
    const candidates = ofPage?.recipient.name ? [ofPage.recipient] : [];
    return answer([], candidates, found || page ? null : 'recipient');
  }

  /**
   * A name that the pane does not mark as one: of the button that opened it, or of the page where the pane repeats it.
   * @param {Element} pane
   * @param {ReturnType<typeof personOfPage>} ofPage
   * @param {readonly string[]} templates
   */
  function nameElsewhere(pane, ofPage, templates) {
    const name = ofPage?.recipient.name;
    if (name && (ofPage.isExact || visibleText.read(pane).includes(name))) return [name];
    const pressed = presses.filter(({ path }) => path === location.pathname)
      .flatMap(({ labels }) => labels.map((label) => people.nameInLabel(label, templates)));
    return pressed.filter(Boolean).slice(0, 1);
  }

  /**
   * @param {string} name
   * @param {readonly string[]} links
   * @param {Recipient} [ofPage]
   */
  function single(name, links, ofPage) {
    const profiles = people.profilesOf(links);
    // Links to several people beside one name: whose they are is anybody's guess, the name is not.
    if (profiles || ofPage?.name !== name) return answer([{ ...people.named(name), ...profiles }]);
    return answer([ofPage]);
  }

  /**
   * Remember what the user pressed: the dialog that it opens may not say for whom it is.
   * @param {Event} event
   */
  function notePress(event) {
    if (!event.isTrusted) return;
    const labels = event.composedPath().flatMap((target) => (target instanceof Element ? people.labelsOf(target) : []));
    if (labels.length) presses = [{ labels, path: location.pathname }, ...presses].slice(0, REMEMBERED_PRESSES);
  }

  ns.recipients = { read, notePress };
})();
