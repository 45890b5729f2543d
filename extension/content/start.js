// Last of the content scripts: listens for what the user types, and for what the background has to say.
(() => {
  'use strict';
  /** @type {{ coltivaStarted?: boolean }} */
  const once = /** @type {any} */ (globalThis);
  if (once.coltivaStarted) return;
  once.coltivaStarted = true;
  const { applying, cardFrame, editors, forgetStyles, pointing, recipients, sending, surfaces } = coltiva;

  // Pages take a moment to empty a field whose message was sent, and tell nobody.
  const AFTERWARDS_MS = 300;
  // How long a page may take to make a chip of an address that was typed.
  const ADDRESSED_MS = 500;
  const running = new AbortController();
  const options = { signal: running.signal, capture: true, passive: true };
  /** @type {Site | null} */
  let site = null;
  /** @type {Promise<void> | null} */
  let learning = null;
  /** Whether the background knows that this page is a new one, whose frame held another before. */
  let hasAsked = false;
  let isApplying = false;
  let isAmiss = false;
  /** @type {WeakSet<HTMLElement>} */
  const strangers = new WeakSet();

  /** Ask which editors there are on this site; asked again at the next occasion where no answer came. */
  function learn() {
    learning ??= chrome.runtime.sendMessage({ type: 'sites', isNew: !hasAsked }).then((answer) => {
      hasAsked = true;
      site = answer && 'site' in answer ? answer.site : null;
      if (!site) isAmiss = Boolean(answer && 'problem' in answer);
    }).catch(() => {}).finally(() => {
      learning = null;
    });
    return learning;
  }

  /** The user has switched sites on or off: where Coltiva is not wanted any more, nothing goes on being read. */
  async function learnAnew() {
    // What is being learnt may be from before.
    await learning;
    await learn();
    if (site) return;
    cardFrame.close(false);
    editors.closeAll();
  }

  /**
   * The session of the editor that an event comes from; the page cannot make one by events of its own.
   * @param {readonly EventTarget[]} path
   */
  function sessionAt(path) {
    const session = editors.at(path);
    if (session || !site) return session;
    const found = surfaces.find(site.surfaces, path);
    if (found?.element.isConnected) return editors.open(found.element, found.surface);
    const stranger = surfaces.strange(site, path);
    if (stranger && !strangers.has(stranger)) {
      strangers.add(stranger);
      isAmiss = true;
      chrome.runtime.sendMessage({ type: 'drifted' }).catch(() => {});
    }
    return null;
  }

  /** @param {Event} event */
  async function onInput(event) {
    if (!event.isTrusted) return;
    const path = event.composedPath();
    if (!site) await learn();
    const session = sessionAt(path);
    if (!session) return;
    if (!isApplying) cardFrame.close(false);
    session.typing.typed();
  }

  /** Editors with a model of their own write what was typed themselves, later, and no input event tells of it. @param {Event} event */
  async function onAct(event) {
    if (!event.isTrusted) return;
    const path = event.composedPath();
    // The key that sends on many pages.
    if (event instanceof KeyboardEvent && event.key === 'Enter') followLater();
    if (site) return sessionAt(path)?.typing.acted();
    await learn();
    const session = sessionAt(path);
    // What was written while nobody knew yet that this is an editor may stand there by now, or may come.
    session?.typing.typed();
    session?.typing.acted();
  }

  /** Ask anew about all editors that are still there. */
  function askAgain() {
    for (const { editor, loop } of editors.all()) if (editor.element.isConnected) loop.ask(false);
  }

  let look = 0;
  /** What was done beside the messages may have changed to whom they go: a chip in a row of addressees. @param {Event} event */
  function onActBeside(event) {
    if (!event.isTrusted || (event.type === 'keyup' && editors.at(event.composedPath()))) return;
    clearTimeout(look);
    look = window.setTimeout(() => editors.all().forEach(({ lookAtAddressees }) => lookAtAddressees()), ADDRESSED_MS);
  }

  function onSelection() {
    for (const { editor, loop, typing } of editors.all()) {
      if (loop.askedCaret !== null && editor.caret() !== loop.askedCaret && editor.read() === loop.text) typing.settle();
    }
  }

  const followLater = () => void setTimeout(() => editors.all().forEach(({ loop }) => loop.follow()), AFTERWARDS_MS);

  /** @param {Event} event */
  function onPress(event) {
    recipients.notePress(event);
    followLater();
  }

  /** Keep the card while its suggestion is written, whatever the editor makes of that: where it goes wrong, the card says so. @param {ApplyOrder} order */
  async function apply(order) {
    const letGo = cardFrame.hold();
    isApplying = true;
    const answer = await applying.apply(order).finally(() => {
      isApplying = false;
    });
    letGo(answer.applied);
    return answer;
  }

  window.addEventListener('input', (event) => void onInput(event), options);
  for (const type of ['beforeinput', 'keydown', 'paste', 'cut', 'drop']) window.addEventListener(type, (event) => void onAct(event), options);
  window.addEventListener('focusin', (event) => {
    if (!event.isTrusted) return;
    forgetStyles();
    if (!site) void learn();
  }, options);
  window.addEventListener('focusout', (event) => {
    if (event.isTrusted) editors.at(event.composedPath())?.typing.settle();
  }, options);
  document.addEventListener('selectionchange', onSelection, options);
  // Whoever comes back has perhaps started the server meanwhile.
  for (const [target, type] of /** @type {const} */ ([[document, 'visibilitychange'], [window, 'focus']])) {
    target.addEventListener(type, (event) => event.isTrusted && editors.all().forEach(({ loop }) => loop.retry()), options);
  }
  // A page that is come back to lies there as it was left, and was forgotten meanwhile.
  window.addEventListener('pageshow', ({ isTrusted, persisted }) => isTrusted && persisted && editors.all().forEach(({ loop }) => loop.ask(false)), options);
  window.addEventListener('click', onPress, options);
  for (const type of ['click', 'keyup', 'focusin']) window.addEventListener(type, onActBeside, options);

  chrome.runtime.onMessage.addListener((/** @type {ContentMessage} */ message, sender, answer) => {
    if (sender.id !== chrome.runtime.id) return false;
    if (message.type === 'next-finding') pointing.next();
    else if (message.type === 'card-size') cardFrame.resize(message.height);
    else if (message.type === 'card-close') cardFrame.close(true, message.says);
    else if (message.type === 'sites-changed') void learnAnew();
    else if (message.type === 'still-there') answer(message.editor === null ? isAmiss : editors.knows(message.editor));
    else if (message.type === 'ask-again') askAgain();
    else if (message.type === 'apply') {
      void apply(message).then(answer);
      return true;
    }
    return false;
  });

  pointing.start(running.signal);
  sending.start(running.signal);
})();
