"""Turn a row of words into features: which groups of signal words occur, and which meet within a few words.

The groups mean the same in every language: what is learnt in one helps in all. Knows no weights.
"""

from __future__ import annotations

import tomllib
from bisect import insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from itertools import combinations

from feedback.text.concerns.lists import LANGUAGES
from feedback.text.concerns.phrases import folded_words
from feedback.text.remembered import Remembered
from feedback.text.tokens import STOP

NEAR = 12
"""Words within which two groups are said to meet."""
_SHORT = 6
_LONG = 60
_LATIN = frozenset({"en", "pl", "ro", "es", "fr", "pt", "tr", "sq"})


_NONE: frozenset[str] = frozenset()
_Listed = tuple[tuple[str, ...], str]
"""A row of words and its group."""


@dataclass(frozen=True, slots=True)
class Groups:
    """The signal words of one language: whole words, beginnings of words, rows of words; each with its groups."""

    whole: Mapping[str, frozenset[str]]
    starts: Mapping[str, frozenset[str]]
    rows: Mapping[str, tuple[_Listed, ...]]
    lengths: tuple[int, ...]
    known: Remembered[str, tuple[frozenset[str], tuple[_Listed, ...]]] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Remember what the words met so far are."""
        object.__setattr__(self, "known", Remembered(self._meet))

    def found_in(self, words: Sequence[str], *, ascii_only: bool = False) -> Iterator[tuple[int, frozenset[str]]]:
        """Yield every index at which a listed word or row of words begins, and its groups."""
        known = self.known
        for at, word in enumerate(words):
            alone, rows = known[word]
            if rows:
                alone = alone.union(group for row, group in rows if tuple(words[at : at + len(row)]) == row)
            if alone and not (ascii_only and not word.isascii()):
                yield at, alone

    def _meet(self, word: str) -> tuple[frozenset[str], tuple[_Listed, ...]]:
        """Return the groups of a word by itself and the rows it begins."""
        begins = [word[:length] for length in self.lengths if word[:length] in self.starts]
        alone = self.whole.get(word, _NONE)
        # most words are in no group, and then share the one empty set
        return alone.union(*map(self.starts.__getitem__, begins)) if begins else alone, self.rows.get(word, ())


@lru_cache(maxsize=32)
def groups(language: str) -> Groups:
    """Return the signal words of a language, read at the first call."""
    text = (files("feedback.text") / "lexicons" / "concerns" / "signals" / f"{language}.toml").read_text("utf-8")
    whole: dict[str, set[str]] = {}
    starts: dict[str, set[str]] = {}
    rows: dict[str, set[_Listed]] = {}
    for group, listed in tomllib.loads(text).items():
        for entry in listed.split() if group != "checked_by" else ():
            row = folded_words(entry.rstrip("*").replace("_", " "))
            if len(row) > 1:
                rows.setdefault(row[0], set()).add((row, group))
            elif row:
                (starts if entry.endswith("*") else whole).setdefault(row[0], set()).add(group)
    return Groups(
        {word: frozenset(of) for word, of in whole.items()},
        {word: frozenset(of) for word, of in starts.items()},
        {word: tuple(sorted(of)) for word, of in rows.items()},
        tuple(sorted({len(word) for word in starts})),
    )


def found_in(words: Sequence[str], language: str | None) -> dict[str, list[int]]:
    """Return for every group the indices of its words; English groups count for Latin words in other scripts."""
    own = groups(language if language in LANGUAGES else "en")
    english = groups("en") if language in LANGUAGES and language not in _LATIN else None
    places: dict[str, list[int]] = {}
    for at, of in own.found_in(words):
        for group in of:
            places.setdefault(group, []).append(at)
    for at, of in english.found_in(words, ascii_only=True) if english else ():
        for group in of:
            if at not in places.setdefault(group, []):
                insort(places[group], at)
    return places


def meetings(words: Sequence[str], language: str | None, hits: Iterable[str]) -> dict[str, tuple[float, Sequence[int]]]:
    """Return feature -> (value, indices of the words it came from): groups, and two groups that meet within NEAR words.

    `hits` are the kinds of listed phrases found.
    """
    places = found_in(words, language)
    found: dict[str, tuple[float, Sequence[int]]] = {group: (1.0, at) for group, at in places.items()}
    close = len(words) <= NEAR + 1
    for (first, here), (second, there) in combinations(sorted(places.items()), 2):
        one, other = here[0], there[0]
        at = (one, other) if close and one != other else _meeting(here, there)
        if at:
            found[f"{first}+{second}"] = (1.0, at)
    for hit in hits:
        found[f"hit:{hit}"] = (1.0, ())
    count = len(words) - words.count(STOP)
    found["length"] = (min(count, _LONG) / (_LONG / 2), ())
    found["short"] = (float(count < _SHORT), ())
    found["density"] = (sum(map(len, places.values())) / (count + 3), ())
    return found


def _meeting(first: Sequence[int], second: Sequence[int]) -> tuple[int, ...]:
    """Return two indices, one of each, that are different and near; empty when there are none."""
    for one in first:
        for other in second:
            if one != other and -NEAR <= one - other <= NEAR:
                return (one, other)
    return ()
