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
    is_kept_inflected,
    is_listed,
    is_seldom_a_word,
    is_usual,
    known_of,
)
from feedback.text.redaction.lists import cues, dictionary
from feedback.text.redaction.spans import Hidden, Word, Words
from feedback.text.redaction.unknown import is_unknown_name, means_something
from feedback.text.tokens import Folded

_NOT_TITLED = frozenset({"man", "lady", "woman", "person", "bloke", "app", "appt", "appointment", "notes", "letter"})


def find(_folded: Folded, words: Words) -> Iterator[Hidden]:
    """Yield the names of people."""
    row, cue = words.row, cues()
    known = known_of(words.language, capitals_speak=capitals_speak(row))
    chosen: set[int] = set()
    called = False
    met = [known.plain[word.word] for word in row]
    has_titles = any(said.ends for said in met)
    for at, (word, said) in enumerate(zip(row, met, strict=True)):
        after, called = called, said.calls
        is_plain = said.capital if word.capital else said.lower
        if is_plain and not after and not (has_titles and before_title(words, at, cue)):
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
    never_first = cue.never_first_of.get(known.language or "", frozenset())
    if word.word in cue.never_names or (word.word in never_here and not word.capital):
        return True
    if word.opens and word.word in never_first:
        return True
    if not is_cased(word.word) and word.word in cue.titles:
        return True
    return word.capital and (word.word.startswith(cue.keep_stems) or is_kept_inflected(word.word, known.language))


def _is_name(words: Words, at: int, known: Known, *, after_name: bool) -> bool:
    """Whether the word is a person's name here."""
    word, cue = words.row[at], known.cue
    listed = is_listed(word, known)
    usual = is_usual(word, known, listed=listed)
    if has_title(words, at, SURE_TITLES) and (_may_follow_a_title if known.is_english else _is_unheard)(word, known):
        return True
    means = not is_cased(word.word) and not listed and _does_or_means(word, known)
    if has_title(words, at, cue.titles) and (not usual or (word.capital and not word.shouted)):
        return listed or word.capital or known.is_english or not (is_cased(word.word) or means)
    if _is_addressed(words, at, known, listed=listed, usual=usual):
        return True
    plain = usual or means or (known.is_english and word.word in dictionary())
    if is_introduced(words, at, cue) and (listed or not plain):
        return word.word not in cue.not_a_place_name
    if listed:
        return not usual or _ambiguous_name(words, at, known)
    return is_unknown_name(words, at, known, usual=usual, after_name=after_name)


def _is_addressed(words: Words, at: int, known: Known, *, listed: bool, usual: bool) -> bool:
    """Whether a listed name, or a word with a capital, stands beside a title, a kin word or a role.

    In scripts without capitals most names are also everyday words: there a title or a role is enough.
    """
    word, cue = words.row[at], known.cue
    beside = has_title(words, at, cue.titles_kin) or before_title(words, at, cue)
    if beside and not usual and (listed or (word.capital and not word.opens)):
        return True
    titled = listed and has_title(words, at, cue.titles)
    if is_cased(word.word):  # "pani precious": an English word beside a title of another language
        return titled and not known.is_english and word.word not in known.everyday
    return listed and (titled or beside or after_role(words, at, cue))


def _does_or_means(word: Word, known: Known) -> bool:
    """Whether a word of a script without capitals tells what somebody did, or is a form of a word that is known."""
    return word.word in known.cue.person_verbs or means_something(word.word, known, in_spite=0.0)


def _is_unheard(word: Word, known: Known) -> bool:
    """Whether a Latin word is none that is known, in a text of another language ("mr oduya")."""
    if word.word in known.everyday or word.word in dictionary() or word.word in known.cue.person_verbs:
        return False
    endings = known.cue.word_endings.get(known.language or "", ())
    return len(word.word) > SHORTEST_STEM and word.word.isascii() and not word.word.endswith(endings)


def _may_follow_a_title(word: Word, known: Known) -> bool:
    """Whether even an everyday word is a family name after Mr or Mrs ("mrs bird"), and not what he or she did."""
    short, cue = len(word.word) <= SHORTEST_STEM - 1, known.cue
    return not (short or word.word in cue.said or word.word in cue.determiners or word.word in _NOT_TITLED)


def _ambiguous_name(words: Words, at: int, known: Known) -> bool:
    """Whether a listed name that is also an everyday word stands like a name."""
    row, word, cue = words.row, words.row[at], known.cue
    before = row[at - 1].word if at and not words.apart(at - 1, at).strip(" ") else ""
    first_a_word = word.word in cue.words_of.get(known.language or "", ())
    if before in cue.roles or (before in cue.before_names and not is_cased(word.word) and not first_a_word):
        return True
    if before in cue.before_unknown and word.word not in known.everyday and len(word.word) > SHORTEST_STEM:
        return True
    if word.capital:
        inside = not word.opens and known.capitals_speak and not word.shouted
        begins = word.opens and known.capitals_speak and not known.is_english and not word.shouted
        if begins and is_seldom_a_word(word.word, known):
            return True
        return inside or before in cue.before_names or followed_like_a_name(row, at, cue)
    follows = at + 1 < len(row) and row[at + 1].word in cue.person_verbs and not words.apart(at, at + 1).strip(" ")
    begins = at == 0 or word.opens
    long_enough = len(word.word) > SHORTEST_STEM or (len(word.word) == SHORTEST_STEM and (begins or before == "and"))
    return follows and long_enough and (begins or row[at - 1].word not in cue.determiners)
