// Writes into editors as the user's own hand would: through the input path of each, so that its model, its undo and the
// page's Send button follow.
(() => {
  'use strict';
  /** @type {Partial<ColtivaNamespace>} */
  const ns = (globalThis.coltiva ??= /** @type {any} */ ({}));
  if (ns.writing) return;

  /** As if typed over the selection. @param {string} text */
  function type(text) {
    return text ? document.execCommand('insertText', false, text) : document.execCommand('delete');
  }

  /**
   * As if pasted over the selection; editors that keep their own model take whole paragraphs by this way only.
   * @param {HTMLElement} element
   * @param {string} text
   */
  function paste(element, text) {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true, composed: true });
    // Who takes a paste prevents the browser's own.
    return !element.dispatchEvent(event);
  }

  /** @type {[string, (element: HTMLElement, text: string) => boolean][]} */
  const WAYS = [
    ['.ProseMirror, .public-DraftEditor-content, [data-slate-editor]', (element, text) => (text ? paste(element, text) : type(text))],
    ['[data-lexical-editor]', (element, text) => (text.includes('\n') ? paste(element, text) : type(text))],
  ];

  /** How long an editor takes later changes for a part of the same undo step. @type {[string, number][]} */
  const UNDO_GROUPS_MS = [['.ql-editor', 1000], ['.ProseMirror', 500]];

  ns.writing = {
    undoGroupMs: (element) => UNDO_GROUPS_MS.find(([selector]) => element.matches(selector))?.[1] ?? 0,
    write: (element, text) => {
      const [, way] = WAYS.find(([selector]) => element.matches(selector)) ?? [];
      return way ? way(element, text) : type(text);
    },
    undo: (element) => {
      const isMac = navigator.platform.startsWith('Mac');
      const keys = { key: 'z', code: 'KeyZ', keyCode: 90, ctrlKey: !isMac, metaKey: isMac, bubbles: true, cancelable: true, composed: true };
      // An editor with an undo of its own takes the key; the browser's undo serves the others.
      if (element.dispatchEvent(new KeyboardEvent('keydown', keys))) document.execCommand('undo');
    },
  };
})();
