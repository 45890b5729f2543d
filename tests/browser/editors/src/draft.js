import { Editor, EditorState } from 'draft-js';
import { createElement, useState } from 'react';
import { render } from 'react-dom';

export function mount(place) {
  let current = EditorState.createEmpty();
  function Fixture() {
    const [state, setState] = useState(current);
    current = state;
    return createElement(Editor, { editorState: state, onChange: setState });
  }
  render(createElement(Fixture), place);
  return { root: place.querySelector('[contenteditable]'), text: () => current.getCurrentContent().getPlainText('\n') };
}
