"""Find people: names from the gazetteer in any script and case, and unknown words where only a name can stand.

A name that is also an everyday word counts by where it stands. Knows nothing of places and numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

from feedback.text.redaction import han
from feedback.text.redaction.beside import after_role, before_title, followed_like_a_name, has_title, is_introduced
from feedback.text.redaction.known import (
    SHORTEST_STEM,
    SURE_TITLES,
    Known,
    capitals_speak,
    is_cased,
    is_listed,
    is_usual,
    known_of,
)
from feedback.text.redaction.lists import (
    Cues,
    cues,
    dictionary,
)
from feedback.text.redaction.spans import Hidden, Word, Words
from feedback.text.redaction.unknown import is_unknown_name
from feedback.text.tokens import Folded

_NOT_TITLED = frozenset({"man", "lady", "woman", "person", "bloke", "app", "appt", "appointment", "notes", "letter"})


def find(_folded: Folded, words: Words) -> Iterator[Hidden]:
    """Yield the names of people."""
    row, cue = words.row, cues()
    known = known_of(words.language, capitals_speak=capitals_speak(row))
    chosen: set[int] = set()
    called = False
    for at, word in enumerate(row):
        after, (lower, capital, called) = called, known.plain[word.word]
        if (capital if word.capital else lower) and not after and not before_title(words, at, cue):
            continue
        if word.kept or word.hidden or not word.word[0].isalpha() or "\u4e00" <= word.word[0] <= "\u9fff":
            continue
        if _excluded(word, known):
            continue
        if _is_name(words, at, known, after_name=at - 1 in chosen):
            chosen.add(at)
    for at in sorted(chosen):
        first = at - 1 if has_title(words, at, cue.titles) or has_title(words, at, cue.titles_kin) else at
        yield Hidden(row[first].start, row[at].end, "name")
    yield from han.find(words)


def _excluded(word: Word, known: Known) -> bool:
    """Whether the word is a kin word, a people or a faith, or a pronoun with its verb ("I've")."""
    cue = known.cue
    never_here = cue.never_names_of.get(known.language or "", frozenset())
    if word.word in cue.never_names or (word.word in never_here and not word.capital):
        return True
    if not is_cased(word.word) and word.word in cue.titles:
        return True
    return word.capital and word.word.startswith(cue.keep_stems)


def _is_name(words: Words, at: int, known: Known, *, after_name: bool) -> bool:
    """Whether the word is a person's name here."""
    word, cue = words.row[at], known.cue
    listed = is_listed(word, known)
    usual = is_usual(word, known, listed=listed)
    if has_title(words, at, cue.titles) and (not usual or (word.capital and not word.shouted)):
        return listed or word.capital or known.is_english or not is_cased(word.word)
    titled = known.is_english and has_title(words, at, SURE_TITLES) and _may_follow_a_title(word, cue)
    beside_title = has_title(words, at, cue.titles_kin) or before_title(words, at, cue)
    if titled or (beside_title and not usual and (listed or (word.capital and not word.opens))):
        return True
    if listed and not is_cased(word.word) and after_role(words, at, cue):
        return True
    if is_introduced(words, at, cue) and (listed or not (usual or (known.is_english and word.word in dictionary()))):
        return word.word not in cue.not_a_place_name
    if listed:
        return not usual or _ambiguous_name(words, at, known)
    return is_unknown_name(words, at, known, usual=usual, after_name=after_name)


def _may_follow_a_title(word: Word, cue: Cues) -> bool:
    """Whether even an everyday word is a family name after Mr or Mrs ("mrs bird"), and not what he or she did."""
    short = len(word.word) <= SHORTEST_STEM - 1
    return not (short or word.word in cue.said or word.word in cue.determiners or word.word in _NOT_TITLED)


def _ambiguous_name(words: Words, at: int, known: Known) -> bool:
    """Whether a listed name that is also an everyday word stands like a name."""
    row, word, cue = words.row, words.row[at], known.cue
    before = row[at - 1].word if at and not words.apart(at - 1, at).strip(" ") else ""
    if before in cue.roles or (before in cue.before_names and not is_cased(word.word)):
        return True
    if before in cue.before_unknown and word.word not in known.everyday and len(word.word) > SHORTEST_STEM:
        return True
    if word.capital:
        inside = not word.opens and known.capitals_speak and not word.shouted
        return inside or before in cue.before_names or followed_like_a_name(row, at, cue)
    follows = at + 1 < len(row) and row[at + 1].word in cue.person_verbs and not words.apart(at, at + 1).strip(" ")
    begins = at == 0 or word.opens
    long_enough = len(word.word) > SHORTEST_STEM or (len(word.word) == SHORTEST_STEM and (begins or before == "and"))
    return follows and long_enough and (begins or row[at - 1].word not in cue.determiners)
