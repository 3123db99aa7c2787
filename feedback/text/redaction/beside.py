"""Look at what stands beside a word that may be a name: titles, roles, "my name is", verbs of what people do.

Knows no list of names.
"""

from __future__ import annotations

from feedback.text.redaction.known import SHORT, is_title_after
from feedback.text.redaction.lists import (
    Cues,
    cues,
)
from feedback.text.redaction.spans import Word, Words

_LONGEST_CUE = 4


def after_role(words: Words, at: int, cue: Cues) -> bool:
    """Whether "my sister", "worker" or the like stands right before."""
    return bool(at) and words.row[at - 1].word in cue.roles and not words.apart(at - 1, at).strip()


def has_title(words: Words, at: int, titles: frozenset[str]) -> bool:
    """Whether a title such as Mr or Pani stands right before."""
    if not at or words.row[at - 1].kept or words.row[at - 1].word not in titles:
        return False
    between = words.apart(at - 1, at).strip()
    return not between or (between == "." and words.row[at - 1].word in cues().titles_short)


def before_title(words: Words, at: int, cue: Cues) -> bool:
    """Whether a title that follows names, such as Bey, stands right after."""
    if at + 1 >= len(words.row) or not is_title_after(words.row[at + 1].word, cue):
        return False
    return not words.apart(at, at + 1).strip(" '’")


def is_introduced(words: Words, at: int, cue: Cues) -> bool:
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


def followed_like_a_name(row: list[Word], at: int, cue: Cues) -> bool:
    """Whether the next word is one that follows people ("said", "was", "and me"), or tells what somebody did."""
    if row[at].possessive or at + 1 >= len(row):
        return row[at].possessive
    after = row[at + 1].word
    return after in cue.said or after in cue.person_verbs or (after.endswith("ed") and len(after) > SHORT)
