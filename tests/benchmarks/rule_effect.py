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
from coltiva.tuning.preparing import prepare

CHANGES: dict[str, Files] = {
    "a phrase added": {"en/asks/introduction.yml": "extends: en/asks/introduction\nadd: {phrases: [open the door to]}\n"},
    "an unless added": {"en/asks/introduction.yml": "extends: en/asks/introduction\nadd: {unless: [introduce me]}\n"},
    "a rule off": {"en/asks/meeting.yml": "extends: en/asks/meeting\nenabled: false\n"},
    "a broad new rule": {"en/asks/x.yml": "kind: favor\nphrases: [you]\nexamples: {}\n"},
}


def first_effects(layer: OwnLayer, kept: Path) -> None:
    """Print what the very first effect on English costs: with nothing ready, then with what the server does before."""
    change = CHANGES["a phrase added"]
    for when in ("nothing ready, rules read too", "prepared beside the server, rules read too", "prepared, page open"):
        meter = EffectMeter(Library(own=layer.folder), kept=kept)
        if when.endswith("page open"):
            meter.warm("en")
        took, count = seconds(meter, layer, change)
        print(f"en, {count} messages, the very first effect, {when}: {took}")
        if when.startswith("nothing"):  # as in a new data folder, with the same messages
            (kept / "baseline-en.bin").unlink()
            shipped = Library()
            shipped.languages = ("en",)
            start = time.process_time()
            prepare(kept, shipped)
            print(f"en, {count} messages, preparing them: {time.process_time() - start:.2f} s of processor, in the background")


def seconds(meter: EffectMeter, layer: OwnLayer, files: Files) -> tuple[str, int]:
    """Return how long measuring takes, in processor time and by the clock, and over how many messages."""
    start, wall = time.process_time(), time.perf_counter()
    effect = list(meter.measure(layer, files))[-1]
    assert isinstance(effect, Effect)
    return f"{time.process_time() - start:.2f} s of processor, {time.perf_counter() - wall:.2f} s", effect.messages


def main() -> None:
    """Print one line for each measurement."""
    table = {"asks.yml": "asks: {introduction: {needs: visibility}}\n"}
    with tempfile.TemporaryDirectory() as folder:
        layer, kept = OwnLayer(Path(folder, "rules")), Path(folder, "kept")
        labelled.SETS = ("development", "own", "training")
        first_effects(layer, kept)
        meter = EffectMeter(Library(own=layer.folder), kept=kept)
        _, count = seconds(meter, layer, CHANGES["a rule off"])
        for name, files in CHANGES.items():
            print(f"en, {count} messages, {name}: {min(seconds(meter, layer, files)[0] for _ in range(3))}")
        labelled.SETS = ("development", "own")
        for when in ("never measured before, rules read too", "measured before, server started again, rules read too"):
            library = Library(own=layer.folder)
            meter = EffectMeter(library, kept=kept / "all")
            took, count = seconds(meter, layer, table)
            print(f"six languages, {count} messages, a table, {when}: {took}")
        print(f"six languages, {count} messages, a table, again: {seconds(meter, layer, table)[0]}")


if __name__ == "__main__":
    main()
