import { InlineEditor } from '@ckeditor/ckeditor5-editor-inline';
import { Essentials } from '@ckeditor/ckeditor5-essentials';
import { AutoLink, Link } from '@ckeditor/ckeditor5-link';
import { Paragraph } from '@ckeditor/ckeditor5-paragraph';

export async function mount(place) {
  const source = document.createElement('div');
  place.append(source);
  const editor = await InlineEditor.create(source, { licenseKey: 'GPL', plugins: [Essentials, Paragraph, Link, AutoLink] });
  // This editor writes its own attributes anew, so the page's have to be asked of it.
  editor.editing.view.change((writer) => {
    writer.addClass('msg-form__contenteditable', editor.editing.view.document.getRoot());
    writer.setAttribute('data-ready', '', editor.editing.view.document.getRoot());
  });
  const root = editor.model.document.getRoot();
  const textOf = (block) => [...block.getChildren()].map((child) => (child.is('element', 'softBreak') ? '\n' : child.data)).join('');
  return { root: editor.editing.view.getDomRoot(), text: () => [...root.getChildren()].map(textOf).join('\n') };
}
