"""Writes trained readers where the rules lie: the same models give the same files, to the byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coltiva.reader.keeper import KEEPER_LAYERS, KeeperNetwork
from coltiva.reader.network import Network
from coltiva.reader.ranker import RANKER_LAYERS, RankerNetwork
from coltiva.reader.words import Vectors, WordList

_LARGEST = 127  # of the whole numbers that vectors are stored as
_STORED_DAY = (1980, 1, 1, 0, 0, 0)  # the zip format has no file without a date


def word_list(words: Sequence[str], vectors: Vectors) -> WordList:
    """Return *words* with their *vectors* as whole numbers, a scale for each column."""
    scale = (np.abs(vectors).max(0) / _LARGEST + 1e-9).astype(np.float32)
    rows = np.clip(np.round(vectors / scale), -_LARGEST, _LARGEST).astype(np.int8)
    return WordList({word: i for i, word in enumerate(words)}, rows, scale)


def store_words(file: Path, words: WordList) -> None:
    """Write a word list."""
    text = np.frombuffer("\n".join(words.places).encode("utf-8"), np.uint8)
    _store(file, {"words": text, "rows": words.rows, "scale": words.scale})


def store_network(file: Path, network: Network) -> None:
    """Write a network; half the digits are enough."""
    layers = ("filters", "weighing", "impression", "setting", "judgement", "signs")
    arrays: dict[str, NDArray[Any]] = {name: getattr(network, name).astype(np.float16) for name in layers}
    arrays["blend"] = np.array(network.blend, np.float32)
    arrays["accents"] = np.array(list(network.accents.values()), np.float16)
    arrays["languages"] = np.array(" ".join(network.accents))
    arrays["names"] = np.array(" ".join(network.names))
    _store(file, arrays)


def store_keeper(file: Path, network: KeeperNetwork) -> None:
    """Write the keeper's network."""
    _store(file, _arrays(network, KEEPER_LAYERS, ("marks", "languages")))


def store_ranker(file: Path, network: RankerNetwork) -> None:
    """Write the ranker's network."""
    arrays = _arrays(network, RANKER_LAYERS, ("message_marks", "line_marks", "languages"))
    arrays["lines"] = np.array(" ".join(network.worth))
    arrays["worth"] = np.array(list(network.worth.values()), np.float16)
    _store(file, arrays)


def _arrays(network: object, layers: Sequence[str], names: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Return layers of a network in half the digits, and its lists of names as text."""
    arrays: dict[str, NDArray[Any]] = {name: getattr(network, name).astype(np.float16) for name in layers}
    return arrays | {name: np.array(" ".join(getattr(network, name))) for name in names}


def _store(file: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            held = io.BytesIO()
            np.lib.format.write_array(held, array, allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", _STORED_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, held.getvalue())
