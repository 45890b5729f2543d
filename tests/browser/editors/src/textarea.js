export function mount(place) {
  const root = document.createElement('textarea');
  root.rows = 8;
  place.append(root);
  return { root, text: () => root.value };
}
