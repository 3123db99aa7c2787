"""What the finders of the redactor share: a span to hide, and the words of a text with what is known of each.

Knows no list and no language.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from feedback.text.tokens import STOP, Token

_JOINS_BEFORE = frozenset({"sq", "fr"})
"""Languages that put an apostrophe between a short word and the name after it."""
_JOINS = _JOINS_BEFORE | {"tr"}
"""... or, as Turkish, between a name and its endings."""


class Hidden(NamedTuple):
    """A span of the original text (end exclusive) and the role word that takes its place."""

    start: int
    end: int
    role: str


@dataclass(slots=True)
class Word:
    """A word without its possessive ending: folded form, span of the original, and how it is written there."""

    word: str
    start: int
    end: int
    opens: bool
    """First word of a sentence, where a capital says nothing."""
    kept: bool
    """Part of a phrase that is never hidden."""
    capital: bool = False
    """First letter is a capital."""
    shouted: bool = False
    """All letters are capitals, two or more."""
    possessive: bool = False
    hidden: str = ""
    """Role it was hidden for by an earlier finder."""


@dataclass(slots=True)
class Words:
    """The words of a text in order, its language (None: unknown)."""

    text: str
    row: list[Word]
    language: str | None

    def mark(self, found: Iterable[Hidden]) -> None:
        """Note on every word inside a span that it is hidden."""
        starts: list[int] = []
        for span in found:
            starts = starts or [word.start for word in self.row]
            at = bisect_left(starts, span.start)
            while at < len(starts) and starts[at] < span.end:
                self.row[at].hidden = self.row[at].hidden or span.role
                at += 1

    def apart(self, left: int, right: int) -> str:
        """Return what stands between two words of the row."""
        return self.text[self.row[left].end : self.row[right].start]


def read(tokens: Sequence[Token], text: str, protected: bytes | bytearray, language: str | None) -> list[Word]:
    """Return the words of a text; sentence ends are not words but make the next word open a sentence.

    `protected` holds a 1 for every character that must not be hidden.
    """
    row: list[Word] = []
    opens, keeps = True, 1 in protected
    for token in tokens:
        word, start, end = token
        if word == STOP:
            opens = True
            continue
        if "'" in word and language in _JOINS:
            word, start, end = token = _cut(token, text, before=language in _JOINS_BEFORE)  # noqa: PLW2901 - less of it
        kept = keeps and protected.find(1, start, end) >= 0
        if "'" not in word and text[start:end].islower():  # most words are as plain as this
            row.append(Word(word, start, end, opens, kept))
        else:
            row.append(_word(token, text, opens=opens, kept=kept))
        opens = False
    return row


def _cut(token: Token, text: str, *, before: bool) -> Token:
    """Return a word without what its language joins to names with an apostrophe: "Enfield'den", "n'Orpington"."""
    word, start, end = token
    at = word.find("'")
    if at < 1 or len(word) != end - start:
        return token
    if not before:
        return (word[:at], start, start + at) if at > 1 else token
    return (word[at + 1 :], start + at + 1, end) if at <= 2 and text[start + at + 1].isupper() else token  # noqa: PLR2004 - qu'


def _word(token: Token, text: str, *, opens: bool, kept: bool) -> Word:
    word, start, end = token
    possessive = False
    if "'" in word:
        for ending in ("'s", "'"):
            if word.endswith(ending) and len(word) > len(ending):
                word, end, possessive = word[: -len(ending)], end - len(ending), True
                break
        while word.startswith("'") and len(word) > 1:
            word, start = word[1:], start + 1
    written = text[start:end]
    capital = not written.islower() and next((c for c in written if c.isalpha()), "").isupper()
    shouted = capital and len(written) > 1 and written.isupper()
    return Word(word, start, end, opens, kept, capital, shouted, possessive)
