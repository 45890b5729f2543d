"""How long the effect of a change takes to measure: one rule over 1,850 English messages, and a table over six languages.

Run: ``python tests/benchmarks/rule_effect.py``
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from coltiva.library import Library
from coltiva.tuning import labelled
from coltiva.tuning.effect import Effect, EffectMeter
from coltiva.tuning.own_layer import Files, OwnLayer

CHANGES: dict[str, Files] = {
    "a phrase added": {"en/asks/introduction.yml": "extends: en/asks/introduction\nadd: {phrases: [open the door to]}\n"},
    "an unless added": {"en/asks/introduction.yml": "extends: en/asks/introduction\nadd: {unless: [introduce me]}\n"},
    "a rule off": {"en/asks/meeting.yml": "extends: en/asks/meeting\nenabled: false\n"},
    "a broad new rule": {"en/asks/x.yml": "kind: favor\nphrases: [you]\nexamples: {}\n"},
}


def seconds(meter: EffectMeter, layer: OwnLayer, files: Files) -> tuple[float, int]:
    """Return how long measuring takes, and over how many messages."""
    start = time.perf_counter()
    effect = list(meter.measure(layer, files))[-1]
    assert isinstance(effect, Effect)
    return time.perf_counter() - start, effect.messages


def main() -> None:
    """Print one line for each measurement."""
    with tempfile.TemporaryDirectory() as folder:
        layer = OwnLayer(Path(folder, "rules"))
        labelled.SETS = ("development", "own", "training")
        library = Library(own=layer.folder)
        meter = EffectMeter(library)
        library.pack("en"), library.reader("en")
        first, count = seconds(meter, layer, CHANGES["a phrase added"])
        print(f"en, {count} messages, the first time: {first:.2f} s")
        for name, files in CHANGES.items():
            print(f"en, {count} messages, {name}: {min(seconds(meter, layer, files)[0] for _ in range(3)):.2f} s")
        labelled.SETS = ("development", "own")
        meter, table = EffectMeter(library), {"asks.yml": "asks: {introduction: {needs: visibility}}\n"}
        for when in ("the first time, packs read too", "again"):
            took, count = seconds(meter, layer, table)
            print(f"six languages, {count} messages, a table, {when}: {took:.2f} s")


if __name__ == "__main__":
    main()
