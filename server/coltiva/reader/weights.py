"""Reads files of trained weights."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def read_weights(file: Path) -> dict[str, NDArray[Any]]:
    """Return the arrays stored in *file* by name; OSError or ValueError where it is missing or broken."""
    try:
        with np.load(file, allow_pickle=False) as stored:
            return {name: stored[name] for name in stored.files}
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ValueError(f"{file.name}: expected a whole file of trained weights; got {error!r}") from error
