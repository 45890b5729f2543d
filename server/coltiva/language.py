"""Which of the six languages a message is written in: short ones by their common words, others by langdetect."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

import langdetect
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException
from langdetect.language import Language

from coltiva.common_words import CommonWords
from coltiva.library import LANGUAGES

# Neighbours of the six, so that Catalan is not taken for Spanish; strength: measured, research/linters.md §6.
_DECOYS = ("ca", "nl", "ro", "pl", "sv", "da", "no", "fi", "hu", "tr")
MIN_LETTERS = 25  # below this langdetect is wrong too often (measured: 89 % at 25 letters, 71 % at 15)
# Up to here common words do better, where they tell (703 sentences of 25 to 39 letters that they were not chosen by:
# 697 told rightly and 2 wrongly, by langdetect alone 671 and 11).
_SHORT_LETTERS = 60
_SAMPLE_LETTERS = 400
# langdetect takes the mean of a few trials, which are split now and then between Spanish and Portuguese.
_SURE, _MORE_TRIALS = 0.9, 50
_MIN_LETTERS_TO_ASK_AGAIN = 100  # shorter ones change with every key, and fifty trials take some 60 ms
_MAX_REMEMBERED = 2_000


class LanguageDetector:
    """Detects one of the six languages; safe to share between threads.

    Args:
        common_words: tells short texts; None: they are not told.
    """

    def __init__(self, common_words: CommonWords | None = None) -> None:
        self._common_words = common_words
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
        letters = sum(map(str.isalpha, sample))
        if letters < _SHORT_LETTERS and self._common_words is not None:
            told = self._common_words.language(sample)
            if told is not None:
                return told
        if letters < MIN_LETTERS:
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
        try:
            found = self._likeliest(sample)
            if found.prob < _SURE and sum(map(str.isalpha, sample)) >= _MIN_LETTERS_TO_ASK_AGAIN:
                found = self._likeliest(sample, _MORE_TRIALS)
        except (LangDetectException, IndexError):  # no letters that any profile knows, or none that tell
            return None
        return found.lang if found.lang in LANGUAGES else None

    def _likeliest(self, sample: str, trials: int | None = None) -> Language:
        """Return the likeliest language of *sample*; IndexError where none is likely at all."""
        assert self._factory is not None
        detector = self._factory.create()
        if trials is not None:
            detector.n_trial = trials
        detector.append(sample)
        found: Language = detector.get_probabilities()[0]
        return found


def _factory() -> DetectorFactory:
    """Return a seeded factory with the six profiles and the decoys."""
    profiles = Path(langdetect.__file__).parent / "profiles"
    factory = DetectorFactory()
    DetectorFactory.seed = 0  # unseeded, langdetect changes its mind between two runs
    codes = dict.fromkeys((*LANGUAGES, *_DECOYS))  # each once: a neighbour may have become one of ours
    factory.load_json_profile([(profiles / code).read_text(encoding="utf-8") for code in codes])
    return factory
