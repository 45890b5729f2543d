// Writes into editors as the user's own hand would: through the input path of each, so that its model, its undo and the
// page's Send button follow.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.writing) return;

  // In Firefox what a content script pastes is closed to the page; an event of the page's own, made through this, is open.
  /** @type {typeof globalThis | undefined} */
  const pageItself = /** @type {any} */ (window).wrappedJSObject;

  /** As if typed over the selection. @param {string} text */
  const type = (text) => document.execCommand('insertText', false, text);

  /** As if typed, with a key for each new line. @param {HTMLElement} _ @param {string} text */
  const typeLines = (_, text) => text.split('\n').every((line, number) =>
    (!number || document.execCommand('insertParagraph')) && (!line || type(line)));

  /** @param {Node} node */
  const quillBlock = (node) => (node instanceof Element ? node : node.parentElement)?.closest('.ql-editor > *, .ql-editor li');

  /**
   * As if typed before what goes, which is erased then: Firefox takes paragraphs away together with all that stands in them, and
   * this editor throws away what is written beside its paragraphs.
   * @param {HTMLElement} element @param {string} text
   */
  function typeLinesBefore(element, text) {
    const selection = document.getSelection();
    const old = coltiva.caret.rangeIn(element);
    if (!selection || !old || quillBlock(old.startContainer) === quillBlock(old.endContainer)) return typeLines(element, text);
    const going = document.createRange();
    going.setStart(old.startContainer, old.startOffset);
    going.setEnd(old.endContainer, old.endOffset);
    selection.collapse(old.startContainer, old.startOffset);
    if (!typeLines(element, text) || !selection.focusNode) return false;
    selection.setBaseAndExtent(selection.focusNode, selection.focusOffset, going.endContainer, going.endOffset);
    return document.execCommand('delete');
  }

  /**
   * As if pasted over the selection; editors that keep their own model take several lines by this way only.
   * @param {HTMLElement} element
   * @param {Record<string, string>} contents  media type → content
   */
  function paste(element, contents) {
    const shape = { bubbles: true, cancelable: true, composed: true };
    const event = pageItself ? new pageItself.ClipboardEvent('paste', /** @type {any} */ (globalThis).cloneInto(shape, window))
      : new ClipboardEvent('paste', { ...shape, clipboardData: new DataTransfer() });
    for (const [type, content] of Object.entries(contents)) event.clipboardData?.setData(type, content);
    // Who takes a paste prevents the browser's own.
    return !element.dispatchEvent(event);
  }

  /**
   * Press a key that editors with a model of their own act on; false where one did.
   * @param {HTMLElement} element
   * @param {KeyboardEventInit} key
   */
  const press = (element, key) => element.dispatchEvent(new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true, composed: true }));

  /** @param {HTMLElement} element @param {string} text */
  const pastePlain = (element, text) => paste(element, { 'text/plain': text });

  /**
   * What is selected from a line's beginning to another's, this editor takes to end on the line before: the break that it leaves
   * is erased within the same task, so that one undo takes back both.
   * @param {HTMLElement} element @param {string} text @param {boolean} isWholeLines
   */
  function pasteLines(element, text, isWholeLines) {
    const isTaken = pastePlain(element, text);
    const erase = { inputType: 'deleteContentForward', bubbles: true, cancelable: true, composed: true };
    if (isTaken && isWholeLines) element.dispatchEvent(new InputEvent('beforeinput', erase));
    return isTaken;
  }

  /** What reads as one address, which an editor may lay under the selected words as a link. @param {string} text */
  const isLinkLike = (text) => /^[^\s.]+\.\S+$/u.test(text.replaceAll('\n', ''));

  /**
   * One paragraph for each line, the first and the last joined to what stands around them; from plain text these editors
   * would leave empty lines out.
   * @param {string} text
   */
  function paragraphs(text) {
    const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    return `<p data-pm-slice="1 1 []">${escaped.split('\n').join('</p><p>')}</p>`;
  }

  /**
   * Paste lines as paragraphs; signs of Markdown stay signs, which they would not as plain text.
   * @param {HTMLElement} element @param {string} text
   */
  function pasteParagraphs(element, text) {
    const [first = ''] = text;
    // Its lines joined, this would be taken for the address of a link to put on the selected words, which would stay: so they
    // go for its first letter, and where nothing is selected no link is put.
    const parts = isLinkLike(text) ? [first, text.slice(first.length)] : [text];
    return parts.every((part) => (/[\n*_~`=]/u.test(part) ? paste(element, { 'text/plain': part, 'text/html': paragraphs(part) })
      : pastePlain(element, part)));
  }

  /**
   * Paste lines as paragraphs where two pastes are two steps of the undo, and an address is looked for in plain text alone.
   * @param {HTMLElement} element @param {string} text
   */
  const pasteBlocks = (element, text) => (text.includes('\n') || isLinkLike(text) ? paste(element, { 'text/html': paragraphs(text) })
    : pastePlain(element, text));

  /** @type {[string, (element: HTMLElement, text: string, isWholeLines: boolean) => boolean][]} */
  const WAYS = [
    ['.ProseMirror', pasteParagraphs],
    ['.ck-editor__editable', pasteBlocks],
    // Firefox puts line breaks where this editor expects paragraphs.
    ...(pageItself ? [/** @type {[string, typeof typeLinesBefore]} */ (['.ql-editor', typeLinesBefore])] : []),
    ['[data-slate-editor]', pasteLines],
    ['.public-DraftEditor-content, [data-lexical-editor]', pastePlain],
  ];

  /**
   * Type a letter at the beginning of the text, where the caret must stand, and erase it again, all in one task: nobody sees it.
   *
   * An editor that joins what is erased (or typed) to what was erased (or typed) just beside it before, whoever did so and however
   * long ago, begins a new step with this, for nothing stands before the first letter that it could be joined to.
   * @param {HTMLElement} element
   */
  function typeAndErase(element) {
    const shape = { bubbles: true, cancelable: true, composed: true };
    // Who takes the letter prevents the browser's own; where nobody does, nothing was written that could be erased.
    if (element.dispatchEvent(new InputEvent('beforeinput', { ...shape, inputType: 'insertText', data: '0' }))) return;
    element.dispatchEvent(new InputEvent('beforeinput', { ...shape, inputType: 'deleteContentBackward' }));
  }

  /** Editors whose undo joins changes by their place, not by their time. */
  const JOINS_NEIGHBOURS = '[data-slate-editor]';

  /** Where an editor looks only now and then at what is selected. @type {[string, number][]} */
  const SELECTION_MS = [['[data-slate-editor]', 150]];

  /** How long an editor takes later changes for a part of the same undo step. @type {[string, number][]} */
  const UNDO_GROUPS_MS = [['.ql-editor', 1000], ['.ProseMirror', 500]];

  /** @param {[string, number][]} table @param {HTMLElement} element */
  const look = (table, element) => table.find(([selector]) => element.matches(selector))?.[1] ?? 0;

  ns.writing = {
    undoGroupMs: (element) => look(UNDO_GROUPS_MS, element),
    selectionMs: (element) => look(SELECTION_MS, element),
    joinsNeighbours: (element) => element.matches(JOINS_NEIGHBOURS),
    typeAndErase,
    write: (element, text, isWholeLines) => {
      const [, way] = WAYS.find(([selector]) => element.matches(selector)) ?? [];
      return way ? way(element, text, isWholeLines) : type(text);
    },
    undo: (element) => {
      const isMac = navigator.platform.startsWith('Mac');
      // An editor with an undo of its own takes the key; the browser's undo serves the others.
      if (press(element, { key: 'z', code: 'KeyZ', keyCode: 90, ctrlKey: !isMac, metaKey: isMac })) document.execCommand('undo');
    },
  };
})();
