import { createElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { createEditor, Node } from 'slate';
import { withHistory } from 'slate-history';
import { Editable, Slate, withReact } from 'slate-react';

export function mount(place) {
  const editor = withHistory(withReact(createEditor()));
  const initialValue = [{ type: 'paragraph', children: [{ text: '' }] }];
  const app = createElement(Slate, { editor, initialValue }, createElement(Editable, { renderElement: paragraph, placeholder: 'Write a message…' }));
  flushSync(() => createRoot(place).render(app));
  return { root: place.querySelector('[data-slate-editor]'), text: () => editor.children.map((block) => Node.string(block)).join('\n') };
}

function paragraph({ attributes, children }) {
  return createElement('p', attributes, children);
}
