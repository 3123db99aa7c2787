"""Say what kind of thing a word means, so that "rang", "phoned" and "called" count alike, in every language.

The list in `lexicons/concepts` is of English words; words of other languages come to it as English ideas (`gloss`).
Knows nothing about tone or themes.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from feedback.text.remembered import Remembered

_MARK = ":"
"""Before the name of a kind, so that the kind "late" is not taken for the word."""
_SHORTEST_START = 4

Index = dict[str, tuple[str, ...]]


@cache
def _lists() -> tuple[Index, Index]:
    """Return the kinds of whole words and of beginnings."""
    whole: Index = {}
    starts: Index = {}
    for line in (files("feedback.text") / "lexicons" / "concepts" / "en.tsv").read_text("utf-8").splitlines():
        kind, _, forms = line.partition("\t")
        for form in forms.split("|") if forms else ():
            index = starts if form.endswith("*") else whole
            word = form.rstrip("*")
            index[word] = (*index.get(word, ()), _MARK + kind)
    return whole, starts


def kinds(word: str) -> tuple[str, ...]:
    """Return the kinds of thing that a folded English word can mean; none for a word that tells little."""
    return _KINDS[word]


def kinds_of_each(folded: Iterable[str]) -> list[tuple[str, ...]]:
    """Return the kinds of every word of a text."""
    known = _KINDS
    return [known[word] for word in folded]


def _look_up(word: str) -> tuple[str, ...]:
    """Return the kinds of a word not met before."""
    whole, starts = _lists()
    if word in whole:
        return whole[word]
    beginnings = (word[:length] for length in range(len(word), _SHORTEST_START - 1, -1))
    return next((starts[beginning] for beginning in beginnings if beginning in starts), ())


_KINDS = Remembered(_look_up)
