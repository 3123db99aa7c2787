"""Judge by its letters whether a word that no list knows looks like a name: learnt from the names and words listed.

For scripts without capitals, where nothing else tells names apart; knows nothing of what stands beside the word.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from feedback.text.redaction.lists import everyday, home_names, place_list
from feedback.text.remembered import Remembered

_SIZES = (2, 3, 4)
_SMOOTHING = 0.7
_SHORTEST = 3
_FEWEST = 2
"""Names and words together that must hold a run: what stands in one tells nothing, and is half of all."""
_ARABIC = ("\u0600", "\u06ff")
_SCRIPTS = {"ta": ("\u0b80", "\u0bff"), "bn": ("\u0980", "\u09ff"), "ar": _ARABIC, "fa": _ARABIC, "ur": _ARABIC}
"""First and last sign of the script, by language; in the others capitals or surnames tell names apart."""
Likeness = Callable[[str], float]


def likeness(language: str | None) -> Likeness:
    """Return a function that says how much more a word is written like names of a language than like its words.

    Above 0: more like a name. It sums, over runs of two to four letters, how much more often (as a logarithm) names
    hold the run, and divides by the root of their number; 0 for languages whose names show otherwise.
    """
    return _likeness_of(language) if language is not None and language in _SCRIPTS else _none


def _none(_word: str) -> float:
    return 0.0


@lru_cache(maxsize=8)
def _likeness_of(language: str) -> Likeness:
    """Return the function of a language, learnt at the first call."""
    listed = home_names(language) | {part for rows in place_list().values() for row in rows for part in row}
    names = _of_script(listed, language)
    words = _of_script(everyday(language), language) - names
    in_names, in_words = _counted(names), _counted(words)
    weights = {
        run: math.log((in_names[run] + _SMOOTHING) / (len(names) + 2 * _SMOOTHING))
        - math.log((in_words[run] + _SMOOTHING) / (len(words) + 2 * _SMOOTHING))
        for run in in_names.keys() | in_words.keys()
        if in_names[run] + in_words[run] >= _FEWEST
    }

    def judge(word: str) -> float:
        known = [weights[run] for run in _runs(word) if run in weights]
        return sum(known) / math.sqrt(len(known)) if known and len(word) >= _SHORTEST else 0.0

    return Remembered(judge).__getitem__


def _of_script(words: Iterable[str], language: str) -> set[str]:
    """Return the words written in the script of a language that are long enough to judge."""
    first, last = _SCRIPTS[language]
    return {word for word in words if len(word) >= _SHORTEST and first <= word[0] <= last}


def _counted(words: Iterable[str]) -> Counter[str]:
    """Return how many of the words hold each run of letters."""
    return Counter(run for word in words for run in set(_runs(word)))


def _runs(word: str) -> Iterator[str]:
    """Yield the runs of letters of a word, whose beginning and end count as letters."""
    whole = f"^{word}$"
    return (whole[at : at + size] for size in _SIZES for at in range(len(whole) - size + 1))
