"""The rules as they would be with a change of the user's layer, which itself is not touched."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from coltiva.errors import RuleProblem
from coltiva.library import Library
from coltiva.tuning.own_layer import Files, OwnLayer


@contextmanager
def trial_library(library: Library, layer: OwnLayer, files: Files) -> Iterator[Library]:
    """Yield the rules as they would be with *files* written; the layer itself is not touched."""
    with tempfile.TemporaryDirectory(prefix="coltiva-") as folder:
        for name, text in {**layer.files(), **files}.items():
            if text is not None:
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text.encode())
        yield library.trial(Path(folder), layer.folder.as_posix())


def touched_languages(files: Iterable[str], library: Library) -> tuple[str, ...]:
    """Return the languages whose messages a change of *files* can move; a table moves all."""
    codes = {name.partition("/")[0] for name in files if "/" in name}
    return library.languages if any("/" not in n for n in files) else tuple(c for c in library.languages if c in codes)


def new_problems(trial: Library, layer: OwnLayer, files: Files) -> tuple[RuleProblem, ...]:
    """Return what is broken in the changed files, as it would be."""
    for code in {name.partition("/")[0] for name in files if "/" in name}:
        trial.pack(code)
    paths = {f"{layer.folder.as_posix()}/{name}" for name in files}
    return tuple(problem for problem in trial.own_problems if problem.path in paths)
