"""The real editors from the npm registry, bundled once for the fixture pages."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ...extension.node import install_packages, run_node

HERE = Path(__file__).resolve().parent
BUILT = HERE / "node_modules" / ".built"
# plain is a contenteditable without a model, as LinkedIn's composer looks from outside.
RICH = ("plain", "quill1", "quill2", "lexical", "prosemirror", "tiptap", "draft", "slate", "ckeditor5")
EDITORS = (*RICH, "textarea")


def build_editors() -> Path:
    """Return the folder with the bundle, built where the sources or versions have changed."""
    sources = [HERE / "package.json", HERE / "build.mjs", *sorted((HERE / "src").glob("*.js"))]
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    stamp = BUILT / "sources.sha256"
    if not stamp.is_file() or stamp.read_text("utf-8") != wanted:
        install_packages(HERE)
        done = run_node(["node", "build.mjs"], HERE)
        assert done.returncode == 0, done.stderr
        stamp.write_text(wanted, encoding="utf-8")
    return BUILT
