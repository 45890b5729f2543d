import Quill from 'quill2';

export function mount(place) {
  const quill = new Quill(place, { modules: { toolbar: false } });
  // As its own stylesheet has it: without, spaces at the ends of lines are the browser's to keep or to drop.
  quill.root.style.whiteSpace = 'pre-wrap';
  return { root: quill.root, text: () => quill.getText().replace(/\n$/, '') };
}
