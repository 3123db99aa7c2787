"""Take a word that no list knows for a name where only a name can stand: by its capital, script or neighbours.

A child's spelling of an English word is none. Knows nothing of places and numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

from feedback.text.gloss import glosses
from feedback.text.redaction.beside import after_role, before_title, followed_like_a_name
from feedback.text.redaction.known import NOT_LATIN, SHORT, SHORTEST_STEM, Known, is_cased
from feedback.text.redaction.letters import likeness
from feedback.text.redaction.lists import (
    dictionary,
    everyday,
    sounds,
)
from feedback.text.redaction.spans import Word, Words
from feedback.text.sounds import key
from feedback.text.words import fold

_JOINS_ENDINGS = frozenset({"tr"})
"""Languages in which no list holds most words, because each has so many endings."""
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


_LEAST_LIKE_A_NAME = {"ta": 1.0, "bn": 1.5, "ar": 2.0, "fa": 1.5, "ur": 2.0}
"""How like names a word must be written to be one by its letters alone, in logarithms, chosen on our comments: there a
lower figure hid more words that are none."""
_LESS_AFTER_A_NAME = 1.5
_LESS_AT_THE_BEGINNING = 0.5
_LIKE_A_NAME_IN_SPITE = 2.0
"""... and to be one although a known word begins so."""


def is_unknown_name(words: Words, at: int, known: Known, *, usual: bool, after_name: bool) -> bool:
    """Whether a word no list knows can only be a name here: by its capital, its script or its neighbours."""
    row, word = words.row, words.row[at]
    if usual or word.shouted or (known.is_english and word.word.replace("'", "") in dictionary()):
        return False
    letter = len(word.word) == 1 and not known.is_english  # "Tercero B"
    inside = word.capital and not word.opens and known.capitals_speak and not letter
    if (
        _opens_unknown(word, known)
        or inside
        or (after_name and word.capital and not words.apart(at - 1, at).strip(" -"))
        or _foreign_script(words, word)
    ):
        return True
    if not is_cased(word.word):
        return _is_unknown_uncased(words, at, known, after_name=after_name)
    if not word.capital:
        unheard = _unknown_lower if known.is_english else _acts_unheard
        return _short_beside_a_cue(words, at, known) or unheard(words, at, known)
    return word.capital and word.opens and known.is_english and followed_like_a_name(row, at, known.cue)


def _is_unknown_uncased(words: Words, at: int, known: Known, *, after_name: bool) -> bool:
    """Whether a word of a script without capitals stands or is written like a name, and means nothing that is known."""
    word = words.row[at].word
    role = after_role(words, at, known.cue) and len(word) > SHORTEST_STEM
    stands = role or before_title(words, at, known.cue) or _acts(words, at, known)
    if not (stands or _is_like_a_name(words, at, known, after_name=after_name)):
        return False
    return not means_something(word, known)


def _is_like_a_name(words: Words, at: int, known: Known, *, after_name: bool) -> bool:
    """Whether a word is written as names are; a little less will do after a name and where a sentence begins."""
    least = _LEAST_LIKE_A_NAME.get(known.language or "", math.inf)
    if after_name and not words.apart(at - 1, at).strip(" -"):
        least -= _LESS_AFTER_A_NAME
    elif words.row[at].opens:
        least -= _LESS_AT_THE_BEGINNING
    return likeness(known.language)(words.row[at].word) >= least


def means_something(word: str, known: Known, *, in_spite: float = _LIKE_A_NAME_IN_SPITE) -> bool:
    """Whether the word, or what it is an inflected form of, is known to mean something else.

    A word that only begins like a known one does not when it is written at least `in_spite` more like a name.
    """
    ideas = glosses(known.language or "")
    if ideas.knows(fold(word)) or word.endswith(known.cue.word_endings.get(known.language or "", ())):
        return True
    if ideas.of(fold(word)) and likeness(known.language)(word) < in_spite:
        return True
    return any(
        ideas.knows(fold(stem)) or stem in known.everyday
        for ending, base in known.cue.endings.get(known.language or "", ())
        if word.endswith(ending) and len(stem := word[: len(word) - len(ending)] + base) >= SHORTEST_STEM
    )


def _opens_unknown(word: Word, known: Known) -> bool:
    """Whether a sentence opens with a long capital word that is no word anybody knows."""
    if not (word.capital and word.opens and known.capitals_speak and len(word.word) > SHORT) or "'" in word.word:
        return False  # "L'invitation", "J'ai"
    if word.word in known.everyday or known.language in _JOINS_ENDINGS:
        return False
    if known.is_english:
        return not _near_a_word(word.word)
    return word.word not in dictionary() and not means_something(word.word, known)


def _unknown_lower(words: Words, at: int, known: Known) -> bool:
    """Whether an unknown lower-case word is a name by its neighbours and not a misspelt English word."""
    row, word = words.row, words.row[at]
    if len(word.word) <= SHORT or not word.word.isascii() or word.word in known.everyday:
        return False
    asked = bool(at) and row[at - 1].word in known.cue.before_unknown and not words.apart(at - 1, at).strip()
    acts = at + 1 < len(row) and row[at + 1].word in known.cue.person_verbs and not words.apart(at, at + 1).strip()
    begins = at == 0 or word.opens or bool(words.apart(at - 1, at).strip(" "))
    if not ((acts and begins) or asked or after_role(words, at, known.cue)):
        return False
    return not _near_a_word(word.word) and key(word.word) not in sounds()


def _acts(words: Words, at: int, known: Known) -> bool:
    """Whether a word begins a sentence and the next tells what people do."""
    row, word = words.row, words.row[at]
    if len(word.word) < SHORTEST_STEM or at + 1 >= len(row) or row[at + 1].word not in known.cue.person_verbs:
        return False
    return (at == 0 or word.opens) and not words.apart(at, at + 1).strip()


def _acts_unheard(words: Words, at: int, known: Known) -> bool:
    """Whether a long lower-case word nobody knows begins a sentence and does what people do ("nkechi dice")."""
    word = words.row[at]
    if len(word.word) <= SHORT or not word.word.isalpha() or not _acts(words, at, known):
        return False
    return word.word not in dictionary() and not means_something(word.word, known)


def _short_beside_a_cue(words: Words, at: int, known: Known) -> bool:
    """Whether a listed name too short to count in lower case alone stands as names do ("told pav", "raz came")."""
    row, cue = words.row, known.cue
    short = row[at].word
    if not SHORTEST_STEM <= len(short) <= SHORT or short not in known.home:
        return False
    before = row[at - 1].word if at and not words.apart(at - 1, at).strip() else ""
    after = row[at + 1].word if at + 1 < len(row) and not words.apart(at, at + 1).strip() else ""
    did = after in cue.said or (after.endswith("ed") and len(after) > SHORT)
    acts = after in cue.person_verbs or (did and before not in cue.determiners)
    return acts or before in cue.before_names or before in cue.before_unknown or before in cue.roles


@lru_cache(maxsize=4096)
def _near_a_word(word: str) -> bool:
    """Whether one slip of the finger makes the word an English one."""
    slips = set(_one_slip_away(word))
    return not (dictionary().isdisjoint(slips) and everyday("en").isdisjoint(slips))


def _one_slip_away(word: str) -> Iterator[str]:
    """Yield what a word becomes when a letter is left out, put in, swapped with the next or struck wrong."""
    for at in range(len(word) + 1):
        left, right = word[:at], word[at:]
        yield left + right[1:]
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        for letter in _ALPHABET:
            yield left + letter + right[1:]
            yield left + letter + right


def _foreign_script(words: Words, word: Word) -> bool:
    """Whether a Latin word with a capital stands in a text of another script: seldom anything but a name."""
    if words.language not in NOT_LATIN or not word.capital or word.shouted or not word.word.isascii():
        return False
    return len(word.word) >= SHORTEST_STEM and word.word.isalpha() and word.word not in dictionary()
