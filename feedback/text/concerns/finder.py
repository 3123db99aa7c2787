"""Find every phrase of some lists in a row of words, trying only those that one of its words calls.

Knows no list and no language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from feedback.text.concerns.phrases import Phrase
from feedback.text.remembered import Remembered

_Call = tuple[Phrase, tuple[frozenset[str], ...]]
"""A phrase that a word calls, and what it needs besides that word."""


class Finder:
    """All phrases of some lists, called by their anchor words."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        """Index the phrases by their anchor words and beginnings."""
        self._whole: dict[str, list[Phrase]] = {}
        self._starts: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            for word in phrase.anchor:
                index, key = (self._starts, word[:-1]) if word.endswith("*") else (self._whole, word)
                index.setdefault(key, []).append(phrase)
        self._needed = {word for phrase in phrases for words in phrase.needs for word in words}
        self._pairs = frozenset(said for said in self._needed.union(self._whole) if " " in said)
        self._met = Remembered(self._meet)
        self._lengths = sorted({len(key) for key in self._starts})
        self._beginnings = sorted({len(word) - 1 for word in self._needed if word.endswith("*")})

    def _meet(self, word: str) -> tuple[tuple[_Call, ...], frozenset[str]]:
        """Return the phrases a word calls, with what else they need, and the needs it meets."""
        starts = [word[:length] for length in self._lengths if word[:length] in self._starts]
        called = dict.fromkeys([*self._whole.get(word, ()), *(phrase for of in starts for phrase in self._starts[of])])
        calls = tuple((phrase, tuple(need for need in phrase.needs if need != set(phrase.anchor))) for phrase in called)
        begins = (word[:length] + "*" for length in self._beginnings if length <= len(word))
        return calls, frozenset(self._needed.intersection([word, *begins]))

    def _called(self, row: Sequence[str]) -> list[Phrase]:
        """Return the phrases that may stand in a row of words: called by one of them, and all their needs met."""
        known = self._met
        pairs = self._pairs.intersection(map(" ".join, pairwise(row)))
        met = [known[said] for said in pairs.union(row)]
        there: set[str] = set().union(*[needs for _, needs in met if needs])
        found: dict[Phrase, None] = {}
        for calls, _ in met:
            for phrase, needs in calls:
                for needed in needs:
                    if there.isdisjoint(needed):
                        break
                else:
                    found[phrase] = None
        return list(found)

    def find(self, row: Sequence[str]) -> Iterator[tuple[Phrase, int, int]]:
        """Yield (phrase, first word, one past the last word) for every occurrence in a row of words."""
        for phrase in self._called(row):
            yield from ((phrase, first, end) for first, end in phrase.spans(row))
