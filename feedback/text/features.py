"""Turn a piece of writing into numbers a linear model can weigh: pieces of words, word lists, question, group.

Pieces of words are hashed into a fixed number of buckets, so no vocabulary is kept and any language fits.
Knows nothing about weights.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

import regex

from feedback.text import codebook, concepts, encoder, gloss, tone_words
from feedback.text.language import detect
from feedback.text.lexicon import Matcher
from feedback.text.sentences import split
from feedback.text.valence import valence
from feedback.text.words import words

if TYPE_CHECKING:
    from feedback.text.encoder import Array

BUCKETS = 1 << 18
_SHORTEST, _LONGEST = 3, 5
_INSIDE = crc32(b"c")
IDEAS = 2.2
"""How much the ideas of a text and their kinds count beside its words; chosen on comments the model had not seen."""
_MOST_IDEAS = 2_000
"""Words of one text that are read as ideas."""
_APART = 2
"""Ideas stand in another order in every language, so two that are this near make a pair whatever their order."""
_LONG = math.log1p(30)
"""Texts longer than thirty words are not more negative for being longer."""
_IN_CODE_BOOK = "."
"""In the name of every list of the code book (`theme.idea`) and of no tone list."""
_VOWELS = regex.compile(r"(?<=\w)[aeiouyhw']+")
_SOUNDS = (
    (regex.compile("ph"), "f"),
    (regex.compile("ck|c(?![eiyh])|q"), "k"),
    (regex.compile("c(?=[eiy])|z"), "s"),
    (regex.compile("^kn|^wr|gh"), ""),
    (regex.compile("dg|j"), "g"),
    (regex.compile(r"(.)\1"), r"\1"),
)


@dataclass(frozen=True, slots=True)
class Writing:
    """A text read once: folded words and what the word lists found in them."""

    words: tuple[str, ...]
    language: str | None
    question: str
    group: str
    asked: bool
    tone: tone_words.ToneWords
    cues: tuple[codebook.Cue, ...]
    pairs: tuple[int, ...]
    thoughts: tuple[tuple[str, ...], ...]
    kinds: tuple[tuple[str, ...], ...]
    ideas: tuple[int, ...]
    vector: Array | None


def read(text: str, language: str | None, question: str | None = None, group: str | None = None) -> Writing:
    """Return a text of a known language with its folded words, tone words and cue words."""
    return _read(text, words(text), language, question, group)


def read_parts(text: str, language: str | None, question: str | None = None, group: str | None = None) -> list[Writing]:
    """Return each sentence of a text as `read` does; nothing for a text of one sentence."""
    pieces = split(text)
    return [read(piece, language, question, group) for piece in pieces] if len(pieces) > 1 else []


def read_unknown(text: str, prior: str | None, question: str | None = None, group: str | None = None) -> Writing:
    """Return a text as `read` does, its language detected; `prior` is the first guess."""
    folded = words(text)
    return _read(text, folded, detect(text, prior, folded), question, group)


def _read(text: str, folded: list[str], language: str | None, question: str | None, group: str | None) -> Writing:
    """Return what the lists find in folded words."""
    found = _lists(language or "").find(folded)
    thoughts = gloss.ideas(folded[:_MOST_IDEAS], language)
    kinds = _kinds(folded[:_MOST_IDEAS], thoughts, language)
    cued = [match for match in found if _IN_CODE_BOOK in match.name]
    return Writing(
        words=tuple(folded),
        language=language,
        question=question or "anything_else",
        group=group or "other",
        asked=question is not None or group is not None,
        tone=tone_words.count(folded, language or "", [match for match in found if _IN_CODE_BOOK not in match.name]),
        cues=tuple(codebook.cues(folded, language or "", cued)),
        pairs=pair_buckets(folded),
        thoughts=thoughts,
        kinds=kinds,
        ideas=idea_buckets(thoughts, kinds, question or "anything_else"),
        vector=encoder.vector(text),
    )


@cache
def _lists(language: str) -> Matcher:
    """Return the tone lists and the code book of a language together, which halves the looking up."""
    return Matcher(tone_words.lists(language) | codebook.lists(language))


def ideas_of(writing: Writing, question: str) -> tuple[int, ...]:
    """Return the buckets of a writing's ideas under another question: those of two near each other stay."""
    single = _single((*writing.thoughts, *writing.kinds), question)
    return (*single, *writing.ideas[len(single) :])


def bucket(kind: str, piece: str) -> int:
    """Return the bucket of a piece of writing; the same on every machine."""
    return crc32(f"{kind}{piece}".encode("utf-8", "replace")) & (BUCKETS - 1)


@lru_cache(maxsize=30_000)
def word_buckets(word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the buckets of a word and its sound, and those of the letter groups inside it."""
    whole = (bucket("w", word), bucket("s", sound(word))) if word.isascii() else (bucket("w", word),)
    edged = f"<{word[:40]}>"
    plain = edged.encode() if edged.isascii() else None  # then a letter is a byte
    inside = [
        crc32(plain[at : at + size] if plain else edged[at : at + size].encode("utf-8", "replace"), _INSIDE)
        for size in range(_SHORTEST, min(_LONGEST, len(edged)) + 1)
        for at in range(len(edged) - size + 1)
    ]
    return whole, tuple([code & (BUCKETS - 1) for code in inside])


def pair_buckets(folded: Sequence[str]) -> tuple[int, ...]:
    """Return the buckets of every two neighbouring words."""
    return tuple([crc32(f"p{one} {two}".encode("utf-8", "replace")) & (BUCKETS - 1) for one, two in pairwise(folded)])


def _kinds(
    folded: Sequence[str], ideas: Sequence[tuple[str, ...]], language: str | None
) -> tuple[tuple[str, ...], ...]:
    """Return the kinds of thing that English words mean, misspelt ones too, or the ideas of another language."""
    named = folded if language in {"en", None} else [idea[0] for idea in ideas]
    return tuple(some for word in named if (some := concepts.kinds(word)))


def idea_buckets(ideas: Sequence[tuple[str, ...]], kinds: Sequence[tuple[str, ...]], question: str) -> tuple[int, ...]:
    """Return the buckets of every English idea in a text and of every kind of thing it speaks of.

    Each stands alone, under its question, and near another of its sort.
    """
    return (*_single((*ideas, *kinds), question), *_near(ideas), *_near(kinds))


def _near(ideas: Sequence[tuple[str, ...]]) -> list[int]:
    """Return the buckets of every two ideas that stand near each other, by the first meaning of each."""
    first = [some[0] for some in ideas]
    return [_two_ideas(one, other) for apart in range(1, _APART + 1) for one, other in zip(first, first[apart:])]  # noqa: B905 - one is shorter


def _single(ideas: Sequence[tuple[str, ...]], question: str) -> list[int]:
    """Return the buckets of every idea by itself and under a question."""
    found: list[int] = []
    for some in ideas:
        for one in some:
            found += _idea(one, question)
    return found


@lru_cache(maxsize=20_000)
def _idea(one: str, question: str) -> tuple[int, int]:
    """Return the buckets of one idea: "nothing" and "more" mean different things under different questions."""
    return bucket("g", one), bucket("q", f"{question} {one}")


@lru_cache(maxsize=30_000)
def _two_ideas(one: str, other: str) -> int:
    """Return the bucket of two ideas, whichever comes first."""
    return bucket("h", f"{one} {other}" if one < other else f"{other} {one}")


def sound(word: str) -> str:
    """Return roughly how a Latin word sounds, so that "skard" and "scared" meet: its consonants, simplified."""
    for pattern, letter in _SOUNDS:
        word = pattern.sub(letter, word)
    return str(_VOWELS.sub("", word))


def tone_facts(writing: Writing) -> dict[str, float]:
    """Return the named numbers the tone model reads beside the pieces of words."""
    tone, question = writing.tone, writing.question
    scale = math.sqrt(max(tone.length, 1))
    good, bad = tone.good / scale, tone.bad / scale
    facts = {
        "good": good, "bad": bad, "lean": (tone.good - tone.bad) / (tone.good + tone.bad + 1),
        "feels good": min(tone.feelings[0], 3) / 2, "feels bad": min(tone.feelings[1], 3) / 2,
        "went well": min(tone.events[0], 3) / 2, "went wrong": min(tone.events[1], 3) / 2,
        "negations": min(tone.negations, 3) / 2, "no negation": float(tone.negations == 0),
        "but": float(tone.has_but), "both": float(tone.good > 0 and tone.bad > 0),
        "neither": float(tone.good == 0 and tone.bad == 0),
        "nothing": float(tone.says_nothing), "unsure": float(tone.says_unsure),
        "length": min(math.log1p(tone.length), _LONG) / 3,
        f"good {question}": good, f"bad {question}": bad, f"nothing {question}": float(tone.says_nothing),
    }  # fmt: skip
    if writing.language == "en":
        facts["valence"] = facts[f"valence {writing.group}"] = 2 * valence(writing.words)
    return _with_setting({name: value for name, value in facts.items() if value}, writing)


def theme_facts(writing: Writing) -> dict[str, float]:
    """Return the named numbers the theme model reads: ideas of the code book and their themes."""
    facts: dict[str, float] = {}
    for cue in writing.cues:
        facts[f"{cue.theme}.{cue.idea}"] = 1.0
        facts[cue.theme] = min(facts.get(cue.theme, 0.0) + 0.5, 1.5)
    return _with_setting(facts, writing)


def _with_setting(facts: dict[str, float], writing: Writing) -> dict[str, float]:
    """Add who answered which question in which language."""
    facts[f"asked {writing.question}"] = 1.0
    facts[f"group {writing.group}"] = 1.0
    facts[f"in {writing.language}"] = 0.5
    facts[f"in {writing.language} {writing.question}"] = 0.5
    return facts
