"""Read a child's spelling by its sound: an unknown English word becomes the word of the concern lists it sounds like.

Knows words and their sounds; decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from feedback.text.concerns.lists import lists
from feedback.text.concerns.signals import groups
from feedback.text.redaction.lists import dictionary, name_list
from feedback.text.sounds import key, keys

_SHORTEST = 4
_FEWEST_SOUNDS = 2
_ALIKE = 0.6
"""Share of letters (as difflib counts) that a spelling must have in common with the word it sounds like."""
_ALIKE_SHORT = 0.74
"""The same where only two consonants speak for the word."""


class Sounds:
    """The words of the concern lists by their sound."""

    def __init__(self, listed: Iterable[str]) -> None:
        """Take the words of the lists; one ending in a star stands for all English words that begin so."""
        listed = frozenset(listed)
        whole = frozenset(word for word in listed if not word.endswith("*"))
        starts = frozenset(word[:-1] for word in listed if word.endswith("*"))
        lengths = sorted({len(start) for start in starts})
        self._by_sound: dict[str, list[str]] = {}
        kept = [
            word
            for word in sorted(dictionary() | whole)
            if len(word) >= _SHORTEST and (word in whole or any(word[:length] in starts for length in lengths))
        ]
        for word, sound in zip(kept, keys(kept), strict=True):
            self._by_sound.setdefault(sound, []).append(word)

    def of(self, word: str) -> str | None:
        """Return the listed word that an unknown one sounds like; None for a word or name people know."""
        if len(word) < _SHORTEST or not word.isascii() or not word.isalpha():
            return None
        return _known(self, word)

    def closest(self, word: str) -> str | None:
        """Return the listed word of the same sound with most letters in common."""
        sound = key(word)
        if len(sound) < _FEWEST_SOUNDS:
            return None
        least = _ALIKE if len(sound) > _FEWEST_SOUNDS else _ALIKE_SHORT
        best = max(((_alike(word, other), other) for other in self._by_sound.get(sound, ())), default=(0.0, ""))
        return best[1] if best[0] >= least else None


@lru_cache(maxsize=1)
def english() -> Sounds:
    """Return the words of the English lists by their sound, read at the first call."""
    signals = groups("en")
    return Sounds(lists().english | signals.whole.keys() | {f"{start}*" for start in signals.starts})


@lru_cache(maxsize=20_000)
def _known(sounds: Sounds, word: str) -> str | None:
    if word in dictionary() or word in name_list():
        return None
    return sounds.closest(word)


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
