import { Editor } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';
import { linesOf } from './prosemirror.js';

export function mount(place) {
  const editor = new Editor({ element: place, extensions: [StarterKit] });
  return { root: editor.view.dom, text: () => linesOf(editor.state.doc) };
}
