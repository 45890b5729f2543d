export function mount(place) {
  const root = document.createElement('div');
  root.contentEditable = 'true';
  root.append(document.createElement('p'));
  root.firstChild.append(document.createElement('br'));
  place.append(root);
  return { root, text: () => [...root.childNodes].map((line) => line.innerText ?? line.data).map((line) => line.replace(/\n$/, '').replaceAll('\u00a0', ' ')).join('\n') };
}
