import { baseKeymap } from 'prosemirror-commands';
import { history, redo, undo } from 'prosemirror-history';
import { keymap } from 'prosemirror-keymap';
import { schema } from 'prosemirror-schema-basic';
import { EditorState } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';

export function mount(place) {
  const plugins = [history(), keymap({ 'Mod-z': undo, 'Mod-y': redo, 'Mod-Shift-z': redo }), keymap(baseKeymap)];
  const view = new EditorView(place, { state: EditorState.create({ schema, plugins }) });
  view.dom.style.whiteSpace = 'pre-wrap';
  return { root: view.dom, text: () => linesOf(view.state.doc) };
}

export function linesOf(doc) {
  const lines = [];
  doc.forEach((block) => lines.push(block.textBetween(0, block.content.size, '\n', '\n')));
  return lines.join('\n');
}
