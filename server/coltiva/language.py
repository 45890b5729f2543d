"""Which of the six languages a message is written in, by langdetect with decoy profiles."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

import langdetect
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from coltiva.library import LANGUAGES

# Neighbours of the six, so that Catalan is not taken for Spanish; strength: measured, research/linters.md §6.
_DECOYS = ("ca", "nl", "ro", "pl", "sv", "da", "no", "fi", "hu", "tr")
MIN_LETTERS = 25  # below this langdetect is wrong too often (measured: 89 % at 25 letters, 71 % at 15)
_SAMPLE_LETTERS = 400
_MAX_REMEMBERED = 2_000


class LanguageDetector:
    """Detects one of the six languages; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._factory: DetectorFactory | None = None
        self._remembered: OrderedDict[str, str | None] = OrderedDict()

    def detect(self, text: str, last: str | None = None) -> str | None:
        """Return the language's code, or None for a language that is none of ours.

        Args:
            text: what has been typed; at most its first 400 characters count.
            last: the answer for this draft so far, kept while the text is too short to tell.
        """
        sample = text[:_SAMPLE_LETTERS].lower()
        if sum(map(str.isalpha, sample)) < MIN_LETTERS:
            return last
        with self._lock:
            if sample not in self._remembered:
                self._remembered[sample] = self._ask(sample)
                if len(self._remembered) > _MAX_REMEMBERED:
                    self._remembered.popitem(last=False)
            return self._remembered[sample]

    def _ask(self, sample: str) -> str | None:
        if self._factory is None:
            self._factory = _factory()
        detector = self._factory.create()
        detector.append(sample)
        try:
            code = detector.detect()
        except LangDetectException:  # no letters that any profile knows
            return None
        return code if code in LANGUAGES else None


def _factory() -> DetectorFactory:
    """Return a seeded factory with the six profiles and the decoys."""
    profiles = Path(langdetect.__file__).parent / "profiles"
    factory = DetectorFactory()
    DetectorFactory.seed = 0  # unseeded, langdetect changes its mind between two runs
    factory.load_json_profile([(profiles / code).read_text(encoding="utf-8") for code in (*LANGUAGES, *_DECOYS)])
    return factory
