// People as a page names them: by visible names, by links to profiles, by addresses, by labels in any language.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.people) return;
  const { visibleText } = coltiva;

  const PROFILE = /\/(?:in|sales\/lead|sales\/people)\/([^/?#,]+)/;
  const OPAQUE = /^A[A-Z][\w-]{20,}$/;
  const EMAIL = /[^\s@<>"(),;:]+@[^\s@<>"(),;:]+/;
  // Behind the name stand the degree of connection, pronouns and the like.
  const BEHIND_NAME = /\s*(?:[·•|\n].*|\((?:[^()/]+\/[^()]+)\).*)$/su;

  /** @param {string} text */
  const personName = (text) => visibleText.tidy(text.replace(BEHIND_NAME, ''));

  /** @param {string} name @returns {Recipient} */
  const named = (name) => ({ name, profile: null, otherProfile: null, email: null });

  /**
   * One address of a person's profile, or a readable and an opaque one; null where there are none or several people's.
   * @param {Iterable<string>} addresses
   * @returns {Pick<Recipient, 'profile' | 'otherProfile'> | null}
   */
  function profilesOf(addresses) {
    const slugs = new Map([...addresses].flatMap((address) => {
      const slug = PROFILE.exec(address)?.[1];
      return slug ? [[slug, new URL(address, location.href).href.replace(/[?#].*$/su, '')]] : [];
    }));
    const [readable = [], opaque = []] = [false, true].map((isOpaque) => [...slugs].filter(([slug]) => OPAQUE.test(slug) === isOpaque));
    if (!slugs.size || readable.length > 1 || opaque.length > 1) return null;
    const [profile, otherProfile] = [...readable, ...opaque].map(([, address]) => address);
    return { profile: profile ?? null, otherProfile: otherProfile ?? null };
  }

  /** @param {Element} within @param {readonly string[]} selectors */
  const visibleIn = (within, selectors) =>
    selectors.flatMap((selector) => [...within.querySelectorAll(selector)]).filter(visibleText.isVisible);

  /** @param {Element} within @param {readonly string[]} selectors */
  function linkedProfiles(within, selectors) {
    return visibleIn(within, selectors).flatMap((link) => (link.localName === 'a' ? [/** @type {HTMLAnchorElement} */ (link).href] : []));
  }

  /** Names without repetition. @param {readonly string[]} names */
  function distinct(names) {
    return [...new Map(names.filter(Boolean).map((name) => [name.toLocaleLowerCase(), name])).values()];
  }

  /**
   * The name in a label such as "Invite Ada Byron to connect", by the template that says most of the label.
   * @param {string} label
   * @param {readonly string[]} templates
   */
  function nameInLabel(label, templates) {
    const fits = templates.flatMap((template) => {
      const [before = '', after = ''] = template.split('{name}');
      const fixed = before.length + after.length;
      return label.length > fixed && label.startsWith(before) && label.endsWith(after)
        ? [{ fixed, name: personName(label.slice(before.length, label.length - after.length)) }] : [];
    });
    return fits.sort((a, b) => b.fixed - a.fixed)[0]?.name ?? '';
  }

  /** What is written on an element for those who see it and for those who hear it. @param {Element} element */
  function labelsOf(element) {
    const heading = /^h[1-6]$/u.test(element.localName) ? visibleText.read(element) : '';
    return [visibleText.tidy(element.getAttribute('aria-label') ?? ''), heading].filter(Boolean);
  }

  /** @param {Element} within @param {readonly string[]} templates */
  function labelNames(within, templates) {
    if (!templates.length) return [];
    return [within, ...within.querySelectorAll('h1, h2, h3, [aria-label]')].filter(visibleText.isVisible)
      .flatMap((element) => labelsOf(element).map((label) => nameInLabel(label, templates)));
  }

  /**
   * A chip in a row of addressees; null where it tells neither name nor address.
   * @param {Element} chip
   * @returns {Recipient | null}
   */
  function ofChip(chip) {
    const holder = chip.matches('[data-hovercard-id], [email]') ? chip : chip.querySelector('[data-hovercard-id], [email]') ?? chip;
    const [email = null] = EMAIL.exec(holder.getAttribute('data-hovercard-id') ?? holder.getAttribute('email') ?? '') ?? [];
    const said = holder.getAttribute('data-name') ?? holder.getAttribute('name') ?? visibleText.read(chip);
    const links = [chip.closest('a'), ...chip.querySelectorAll('a')].flatMap((link) => (link ? [link.href] : []));
    // Where no name is known a mail program writes the address in its place.
    const name = EMAIL.test(said) ? '' : personName(said);
    const recipient = { ...named(name), ...profilesOf(links), email };
    return name || email || recipient.profile ? recipient : null;
  }

  /**
   * The people in a field's own value, as "Ada Byron" <ada@example.org>, bo@example.org.
   * @param {string} value
   * @returns {(Recipient | null)[]}
   */
  function ofAddressList(value) {
    return value.split(/[,;](?=(?:[^"]*"[^"]*")*[^"]*$)/u).filter((entry) => entry.trim()).map((entry) => {
      const [email = null] = EMAIL.exec(entry) ?? [];
      return email ? { ...named(visibleText.tidy(entry.replace(/[<(].*$/su, '').replaceAll('"', '').replace(email, ''))), email } : null;
    });
  }

  ns.people = {
    named, personName, profilesOf, linkedProfiles, distinct, nameInLabel, labelsOf, labelNames,
    visibleNames: (within, selectors) => visibleIn(within, selectors).map((element) => personName(visibleText.read(element))),
    ofElement: (element) => (element.matches('input, textarea') ? ofAddressList(/** @type {HTMLInputElement} */ (element).value) : [ofChip(element)]),
  };
})();
