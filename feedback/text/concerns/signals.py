"""Turn a row of words into features: which groups of signal words occur, and which meet within a few words.

The groups mean the same in every language: what is learnt in one helps in all. Knows no weights.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from feedback.text.concerns.lists import LANGUAGES
from feedback.text.concerns.phrases import folded_words
from feedback.text.tokens import STOP

NEAR = 12
"""Words within which two groups are said to meet."""
_SHORT = 6
_LONG = 60
_MOST_REMEMBERED = 20_000
_LATIN = frozenset({"en", "pl", "ro", "es", "fr", "pt", "tr", "sq"})


@dataclass(frozen=True, slots=True)
class Groups:
    """The signal words of one language: whole words, beginnings of words, rows of words; each with its groups."""

    whole: Mapping[str, frozenset[str]]
    starts: Mapping[str, frozenset[str]]
    rows: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    lengths: tuple[int, ...]
    remembered: dict[str, frozenset[str]] = field(default_factory=dict, compare=False)

    def of(self, words: Sequence[str], at: int) -> frozenset[str]:
        """Return the groups of the word at an index, or of the row of words that begins there."""
        word = words[at]
        found = self.alone(word)
        rows = self.rows.get(word)
        if rows:
            found = found | {group for row, group in rows if tuple(words[at : at + len(row)]) == row}
        return found

    def alone(self, word: str) -> frozenset[str]:
        """Return the groups of a word by itself, remembered for the words met so far."""
        known = self.remembered.get(word)
        if known is None:
            starts = (self.starts.get(word[:length], frozenset()) for length in self.lengths if length <= len(word))
            known = self.whole.get(word, frozenset()).union(*starts)
            if len(self.remembered) < _MOST_REMEMBERED:
                self.remembered[word] = known
        return known


@lru_cache(maxsize=32)
def groups(language: str) -> Groups:
    """Return the signal words of a language, read at the first call."""
    text = (files("feedback.text") / "lexicons" / "concerns" / "signals" / f"{language}.toml").read_text("utf-8")
    whole: dict[str, set[str]] = {}
    starts: dict[str, set[str]] = {}
    rows: dict[str, set[tuple[tuple[str, ...], str]]] = {}
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
    for at, word in enumerate(words):
        of = own.of(words, at)
        if english is not None and word.isascii():
            of = of | english.of(words, at)
        for group in of:
            places.setdefault(group, []).append(at)
    return places


def meetings(words: Sequence[str], language: str | None, hits: Iterable[str]) -> dict[str, tuple[float, Sequence[int]]]:
    """Return feature -> (value, indices of the words it came from): groups, and two groups that meet within NEAR words.

    `hits` are the kinds of listed phrases found.
    """
    places = found_in(words, language)
    found: dict[str, tuple[float, Sequence[int]]] = {group: (1.0, at) for group, at in places.items()}
    ordered = sorted(places)
    close = len(words) <= NEAR + 1
    for number, first in enumerate(ordered, start=1):
        here = places[first]
        for second in ordered[number:]:
            at = _meeting(here, places[second], close=close)
            if at:
                found[f"{first}+{second}"] = (1.0, at)
    for hit in hits:
        found[f"hit:{hit}"] = (1.0, ())
    count = len(words) - words.count(STOP)
    found["length"] = (min(count, _LONG) / (_LONG / 2), ())
    found["short"] = (float(count < _SHORT), ())
    found["density"] = (sum(map(len, places.values())) / (count + 3), ())
    return found


def _meeting(first: Sequence[int], second: Sequence[int], *, close: bool) -> tuple[int, ...]:
    """Return two indices, one of each, that are different and near; empty when there are none."""
    one, other = first[0], second[0]
    if one != other and (close or -NEAR <= one - other <= NEAR):
        return (one, other)
    for one in first:
        for other in second:
            if one != other and abs(one - other) <= NEAR:
                return (one, other)
    return ()
