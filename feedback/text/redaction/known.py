"""What the redactor knows of the words of one text before it looks around them: everyday, listed, with a capital.

Knows no neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from feedback.text.gloss import glosses
from feedback.text.redaction.lists import (
    Cues,
    closest_names,
    counted,
    cues,
    dictionary,
    everyday,
    familiar_names,
    home_names,
    keep_list,
    name_list,
)
from feedback.text.redaction.spans import Word
from feedback.text.remembered import Remembered
from feedback.text.words import fold

SHORTEST_STEM = 3
_SHORTEST_LOWER_STEM = 4
SHORT = 4
"""A lower-case word of at most this many letters is a name only if it is a familiar one: short words collide."""
SURE_TITLES = frozenset({"mr", "mrs", "ms", "mx", "dr"})
NOT_LATIN = frozenset({"bg", "uk", "ta", "bn", "ur", "ar", "fa", "zh_Hant"})
"""Languages written in another script, by many also in Latin letters."""
_MOSTLY_CAPITALS = 0.6
_FEW_WORDS = 4


class Plain(NamedTuple):
    """What is known of a word by itself.

    Whether it is a name only where a word beside it says so, in lower case and with a capital; whether it calls, and
    whether it is a title that stands after names.
    """

    lower: bool
    capital: bool
    calls: bool
    ends: bool


@cache
def _plain(*said: bool) -> Plain:
    """Return the one record of these answers, shared by all words of which they are true."""
    return Plain(*said)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known for a text: the lists for its language and whether its capitals say anything."""

    cue: Cues
    language: str | None
    everyday: frozenset[str]
    english: frozenset[str]
    home: frozenset[str]
    capitals_speak: bool
    calls: frozenset[str]
    """Words after which even an everyday word may be a name: titles, and what ends "my name is"."""
    plain: Remembered[str, Plain] = field(init=False, compare=False)
    """The words met so far."""

    def __post_init__(self) -> None:
        """Remember the words met so far."""
        object.__setattr__(self, "plain", Remembered(self._look_up))

    @property
    def is_english(self) -> bool:
        """Whether the words are read as English, whose capitals and common words are known best."""
        return self.language in ("en", None)

    def _look_up(self, word: str) -> Plain:
        """Return what is known of a word by itself: an everyday one in no list of names is seldom a name."""
        lower = Word(word, 0, len(word), opens=False, kept=False)
        capital = Word(word, 0, len(word), opens=False, kept=False, capital=True)
        in_dictionary = self.is_english and word.replace("'", "") in dictionary()
        return _plain(
            (is_usual(lower, self, listed=False) or in_dictionary) and not is_listed(lower, self),
            is_usual(capital, self, listed=False) and not is_listed(capital, self),
            word in self.calls,
            is_title_after(word, self.cue),
        )


@lru_cache(maxsize=64)
def known_of(language: str | None, *, capitals_speak: bool) -> Known:
    """Return what is known for texts in a language."""
    cue = cues()
    calls = cue.titles | cue.titles_kin | SURE_TITLES | cue.introduction_ends
    lists = everyday(language), everyday("en"), home_names(language)
    return Known(cue, language, *lists, capitals_speak, calls)


def capitals_speak(row: list[Word]) -> bool:
    """Whether capitals are used the usual way: not everywhere, so that one inside a sentence says something."""
    inside = [word for word in row if not word.opens and word.word[0].isalpha()]
    if len(inside) < _FEW_WORDS:
        return not all(word.shouted for word in inside)
    return sum(word.capital for word in inside) < _MOSTLY_CAPITALS * len(inside)


def is_usual(word: Word, known: Known, *, listed: bool) -> bool:
    """Whether the word is an everyday word of the text's language, or an English one in a text of another.

    A listed given name that is a rarer English word ("Teddy") is usual in lower case and not with a capital.
    """
    if word.word in known.everyday:
        return True
    if not known.is_english and not word.capital and glosses(known.language or "").knows(fold(word.word)):
        return True
    if known.is_english:
        return listed and word.word in dictionary() and not (word.capital and word.word in familiar_names())
    return word.word.isascii() and word.word in known.english and not (listed and word.capital)


def is_listed(word: Word, known: Known) -> bool:
    """Whether the word, or what it is an inflected form of, is in the gazetteer; in lower case only near home."""
    lower = is_cased(word.word) and not word.capital
    names = known.home if lower or not is_cased(word.word) else name_list()
    plain = word.word.replace("'", "")
    if plain in names:
        return not lower or _counts_in_lower_case(plain, known)
    if plain.endswith("s") and len(plain) > SHORT and plain[:-1] in names and known.is_english:
        return True  # "amiras bag": the apostrophe left out
    if known.language == "ar" and plain[:1] in "ولبف" and plain[1:] in names and plain[1:] not in known.everyday:
        return True
    shortest = _SHORTEST_LOWER_STEM if lower else SHORTEST_STEM
    return any(
        (stem := plain[: len(plain) - len(ending)] + base) in names and not (lower and stem in closest_names())
        for ending, base in cues().endings.get(known.language or "", ())
        if plain.endswith(ending) and len(plain) - len(ending) + len(base) >= shortest
    )


def _counts_in_lower_case(name: str, known: Known) -> bool:
    """Whether a listed name is long or familiar enough to count without a capital: short ones are often words."""
    if len(name) > SHORT:
        return True
    if not known.is_english:
        return len(name) == SHORT and not (name in closest_names() and name in dictionary())
    return name in (familiar_names() if len(name) == SHORT else closest_names())


def is_seldom_a_word(name: str, known: Known) -> bool:
    """Whether a listed name that means something else ("Калина", a berry) is no word comments were seen to use."""
    meant = name in counted(known.language) or glosses(known.language or "").knows(fold(name))
    return len(name) > SHORTEST_STEM and not meant


@lru_cache(maxsize=4096)
def is_kept_inflected(word: str, language: str | None) -> bool:
    """Whether the word is a form, in its language, of a longer word that is never hidden: "Angoli", "n'Skoci"."""
    keep, names = keep_list(), name_list()
    return (len(word) > SHORT and word in keep) or any(
        len(stem := word[: len(word) - len(ending)] + base) > SHORT and stem in keep and stem not in names
        for ending, base in cues().endings.get(language or "", ())
        if word.endswith(ending)
    )


def is_cased(word: str) -> bool:
    """Whether the word is of a script with capitals."""
    return word[0] < "\u0530"


def is_title_after(word: str, cue: Cues) -> bool:
    """Whether the word is a title that stands after names, in a script without capitals also one that begins so."""
    return word in cue.titles_after or (not is_cased(word) and word.startswith(cue.titles_after_starts))
