"""When a message that could not be checked is asked about again."""

from __future__ import annotations

import json

from .node import run_node

# The clock is the test's own: what is to be done later is done when the script says so.
SCRIPT = """
import '../../extension/content/edit-shift.js';
const page = { visibilityState: 'visible' };
const later = [];
Object.assign(globalThis, { document: page, window: { setTimeout: (act, ms) => later.push({ act, ms }) }, clearTimeout: () => {} });
await import('../../extension/content/lint-loop.js');
let isBack = false;
let asked = 0;
const drawn = [];
const mark = { id: 'one', start: 0, end: 2, severity: 'unread' };
const editor = { read: () => 'Hi there', caret: () => null, draw: (marks) => drawn.push(marks.length) };
const closing = new AbortController();
const loop = coltiva.lintLoop(editor, async () => { asked += 1; return { marks: isBack ? [] : [mark], isAnswered: isBack }; }, closing.signal);
const rest = () => new Promise((resolve) => setImmediate(resolve));
const told = {};
"""


def run(script: str) -> object:
    """Run *script* behind the above and return what it told."""
    done = run_node(["node", "--input-type=module", "--eval", f"{SCRIPT}{script}\nconsole.log(JSON.stringify(told));"])
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_asks_again_soon_and_later_now_and_then() -> None:
    """A server that is being started is found within two seconds; one that stays away for minutes is asked twice a minute."""
    told = run("""
    loop.ask(true); await rest();
    for (let turn = 0; turn < 103; turn += 1) { later.at(-1).act(); await rest(); }
    const waits = later.map(({ ms }) => ms);
    Object.assign(told, { first: waits.slice(0, 5), last: waits.slice(-3), longest: Math.max(...waits.slice(0, 100)), asked });
    """)
    assert told == {"first": [500, 1000, 2000, 2000, 2000], "last": [30000] * 3, "longest": 2000, "asked": 104}


def test_a_page_that_nobody_sees_asks_when_somebody_comes_back() -> None:
    """Behind another window it waits; the return asks at once, and once more only where that gets no answer."""
    told = run("""
    loop.ask(true); await rest();
    page.visibilityState = 'hidden'; later.at(-1).act(); await rest();
    told.hidden = asked;
    page.visibilityState = 'visible'; isBack = true; loop.retry(); await rest();
    told.seen = asked;
    loop.retry(); await rest();
    Object.assign(told, { answered: asked, drawn, left: later.length });
    """)
    assert told == {"hidden": 1, "seen": 2, "answered": 2, "drawn": [1, 0], "left": 1}


def test_an_editor_that_was_closed_is_left_alone() -> None:
    """What was asked before is not drawn any more, nor asked again, and nothing more is asked."""
    told = run("""
    loop.ask(true); closing.abort(); await rest();
    loop.ask(true); loop.retry(); await rest();
    Object.assign(told, { asked, drawn, left: later.length });
    """)
    assert told == {"asked": 1, "drawn": [], "left": 0}
