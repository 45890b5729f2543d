"""The sheet of the underlines: a shape for each severity, so that colour is never all that tells."""

from __future__ import annotations

import json
import re

from .node import run_node

SCRIPT = """import '../../extension/content/underline-style.js';
const { severities, sheet } = coltiva.underlineStyle;
console.log(JSON.stringify([severities, sheet((severity) => `.${severity}`, 'color: red;')]));"""


def read_sheet() -> tuple[list[str], str, str]:
    """Return the severities, the rules for all, and those for forced colours."""
    done = run_node(["node", "--input-type=module", "--eval", SCRIPT])
    assert done.returncode == 0, done.stderr
    severities, sheet = json.loads(done.stdout)
    common, forced = sheet.split("@media (forced-colors: active)")
    return severities, common, forced


def test_each_severity_has_a_shape_and_a_colour_of_its_own() -> None:
    """No two look alike without colour, nor have one colour, and none is the wavy line of the browser's spelling check."""
    severities, common, _ = read_sheet()
    assert severities == ["unread", "info", "warning", "error"]
    looks = dict(re.findall(r"\.(\w+) \{ text-decoration: underline (\w+ \dpx #\w+);", common))
    assert list(looks) == severities
    shapes, colours = ({one.split()[part] for one in looks.values()} for part in (0, 2))
    assert shapes == {"solid", "dashed", "dotted", "double"}
    assert len(colours) == len(severities)


def test_forced_colours_leave_the_shape_alone() -> None:
    """There each severity takes the system's colour on the ground that it is given, and no rule touches its shape."""
    severities, _, forced = read_sheet()
    assert re.findall(r"\.(\w+) \{ text-decoration-color: Highlight; color: red; \}", forced) == severities
    assert not re.search(r"text-decoration(-style|-line)?:", forced)
