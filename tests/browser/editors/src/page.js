// Mounts the editor that the address names, in a page that looks like a composer; its Send button follows the input.
import * as ckeditor5 from './ckeditor5.js';
import * as draft from './draft.js';
import * as lexical from './lexical.js';
import * as plain from './plain.js';
import * as prosemirror from './prosemirror.js';
import * as quill1 from './quill1.js';
import * as quill2 from './quill2.js';
import * as slate from './slate.js';
import * as stubborn from './stubborn.js';
import * as textarea from './textarea.js';
import * as tiptap from './tiptap.js';

const EDITORS = { ckeditor5, draft, lexical, plain, prosemirror, quill1, quill2, slate, stubborn, textarea, tiptap };

const { root, text } = await EDITORS[location.hash.slice(1)].mount(document.getElementById('place'));
root.classList.add(root.matches('textarea') ? 'msg-form__textarea' : 'msg-form__contenteditable');
root.setAttribute('role', 'textbox');
const send = document.querySelector('button');
// A page knows what it would send by its editor's model alone, and looks at that when it is told of a change. It sends nothing twice.
let told = '';
const follow = () => {
  told = text();
  send.disabled = !told.trim() || told === globalThis.sentText;
};
root.addEventListener('input', follow);
// Editors with a model tell of it in their own ways, and draw it then; those without have their input events alone.
if (!/^#(?:plain|textarea)$/u.test(location.hash)) new MutationObserver(follow).observe(root, { childList: true, characterData: true, subtree: true });
send.addEventListener('mousedown', (event) => event.preventDefault());
send.addEventListener('click', () => {
  globalThis.sentText = told;
  send.disabled = true;
});
globalThis.modelText = text;
root.dataset.ready = '';
