"""Decide which of the phrases found in a comment are concerns: what takes them back, and which are told.

Knows the lists through `lists.py` only; decides order of reading, never that something is harmless for a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, cast

import regex

from feedback.text.concerns.learnt import AlreadyRead, Spelt, judge
from feedback.text.concerns.lists import HARMLESS, SETTLED, STILL, Kind, Level, lists
from feedback.text.concerns.phrases import Joined, joined
from feedback.text.concerns.sounds import english
from feedback.text.features import Writing
from feedback.text.remembered import Remembered
from feedback.text.scales import Weighed
from feedback.text.tokens import STOP

MOST = 20
"""Concerns told for one comment; more would say nothing new to its reader."""
MOST_WORDS = 4000
"""Words looked at in one go; longer comments are read in overlapping parts."""
MOST_HITS = 200
"""Occurrences of phrases weighed in one part."""
_OVERLAP = 60
_STRETCHED = 5
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


class Evidence(NamedTuple):
    """What the lists say of a row of words: the words as spelt right, the kinds met (hints too), the concerns left."""

    words: list[str]
    hits: frozenset[str]
    concerns: list[_Hit]


def find(
    text: str, language: str | None, writing: Writing | None = None, weighed: Weighed | None = None
) -> tuple[Concern, ...]:
    """Return the concerns in a text in order of place, one for each kind and stretch of words, at most MOST.

    Listed phrases count in full for the given language and English, those of other languages without their
    one-word phrases; an unknown language (None) means all lists. What no list names a small learnt model may
    still flag, at level 1. `writing` is the text as read by `features`, where somebody has read it already;
    `weighed` may hold it as that model reads it.
    """
    row = joined(text)
    read = AlreadyRead(writing, weighed)
    found: dict[Concern, None] = {}
    for at in range(0, max(len(row), 1), MOST_WORDS):
        part = row[max(0, at - _OVERLAP) : at + MOST_WORDS]
        for hit in _judged(text, part, language, read):
            start, end = part[hit.first][1], part[hit.last - 1][2]
            found[Concern(cast("Kind", hit.kind), cast("Level", hit.level), start, end, text[start:end])] = None
        if len(found) >= MOST:
            break
    return tuple(sorted(found, key=lambda c: (c.start, c.end, c.kind))[:MOST])


def evidence(text: str, language: str | None) -> Evidence:
    """Return what the lists alone say of a text, for learning."""
    return _evidence([word for word, _, _ in joined(text)], language)


def _judged(text: str, row: Joined, language: str | None, read: AlreadyRead) -> list[_Hit]:
    """Return the concerns of the lists, or else what the model says."""
    if not row:
        return []
    seen = _evidence([word for word, _, _ in row], language)
    if seen.concerns:
        return seen.concerns
    judged = judge(text, row, Spelt(seen.words, seen.hits, language), read)
    return [_Hit(judged.kind, 1, judged.first, judged.last)] if judged else []


def _evidence(words: list[str], language: str | None) -> Evidence:
    """Look the words up in the lists, as written and as spelt right, and drop what other phrases take back."""
    hits = _hits(words, language)
    spelt = _respelt(words, language)
    if spelt != words:
        hits |= _hits(spelt, language)
    concerns = sorted(hit for hit in hits if hit.level)[:MOST_HITS]
    taken_back = [hit for hit in hits if hit.kind == HARMLESS]
    settled = [hit for hit in hits if hit.kind == SETTLED]
    if concerns and (taken_back or settled):
        sentence = _sentences(words)
        still = {sentence[hit.first] for hit in hits if hit.kind == STILL}
        over = {sentence[hit.first] for hit in settled} - still
        concerns = [
            hit
            for hit in concerns
            if not any(h.first < hit.last and hit.first < h.last for h in taken_back)
            and (hit.level == 3 or sentence[hit.first] not in over)  # noqa: PLR2004 - immediate danger
        ]
    kinds = {hit.kind for hit in concerns} | {hit.kind for hit in hits if not hit.level}
    return Evidence(spelt, frozenset(kinds), _widest(concerns))


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
    known = _right_in(language)
    return [known[word] for word in words]


@lru_cache(maxsize=32)
def _right_in(language: str | None) -> Remembered[str, str]:
    """Return the spellings of a language as far as met."""
    return Remembered(lambda word: _right(word, language))


def _right(word: str, language: str | None) -> str:
    """Return a word as it is spelt, also where a letter was held down ("skaaard"), English ones by their sound too."""
    spellings = lists().spellings.get(language or "en", {})
    right = spellings.get(word) or _unstretched(word, spellings)
    return (english().of(right) or right) if language in ("en", None) else right


def _unstretched(word: str, spellings: Mapping[str, str]) -> str:
    """Return a word written with a letter held down in its usual form, others as they are."""
    if len(word) < _STRETCHED or len(set(word)) == len(word):
        return word
    return spellings.get(_REPEATED.sub(r"\1", word), word)


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
