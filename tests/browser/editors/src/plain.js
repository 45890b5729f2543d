export function mount(place) {
  const root = document.createElement('div');
  root.contentEditable = 'true';
  root.append(document.createElement('p'));
  root.firstChild.append(document.createElement('br'));
  place.append(root);
  return { root, text: () => linesOf(root).join('\n').replaceAll('\u00a0', ' ') };
}

/** Paragraphs, and what browsers write beside them. innerText would tell the same, but in Firefox without the marks of direction. */
function linesOf(root) {
  const lines = [];
  let open = null;
  for (const node of root.childNodes) {
    if (/^(?:P|DIV)$/u.test(node.nodeName)) {
      lines.push(...(open === null ? [] : [open]), written(node).replace(/\n$/u, ''));
      open = null;
    } else if (node.nodeName === 'BR') {
      lines.push(open ?? '');
      open = null;
    } else open = (open ?? '') + written(node);
  }
  return open === null ? lines : [...lines, open];
}

function written(node) {
  if (node.nodeName === 'BR') return '\n';
  return node.data ?? [...node.childNodes].map(written).join('');
}
