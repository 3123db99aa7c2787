"""Find people: names from the gazetteer in any script and case, and unknown words where only a name can stand.

Whether a word is a name is decided by where it stands when it is also an everyday word; knows nothing of places and numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

from feedback.text.redaction import han
from feedback.text.redaction.lists import Cues, cues, everyday, name_list
from feedback.text.redaction.spans import Hidden, Word, Words
from feedback.text.tokens import Folded

_SHORTEST_STEM = 3
_MOSTLY_CAPITALS = 0.6
_FEW_WORDS = 4


def find(_folded: Folded, words: Words) -> Iterator[Hidden]:
    """Yield the names of people."""
    row = words.row
    common = everyday(words.language)
    english = everyday("en")
    cue = cues()
    capitals_speak = _capitals_speak(row)
    chosen: set[int] = set()
    for at, word in enumerate(row):
        if word.kept or word.hidden or not word.word[0].isalpha() or word.word in cue.never_names:
            continue
        if _is_name(words, at, common, english, cue, capitals_speak=capitals_speak, after_name=at - 1 in chosen):
            chosen.add(at)
    for at in sorted(chosen):
        start = row[at].start
        if at and row[at - 1].word in cue.titles and not words.apart(at - 1, at).strip(" .") and not row[at - 1].kept:
            start = row[at - 1].start
        yield Hidden(start, row[at].end, "name")
    yield from han.find(words)


def _capitals_speak(row: list[Word]) -> bool:
    """Whether capitals are used the usual way: not everywhere, so that one inside a sentence says something."""
    inside = [word for word in row if not word.opens and word.word[0].isalpha()]
    if len(inside) < _FEW_WORDS:
        return not all(word.shouted for word in inside)
    return sum(word.capital for word in inside) < _MOSTLY_CAPITALS * len(inside)


def _is_name(  # noqa: PLR0913 - what is known of the text is passed once for all words
    words: Words, at: int, common: frozenset[str], english: frozenset[str], cue: Cues, *, capitals_speak: bool, after_name: bool
) -> bool:
    """Whether the word is a person's name here."""
    row, word = words.row, words.row[at]
    usual = word.word in common or (word.word in english and words.language != "en" and word.word.isascii())
    listed = _listed(word.word, words.language)
    inside = word.capital and not word.opens and capitals_speak and not word.shouted
    if _titled(words, at, cue) and (word.capital or not usual):
        return True
    if listed and not usual:
        return True
    if _introduced(words, at, cue) and (not usual or (listed and word.word not in cue.not_a_place_name)):
        return True
    if listed:
        return inside or (_like_a_name(words, at, cue) and (word.capital or not word.opens))
    if after_name and inside and not words.apart(at - 1, at).strip(" -") and word.word not in common:
        return True
    if usual or word.shouted:
        return False
    return inside or _foreign_script(words, word) or (word.capital and word.opens and _followed_like_a_name(row, at, cue))


def _listed(word: str, language: str | None) -> bool:
    """Whether the word, or what it is an inflected form of, is in the gazetteer."""
    names = name_list()
    if word in names or ("'" in word and word.replace("'", "") in names):
        return True
    if word.endswith("s") and len(word) > _SHORTEST_STEM + 1 and word[:-1] in names:
        return True  # "amiras bag": the apostrophe left out
    if language == "ar" and word[:1] in "ولبف" and word[1:] in names:
        return True
    if language is None:
        return False
    for ending, base in cues().endings.get(language, ()):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM - (len(base) > 0):
            if word[: len(word) - len(ending)] + base in names:
                return True
    return False


def _titled(words: Words, at: int, cue: Cues) -> bool:
    """Whether a title such as Mr or Pani stands right before, or one such as Bey right after."""
    row = words.row
    if at and row[at - 1].word in cue.titles and not words.apart(at - 1, at).strip(" ."):
        return True
    return at + 1 < len(row) and row[at + 1].word in cue.titles_after and not words.apart(at, at + 1).strip(" '’")


def _introduced(words: Words, at: int, cue: Cues) -> bool:
    """Whether "my name is", "called" or the like stands right before."""
    row = words.row
    for length in (1, 2, 3):
        if at < length:
            break
        before = tuple(w.word.replace("'", "") + ("s" if w.possessive else "") for w in row[at - length : at])
        if before in cue.introductions and not words.apart(at - 1, at).strip(" :-'\"“’‘"):
            return True
    return False


def _like_a_name(words: Words, at: int, cue: Cues) -> bool:
    """Whether a listed name that is also an everyday word stands like a name: after a role, possessive, before "said"."""
    row, word = words.row, words.row[at]
    if at and row[at - 1].word in cue.roles and not words.apart(at - 1, at).strip(" "):
        return True
    if word.possessive and word.capital:
        return True
    return word.capital and _followed_like_a_name(row, at, cue)


def _followed_like_a_name(row: list[Word], at: int, cue: Cues) -> bool:
    """Whether the next word is one that follows people ("said", "was", "and me")."""
    return row[at].possessive or (at + 1 < len(row) and row[at + 1].word in cue.said)


def _foreign_script(words: Words, word: Word) -> bool:
    """Whether a Latin word stands in a text of another script: seldom anything but a name."""
    return words.language in _NOT_LATIN and word.word.isascii() and len(word.word) > _SHORTEST_STEM - 1 and word.word.isalpha()


_NOT_LATIN = frozenset({"bg", "uk", "ta", "bn", "ur", "ar", "fa", "zh_Hant"})
