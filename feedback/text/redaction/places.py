"""Find where: streets with their numbers, schools, and towns from the gazetteer.

A word before "road" or "school" is taken for its name unless it is an everyday word; knows no form of numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex

from feedback.text.gloss import glosses
from feedback.text.redaction.known import NOT_LATIN, is_cased
from feedback.text.redaction.lists import cues, dictionary, everyday, place_list
from feedback.text.redaction.spans import Hidden, Word, Words
from feedback.text.remembered import Remembered
from feedback.text.tokens import Folded
from feedback.text.words import fold

_MOST_NAME_WORDS = 3
_NUMBER_BEFORE = regex.compile(r"(?:flat|no\.?|number|apt|unit|house)?\s*\d{1,4}\s?[a-z]?[\s,/\-]{1,2}", regex.I)
_LONGEST_NUMBER = 16
_SHORTEST_SAINT = 2
_SHORTEST_STEM = 3
_SHORTEST_LOWER_STEM = 6
"""Letters a place has before an ending when no capital says that it is one."""
_SAINTS = frozenset({"st", "saint", "sts"})


def find(_folded: Folded, words: Words) -> Iterator[Hidden]:
    """Yield streets, schools and places."""
    there = {word.word for word in words.row}
    if not there.isdisjoint(_school_words()):
        yield from _schools(words)
    if not there.isdisjoint(_street_words()):
        yield from _streets(words)
    yield from _gazetteer(words)


@lru_cache(maxsize=1)
def _school_words() -> frozenset[str]:
    """Return the words one of which the name of a school or a saint holds."""
    return cues().schools | cues().schools_loose | _SAINTS


@lru_cache(maxsize=1)
def _street_words() -> frozenset[str]:
    """Return the words one of which an address holds."""
    return cues().street_ends | cues().street_ends_loose | cues().street_starts


def _gazetteer(words: Words) -> Iterator[Hidden]:
    """Yield the places of the gazetteer; one that is also an everyday word or a name only with a capital."""
    known, row, common = _BEGUN, words.row, everyday(words.language)
    inflects = words.language == "ar" or bool(cues().endings.get(words.language or ""))
    end = 0
    for at, word in enumerate(row):
        candidates = known[word.word]
        if inflects and not candidates:
            candidates = _uninflected(word.word, words.language, capital=word.capital)
        if not candidates or at < end:
            continue
        for candidate in candidates:
            if _matches(row, at, candidate) and not any(w.kept for w in row[at : at + len(candidate)]):
                if len(candidate) == 1 and word.word in common and not (word.capital and not word.opens):
                    continue
                end = at + len(candidate)
                yield Hidden(word.start, row[end - 1].end, "place")
                break


def _plain(word: str) -> str:
    return word.replace("'", "")


_BEGUN: Remembered[str, tuple[tuple[str, ...], ...]] = Remembered(lambda word: place_list().get(_plain(word), ()))
"""The places that begin with a word."""


def _matches(row: list[Word], at: int, candidate: tuple[str, ...]) -> bool:
    """Whether a place stands at a word; its last word may carry the s that the reader took for a possessive."""
    if at + len(candidate) > len(row):
        return False
    pairs = zip(row[at : at + len(candidate)], candidate, strict=True)
    return all(w.word == part or (w.possessive and w.word + "s" == part) or _plain(w.word) == part for w, part in pairs)


def _uninflected(word: str, language: str | None, *, capital: bool) -> tuple[tuple[str, ...], ...]:
    """Return one-word places of which the word is an inflected form in its language."""
    known = place_list()
    if language == "ar" and word[:1] in "وبلف" and word[1:] in known:
        return tuple((word,) for row in known[word[1:]] if len(row) == 1)
    shortest = _SHORTEST_STEM if capital or not is_cased(word) else _SHORTEST_LOWER_STEM
    for ending, base in cues().endings.get(language or "", ()):
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            stem = word[: len(word) - len(ending)] + base
            if any(len(row) == 1 for row in known.get(stem, ())):
                return ((word,),)
    return ()


def _streets(words: Words) -> Iterator[Hidden]:
    row, cue = words.row, cues()
    for at, word in enumerate(row):
        if word.word in cue.street_ends or word.word in cue.street_ends_loose:
            first = _name_before(words, at, strict=word.word in cue.street_ends_loose)
            if first < at:
                yield Hidden(_with_number(words, row[first].start), word.end, "address")
        elif word.word in cue.street_starts and at + 1 < len(row):
            last = at
            while last + 1 < len(row) and last - at < _MOST_NAME_WORDS and _goes_on(words, last + 1):
                last += 1
            if last > at:
                yield Hidden(word.start, row[last].end, "address")


def _goes_on(words: Words, at: int) -> bool:
    """Whether a word may belong to the name of a street: by its capital, in scripts without by meaning nothing else."""
    word = words.row[at]
    return (word.capital and not word.opens) or _means_nothing(word, words.language)


def _means_nothing(word: Word, language: str | None) -> bool:
    """Whether a word of a script without capitals is one that no list knows."""
    if is_cased(word.word) or not word.word.isalpha() or word.kept:
        return False
    return word.word not in everyday(language) and not glosses(language or "").of(fold(word.word))


def _with_number(words: Words, start: int) -> int:
    """Return where the house number before a street's name begins."""
    near = _NUMBER_BEFORE.finditer(words.text, max(0, start - _LONGEST_NUMBER), start)
    first: int = next((match.start() for match in near if match.end() == start), start)
    return first


def _name_before(words: Words, at: int, *, strict: bool) -> int:
    """Return the first word of the name that stands before `at`; `at` itself when there is none.

    A capital makes a name, as does a word nobody uses every day; `strict` ("close", "way") asks for capitals. Where
    people write another script, two Latin words are a street's whole name ("rusty lane").
    """
    row, common, cue = words.row, everyday(words.language), cues()
    english = words.language in ("en", None)
    first = at
    abroad = words.language in NOT_LATIN and row[at].word in cue.street_ends and row[at].word.isascii()
    while first > 0 and at - first < _MOST_NAME_WORDS:
        word = row[first - 1]
        foreign = abroad and first == at and word.word.isascii() and word.word.isalpha() and word.word not in common
        if words.apart(first - 1, first).strip(" -'’s.") or word.kept or word.word in cue.not_a_place_name:
            break
        capital = word.capital and not word.opens and not (word.shouted and not row[at].shouted)
        unknown = (
            english and not strict and word.word.isalpha() and not (word.word in common or word.word in dictionary())
        )
        named = capital or unknown or foreign or _means_nothing(word, words.language)
        if not (named or (first == at and _numbered(words, first - 1))):
            break
        first -= 1
    return first


def _numbered(words: Words, at: int) -> bool:
    """Whether a house number stands right before a word ("12 park road")."""
    return at > 0 and words.row[at - 1].word.rstrip("abcdefgh").isdigit() and words.row[at].word.isalpha()


def _schools(words: Words) -> Iterator[Hidden]:
    row, cue = words.row, cues()
    at = 0
    while at < len(row):
        word = row[at]
        if word.word in cue.schools or word.word in cue.schools_loose:
            first = _name_before(words, at, strict=False)
            last = at
            while last + 1 < len(row) and row[last + 1].word in cue.schools | cue.schools_loose:
                last += 1
            if first < at:
                yield Hidden(row[first].start, row[last].end, "school")
            at = last
        elif word.word in _SAINTS and at + 1 < len(row):
            yield from _saint(words, at)
        at += 1


def _saint(words: Words, at: int) -> Iterator[Hidden]:
    """Yield a church, school or place named after a saint."""
    row, cue = words.row, cues()
    if len(row[at + 1].word) <= _SHORTEST_SAINT or row[at + 1].kept:
        return
    if words.apart(at, at + 1).strip(" .") or (row[at].word == "st" and at > 0 and row[at - 1].word[-1:].isdigit()):
        return
    last = at + 1
    while last + 1 < len(row) and row[last + 1].word in cue.schools | cue.schools_loose:
        last += 1
    yield Hidden(row[at].start, row[last].end, "school" if last > at + 1 else "place")
