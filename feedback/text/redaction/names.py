"""Find people: names from the gazetteer in any script and case, and unknown words where only a name can stand.

A name that is also an everyday word counts by where it stands. Knows nothing of places and numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from feedback.text.gloss import glosses
from feedback.text.redaction import han
from feedback.text.redaction.lists import (
    Cues,
    closest_names,
    cues,
    dictionary,
    everyday,
    familiar_names,
    home_names,
    name_list,
)
from feedback.text.redaction.spans import Hidden, Word, Words
from feedback.text.tokens import Folded
from feedback.text.words import fold

_SHORTEST_STEM = 3
_SHORTEST_LOWER_STEM = 4
_SHORT = 4
"""A lower-case word of at most this many letters is a name only if it is a familiar one: short words collide."""
_SURE_TITLES = frozenset({"mr", "mrs", "ms", "mx", "dr"})
_NOT_TITLED = frozenset({"man", "lady", "woman", "person", "bloke", "app", "appt", "appointment", "notes", "letter"})
_JOINS_ENDINGS = frozenset({"tr"})
"""Languages in which no list holds most words, because each has so many endings."""
_MOSTLY_CAPITALS = 0.6
_FEW_WORDS = 4
_LONGEST_CUE = 4
_MOST_REMEMBERED = 20_000
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known for a text: the lists for its language and whether its capitals say anything."""

    cue: Cues
    language: str | None
    everyday: frozenset[str]
    english: frozenset[str]
    home: frozenset[str]
    capitals_speak: bool
    calls: frozenset[str]
    """Words after which even an everyday word may be a name: titles, and what ends "my name is"."""
    plain: dict[str, bool] = field(default_factory=dict, compare=False)
    """Of lower-case words met so far, whether they are names only where a word beside them says so."""

    @property
    def is_english(self) -> bool:
        """Whether the words are read as English, whose capitals and common words are known best."""
        return self.language in ("en", None)

    def is_plain(self, word: Word) -> bool:
        """Whether a word is in lower case, an everyday one and in no list of names."""
        if word.capital:
            return False
        plain = self.plain.get(word.word)
        if plain is None:
            everyday_word = _is_usual(word, self, listed=False)
            in_dictionary = self.is_english and word.word.replace("'", "") in dictionary()
            plain = (everyday_word or in_dictionary) and not _listed(word, self)
            if len(self.plain) < _MOST_REMEMBERED:
                self.plain[word.word] = plain
        return plain


@lru_cache(maxsize=64)
def _known(language: str | None, *, capitals_speak: bool) -> _Known:
    """Return what is known for texts in a language."""
    cue = cues()
    calls = cue.titles | cue.titles_kin | _SURE_TITLES | cue.introduction_ends
    lists = everyday(language), everyday("en"), home_names(language)
    return _Known(cue, language, *lists, capitals_speak, calls)


def find(_folded: Folded, words: Words) -> Iterator[Hidden]:
    """Yield the names of people."""
    row, cue = words.row, cues()
    known = _known(words.language, capitals_speak=_capitals_speak(row))
    chosen: set[int] = set()
    for at, word in enumerate(row):
        if word.kept or word.hidden or not word.word[0].isalpha() or "\u4e00" <= word.word[0] <= "\u9fff":
            continue
        if known.is_plain(word) and not (at and row[at - 1].word in known.calls) and not _before_title(words, at, cue):
            continue
        if _excluded(word, cue):
            continue
        if _is_name(words, at, known, after_name=at - 1 in chosen):
            chosen.add(at)
    for at in sorted(chosen):
        first = at - 1 if _has_title(words, at, cue.titles) or _has_title(words, at, cue.titles_kin) else at
        yield Hidden(row[first].start, row[at].end, "name")
    yield from han.find(words)


def _excluded(word: Word, cue: Cues) -> bool:
    """Whether the word is a kin word, a people or a faith, or a pronoun with its verb ("I've")."""
    return word.word in cue.never_names or (word.capital and word.word.startswith(cue.keep_stems))


def _capitals_speak(row: list[Word]) -> bool:
    """Whether capitals are used the usual way: not everywhere, so that one inside a sentence says something."""
    inside = [word for word in row if not word.opens and word.word[0].isalpha()]
    if len(inside) < _FEW_WORDS:
        return not all(word.shouted for word in inside)
    return sum(word.capital for word in inside) < _MOSTLY_CAPITALS * len(inside)


def _is_name(words: Words, at: int, known: _Known, *, after_name: bool) -> bool:
    """Whether the word is a person's name here."""
    word, cue = words.row[at], known.cue
    listed = _listed(word, known)
    usual = _is_usual(word, known, listed=listed)
    if _has_title(words, at, cue.titles) and (not usual or (word.capital and not word.shouted)):
        return listed or word.capital or known.is_english or not _cased(word.word)
    titled = known.is_english and _has_title(words, at, _SURE_TITLES) and _may_follow_a_title(word, cue)
    beside_title = _has_title(words, at, cue.titles_kin) or _before_title(words, at, cue)
    if titled or (beside_title and not usual and (listed or (word.capital and not word.opens))):
        return True
    if listed and not _cased(word.word) and _after_role(words, at, cue):
        return True
    if _introduced(words, at, cue) and (listed or not (usual or (known.is_english and word.word in dictionary()))):
        return word.word not in cue.not_a_place_name
    if listed:
        return not usual or _ambiguous_name(words, at, known)
    return _unknown_name(words, at, known, usual=usual, after_name=after_name)


def _may_follow_a_title(word: Word, cue: Cues) -> bool:
    """Whether even an everyday word is a family name after Mr or Mrs ("mrs bird"), and not what he or she did."""
    short = len(word.word) <= _SHORTEST_STEM - 1
    return not (short or word.word in cue.said or word.word in cue.determiners or word.word in _NOT_TITLED)


def _is_usual(word: Word, known: _Known, *, listed: bool) -> bool:
    """Whether the word is an everyday word of the text's language, or an English one in a text of another.

    A listed given name that is a rarer English word ("Teddy") is usual in lower case and not with a capital.
    """
    if word.word in known.everyday:
        return True
    if known.is_english:
        return listed and word.word in dictionary() and not (word.capital and word.word in familiar_names())
    return word.word.isascii() and word.word in known.english and not (listed and word.capital)


def _listed(word: Word, known: _Known) -> bool:
    """Whether the word, or what it is an inflected form of, is in the gazetteer; in lower case only near home."""
    lower = _cased(word.word) and not word.capital
    names = known.home if lower or not _cased(word.word) else name_list()
    plain = word.word.replace("'", "")
    if plain in names:
        return not lower or _counts_in_lower_case(plain, known)
    if plain.endswith("s") and len(plain) > _SHORT and plain[:-1] in names and known.is_english:
        return True  # "amiras bag": the apostrophe left out
    if known.language == "ar" and plain[:1] in "ولبف" and plain[1:] in names:
        return True
    shortest = _SHORTEST_LOWER_STEM if lower else _SHORTEST_STEM
    return any(
        (stem := plain[: len(plain) - len(ending)] + base) in names and not (lower and stem in closest_names())
        for ending, base in cues().endings.get(known.language or "", ())
        if plain.endswith(ending) and len(plain) - len(ending) + len(base) >= shortest
    )


def _counts_in_lower_case(name: str, known: _Known) -> bool:
    """Whether a listed name is long or familiar enough to count without a capital: short ones are often words."""
    if len(name) > _SHORT:
        return True
    if not known.is_english:
        return len(name) == _SHORT and name not in closest_names()
    return name in (familiar_names() if len(name) == _SHORT else closest_names())


def _cased(word: str) -> bool:
    """Whether the word is of a script with capitals."""
    return word[0] < "\u0530"


def _ambiguous_name(words: Words, at: int, known: _Known) -> bool:
    """Whether a listed name that is also an everyday word stands like a name."""
    row, word, cue = words.row, words.row[at], known.cue
    before = row[at - 1].word if at and not words.apart(at - 1, at).strip(" ") else ""
    if before in cue.roles:
        return True
    if word.capital:
        inside = not word.opens and known.capitals_speak and not word.shouted
        return inside or before in cue.before_names or _followed_like_a_name(row, at, cue)
    follows = at + 1 < len(row) and row[at + 1].word in cue.person_verbs and not words.apart(at, at + 1).strip(" ")
    return (
        follows
        and (at == 0 or word.opens or row[at - 1].word not in cue.determiners)
        and len(word.word) > _SHORTEST_STEM
    )


def _unknown_name(words: Words, at: int, known: _Known, *, usual: bool, after_name: bool) -> bool:
    """Whether a word no list knows can only be a name here: by its capital, its script or its neighbours."""
    row, word = words.row, words.row[at]
    if usual or word.shouted or (known.is_english and word.word.replace("'", "") in dictionary()):
        return False
    inside = word.capital and not word.opens and known.capitals_speak
    if (
        _opens_unknown(word, known)
        or inside
        or (after_name and word.capital and not words.apart(at - 1, at).strip(" -"))
    ):
        return True
    if _foreign_script(words, word):
        return True
    if not _cased(word.word):
        return _before_title(words, at, known.cue) or (
            _after_role(words, at, known.cue) and len(word.word) > _SHORTEST_STEM
        )
    if known.is_english and not word.capital:
        return _unknown_lower(words, at, known)
    return word.capital and word.opens and known.is_english and _followed_like_a_name(row, at, known.cue)


def _opens_unknown(word: Word, known: _Known) -> bool:
    """Whether a sentence opens with a long capital word that is no word anybody knows."""
    if not (word.capital and word.opens and known.capitals_speak and len(word.word) > _SHORT):
        return False
    if word.word in known.everyday or known.language in _JOINS_ENDINGS:
        return False
    if known.is_english:
        return not _near_a_word(word.word)
    return word.word not in dictionary() and not glosses(known.language or "").of(fold(word.word))


def _after_role(words: Words, at: int, cue: Cues) -> bool:
    """Whether "my sister", "worker" or the like stands right before."""
    return bool(at) and words.row[at - 1].word in cue.roles and not words.apart(at - 1, at).strip()


def _unknown_lower(words: Words, at: int, known: _Known) -> bool:
    """Whether an unknown lower-case word is a name by its neighbours and not a misspelt English word."""
    row, word = words.row, words.row[at]
    if len(word.word) <= _SHORT or not word.word.isascii() or word.word in known.everyday:
        return False
    acts = at + 1 < len(row) and row[at + 1].word in known.cue.person_verbs and not words.apart(at, at + 1).strip()
    begins = at == 0 or word.opens or bool(words.apart(at - 1, at).strip(" "))
    if not ((acts and begins) or _after_role(words, at, known.cue)):
        return False
    return not _near_a_word(word.word)


@lru_cache(maxsize=4096)
def _near_a_word(word: str) -> bool:
    """Whether one slip of the finger makes the word an English one."""
    known = dictionary() | everyday("en")
    parts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    return any(
        left + right[1:] in known
        or (len(right) > 1 and left + right[1] + right[0] + right[2:] in known)
        or any(left + c + right[1:] in known or left + c + right in known for c in _ALPHABET)
        for left, right in parts
    )


def _has_title(words: Words, at: int, titles: frozenset[str]) -> bool:
    """Whether a title such as Mr or Pani stands right before."""
    if not at or words.row[at - 1].kept or words.row[at - 1].word not in titles:
        return False
    between = words.apart(at - 1, at).strip()
    return not between or (between == "." and words.row[at - 1].word in cues().titles_short)


def _before_title(words: Words, at: int, cue: Cues) -> bool:
    """Whether a title that follows names, such as Bey, stands right after."""
    row = words.row
    if at + 1 >= len(row):
        return False
    after = row[at + 1].word
    is_title = after in cue.titles_after or (not _cased(after) and after.startswith(cue.titles_after_starts))
    return is_title and not words.apart(at, at + 1).strip(" '’")


def _introduced(words: Words, at: int, cue: Cues) -> bool:
    """Whether "my name is", "called" or the like stands right before."""
    row = words.row
    if not at or row[at - 1].word not in cue.introduction_ends or words.apart(at - 1, at).strip(" :-'\"“’‘"):
        return False
    before: tuple[str, ...] = ()
    for word in reversed(row[max(0, at - _LONGEST_CUE) : at]):
        before = (word.word.replace("'", "") + ("s" if word.possessive else ""), *before)
        if before in cue.introductions:
            return True
    return False


def _followed_like_a_name(row: list[Word], at: int, cue: Cues) -> bool:
    """Whether the next word is one that follows people ("said", "was", "and me")."""
    return row[at].possessive or (at + 1 < len(row) and row[at + 1].word in cue.said)


def _foreign_script(words: Words, word: Word) -> bool:
    """Whether a Latin word with a capital stands in a text of another script: seldom anything but a name."""
    if words.language not in _NOT_LATIN or not word.capital or word.shouted or not word.word.isascii():
        return False
    return len(word.word) >= _SHORTEST_STEM and word.word.isalpha() and word.word not in dictionary()


_NOT_LATIN = frozenset({"bg", "uk", "ta", "bn", "ur", "ar", "fa", "zh_Hant"})
