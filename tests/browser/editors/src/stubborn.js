// An editor with a model and an undo of its own that does as it is told with what is written into it: takes it, refuses it, or
// spoils it, the words of a message in one way and a whole message in another.
export function mount(place) {
  const root = document.createElement('div');
  root.contentEditable = 'true';
  place.append(root);
  const steps = [''];
  const draw = () => {
    root.textContent = steps.at(-1);
    getSelection().selectAllChildren(root);
    getSelection().collapseToEnd();
  };
  const take = (text) => {
    steps.push(text);
    if (root.textContent !== text) draw();
  };
  const WAYS = { take, refuse: draw, spoil: (text) => take(text.replaceAll(/[aeiou]/gu, '')) };
  globalThis.stubborn = { words: 'take', whole: 'take', canUndo: true, writings: [] };

  root.addEventListener('input', ({ data }) => {
    const kind = data === root.textContent ? 'whole' : 'words';
    globalThis.stubborn.writings.push(kind);
    WAYS[globalThis.stubborn[kind]](root.textContent);
  });
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'z' || !event.ctrlKey) return;
    event.preventDefault();
    if (globalThis.stubborn.canUndo && steps.length > 1) steps.pop();
    draw();
  });
  return { root, text: () => steps.at(-1) };
}
