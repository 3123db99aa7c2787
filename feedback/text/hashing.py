"""Hash pieces of writing into a fixed number of buckets, so no vocabulary is kept and any language fits.

Pieces are words and their sounds, groups of letters, two words in a row, English ideas. Knows nothing about weights.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from zlib import crc32

from feedback.text.remembered import Remembered

BUCKETS = 1 << 18
_LAST = BUCKETS - 1
_SHORTEST, _LONGEST = 3, 5
_INSIDE, _IDEA, _UNDER, _NEAR = crc32(b"c"), crc32(b"g"), crc32(b"q"), crc32(b"h")
"""What the hash of a piece begins with: a group of letters, an idea, one under a question, two near each other."""
_APART = (1, 2)
"""Ideas stand in another order in every language, so two that are this near make a pair whatever their order."""
_VOWELS = re.compile(r"(?<=\w)[aeiouyhw']+")
_SOUNDS = (
    (re.compile("ph"), "f"),
    (re.compile("ck|c(?![eiyh])|q"), "k"),
    (re.compile("c(?=[eiy])|z"), "s"),
    (re.compile("^kn|^wr|gh"), ""),
    (re.compile("dg|j"), "g"),
    (re.compile(r"(.)\1"), r"\1"),
)

Said = tuple[str, ...]
"""What one word can mean: ideas, or kinds of thing."""


def bucket(kind: str, piece: str) -> int:
    """Return the bucket of a piece of writing; the same on every machine."""
    return crc32(f"{kind}{piece}".encode("utf-8", "replace")) & _LAST


def buckets_of(word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the buckets of a word and its sound, and those of the letter groups inside it."""
    whole = (bucket("w", word), bucket("s", sound(word))) if word.isascii() else (bucket("w", word),)
    edged = f"<{word[:40]}>"
    plain = edged.encode() if edged.isascii() else None  # then a letter is a byte
    inside = [
        crc32(plain[at : at + size] if plain else edged[at : at + size].encode("utf-8", "replace"), _INSIDE)
        for size in range(_SHORTEST, min(_LONGEST, len(edged)) + 1)
        for at in range(len(edged) - size + 1)
    ]
    return whole, tuple([code & _LAST for code in inside])


word_buckets = lru_cache(maxsize=30_000)(buckets_of)
"""The same for learning, which asks for a word again and again; who only judges asks once and saves 17 MB."""


def pair_buckets(folded: Sequence[str]) -> tuple[int, ...]:
    """Return the buckets of every two neighbouring words."""
    return tuple([crc32(f"p{one} {two}".encode("utf-8", "replace")) & _LAST for one, two in pairwise(folded)])


class Ideas:
    """What the words of a text mean, one after the other, and the buckets of all of it or of a stretch of words."""

    def __init__(self, by_word: Sequence[Said], question: str) -> None:
        self._said = [said for said in by_word if said]
        self._ideas_before = [0, *accumulate(map(len, by_word))]
        self._said_before = [0, *accumulate(map(bool, by_word))]
        known = [_HASHED[idea] for said in self._said for idea in said]
        self._alone = [alone for _, alone, _ in known]
        self._asked = _asked([written for written, _, _ in known], question)
        self._near = _near([said[0] for said in self._said])

    def said(self, start: int, end: int) -> tuple[Said, ...]:
        """Return what the words of a stretch mean, words without a meaning left out."""
        return tuple(self._said[self._said_before[start] : self._said_before[end]])

    def alone(self, start: int, end: int) -> list[int]:
        """Return the buckets of the ideas of a stretch, each by itself."""
        return self._alone[self._ideas_before[start] : self._ideas_before[end]]

    def asked(self, start: int, end: int) -> list[int]:
        """Return the buckets of the ideas of a stretch, each under the question."""
        return self._asked[self._ideas_before[start] : self._ideas_before[end]]

    def near(self, start: int, end: int) -> list[int]:
        """Return the buckets of every two ideas of a stretch that stand near each other, by each word's first."""
        first, last = self._said_before[start], self._said_before[end]
        found: list[int] = []
        for apart, buckets in zip(_APART, self._near, strict=True):
            found += buckets[first : max(first, last - apart)]
        return found


def asked_buckets(said: Iterable[Said], question: str) -> list[int]:
    """Return the buckets of ideas under a question: "nothing" and "more" mean other things under others."""
    return _asked([_HASHED[idea][0] for some in said for idea in some], question)


def _asked(written: Sequence[bytes], question: str) -> list[int]:
    """Return the buckets of written ideas under a question."""
    start = crc32(f"{question} ".encode("utf-8", "replace"), _UNDER)
    return [crc32(idea, start) & _LAST for idea in written]


def _hash(idea: str) -> tuple[bytes, int, int]:
    """Return an idea as it is hashed, its bucket by itself, and how the hash of it and one near it begins."""
    written = idea.encode("utf-8", "replace")
    return written, crc32(written, _IDEA) & _LAST, crc32(b" ", crc32(written, _NEAR))


_HASHED = Remembered(_hash)


def _near(ideas: Sequence[str]) -> list[list[int]]:
    """Return the buckets of every two ideas next to each other, and of every two with one between them."""
    hashed = _HASHED
    known = [(idea, hashed[idea]) for idea in ideas]
    return [
        [
            (crc32(end, start) if one < other else crc32(begin, turned)) & _LAST
            for (one, (begin, _, start)), (other, (end, _, turned)) in zip(known, known[apart:], strict=False)
        ]
        for apart in _APART
    ]


def sound(word: str) -> str:
    """Return roughly how a Latin word sounds, so that "skard" and "scared" meet: its consonants, simplified."""
    for pattern, letter in _SOUNDS:
        word = pattern.sub(letter, word)
    return str(_VOWELS.sub("", word))
