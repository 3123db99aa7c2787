"""Decide which of the phrases found in a comment are concerns: what takes them back, and which are told.

Knows the lists through `lists.py` only; decides order of reading, never that something is harmless for a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

import regex

from feedback.text.concerns.lists import HARMLESS, SETTLED, STILL, Kind, Level, lists
from feedback.text.concerns.phrases import joined
from feedback.text.tokens import STOP

MOST = 20
"""Concerns told for one comment; more would say nothing new to its reader."""
MOST_WORDS = 4000
"""Words looked at in one go; longer comments are read in overlapping parts."""
_OVERLAP = 60
_REPEATED = regex.compile(r"(\p{L})\1{2,}+")


@dataclass(frozen=True, slots=True)
class Concern:
    """Words that may tell of harm; `start` and `end` are indices into the text as it was given (end exclusive)."""

    kind: Kind
    level: Level
    start: int
    end: int
    words: str


class _Hit(NamedTuple):
    kind: str
    level: int
    first: int
    last: int
    """One past the last word."""


def find(text: str, language: str | None) -> tuple[Concern, ...]:
    """Return the concerns in a text in order of place, one for each kind and stretch of words, at most MOST.

    The lists of the given language and of English are used in full, those of the other languages without their
    one-word phrases; an unknown language (None) means all lists in full.
    """
    row = joined(text)
    found: list[Concern] = []
    for at in range(0, max(len(row), 1), MOST_WORDS):
        part = row[max(0, at - _OVERLAP) : at + MOST_WORDS]
        for hit in _concerns([word for word, _, _ in part], language):
            start, end = part[hit.first][1], part[hit.last - 1][2]
            concern = Concern(cast(Kind, hit.kind), cast(Level, hit.level), start, end, text[start:end])
            if concern not in found:
                found.append(concern)
        if len(found) >= MOST:
            break
    return tuple(sorted(found, key=lambda c: (c.start, c.end, c.kind))[:MOST])


def _concerns(words: list[str], language: str | None) -> list[_Hit]:
    """Return the hits of a row of words that nothing takes back, the widest of each kind and place."""
    hits = _hits(words, language)
    spelt = _respelt(words, language)
    if spelt != words:
        hits |= _hits(spelt, language)
    concerns = [hit for hit in hits if hit.level]
    if not concerns:
        return []
    harmless = [hit for hit in hits if hit.kind == HARMLESS]
    settled = [hit for hit in hits if hit.kind == SETTLED]
    still = [hit for hit in hits if hit.kind == STILL]
    if harmless or settled:
        sentence = _sentences(words)
        over = {sentence[hit.first] for hit in settled} - {sentence[hit.first] for hit in still}
        concerns = [
            hit
            for hit in concerns
            if not any(h.first < hit.last and hit.first < h.last for h in harmless)
            and (hit.level == 3 or sentence[hit.first] not in over)  # noqa: PLR2004 - immediate danger
        ]
    return _widest(concerns)


def _hits(words: Sequence[str], language: str | None) -> set[_Hit]:
    loaded = lists()
    found: set[_Hit] = set()
    for phrase, first, last in loaded.finder.find(words):
        of = loaded.language[id(phrase)]
        if language is None or of in (language, "en") or phrase.length > 1:
            found.add(_Hit(phrase.kind, phrase.level, first, last))
    return found


def _respelt(words: Sequence[str], language: str | None) -> list[str]:
    """Return the words with known misspellings put right; English ones also when the language is unknown."""
    spellings = lists().spellings.get(language or "en", {})
    return [spellings.get(word) or spellings.get(_REPEATED.sub(r"\1", word), word) for word in words]


def _sentences(words: Sequence[str]) -> list[int]:
    """Return for each word the number of its sentence."""
    number, numbers = 0, []
    for word in words:
        number += word == STOP
        numbers.append(number)
    return numbers


def _widest(hits: Sequence[_Hit]) -> list[_Hit]:
    """Return the hits without those that overlap a higher or wider one of the same kind."""
    kept: list[_Hit] = []
    for hit in sorted(hits, key=lambda h: (-h.level, h.first - h.last, h.first)):
        if not any(k.kind == hit.kind and k.first < hit.last and hit.first < k.last for k in kept):
            kept.append(hit)
    return kept
