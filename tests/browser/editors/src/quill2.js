import Quill from 'quill2';

export function mount(place) {
  const quill = new Quill(place, { modules: { toolbar: false } });
  return { root: quill.root, text: () => quill.getText().replace(/\n$/, '') };
}
