"""Cut writing into folded words that remember where they stood in the original.

Used where a span of the original must be found again (concerns, redaction); knows nothing about what words mean.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import regex

from feedback.text.remembered import Remembered

STOP = "."
"""The word that stands for the end of a sentence."""

_SPECIAL = {
    "’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "ˈ": "'", "＇": "'",
    "ı": "i", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ə": "e",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ك": "ك", "ک": "ك",
    "ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ـ": "", "ء": "",
}  # fmt: skip
_LOOK_ALIKE = str.maketrans("аеорсухіјѕһԁ", "aeopcyxijshd")  # Cyrillic letters typed inside a Latin word


class _Letters(dict[str, str]):
    """Folded form of every character met so far."""

    def __missing__(self, letter: str) -> str:
        folded = self[letter] = _fold_letter(letter)
        return folded


def _fold_letter(letter: str) -> str:
    """Fold one character: lower case, compatibility form, no accent, no invisible sign, Western digit."""
    category = unicodedata.category(letter)
    if category == "Cf" or letter in "\ufe0e\ufe0f\u034f" or (category == "Cc" and letter not in "\t\n\r"):
        return ""
    if category == "Nd":
        return str(unicodedata.digit(letter))
    if letter in _SPECIAL:
        return _SPECIAL[letter]
    pieces = unicodedata.normalize("NFKD", letter.casefold())
    kept = [c for c in pieces if not ("\u0300" <= c <= "\u036f" or "\u064b" <= c <= "\u065f" or c == "\u0670")]
    return "".join(_SPECIAL.get(c, c) for c in kept)


_LETTERS = _Letters()
_LONGEST_MET = 40
"""Characters up to which a piece of text is worth remembering."""
_WORD = regex.compile(
    r"\p{Han}"
    r"|(?:[\p{L}\p{M}\p{N}--\p{Han}]|'(?=\p{L}))++"
    r"|[!?؟۔।॥。！？\n\r…;]|\.(?=\s|$|\p{Lu})",
    regex.V1,
)
_PLAIN_WORD = re.compile(r"(?:[a-z0-9]|'(?=[a-z]))++|[!?\n\r;]|\.(?=[ \t-\r]|$)")
"""The same for folded text of plain signs, which is faster to search."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in folded letters, and for each of them the index in the original (one more for the end)."""

    text: str
    original: str
    places: list[int] | None

    def place(self, at: int) -> int:
        """Return the index in the original of a letter of the folded text."""
        return at if self.places is None else self.places[at]


Token = tuple[str, int, int]
"""A folded word and the span of the original it came from (end exclusive)."""


def fold(text: str) -> Folded:
    """Return the folded text: NFKC letters, lower case, no accents, no zero-width or bidirectional signs."""
    if text.isascii():
        return Folded(text.lower().replace("`", "'").replace("\x00", " "), text, None)
    pieces = [_LETTERS[letter] for letter in text]
    folded = "".join(pieces)
    if len(folded) == len(text) and all(len(piece) == 1 for piece in pieces):
        return Folded(folded, text, None)
    places: list[int] = []
    for index, piece in enumerate(pieces):
        places.extend([index] * len(piece))
    places.append(len(text))
    return Folded(folded, text, places)


def tokens(folded: Folded) -> list[Token]:
    """Return the words of a folded text; a Han character is a word, a sentence end is the word STOP.

    An apostrophe stays inside its word; combining signs of Indic scripts do too.
    """
    if folded.places is not None:
        places = folded.places
        return [(word, places[start], places[end - 1] + 1) for word, start, end in _cut(folded.text)]
    found: list[Token] = []
    at = 0
    for piece in folded.text.split(" "):  # a word, and whether it ends a sentence, never depends on the next piece
        met = _MET[piece] if len(piece) <= _LONGEST_MET else _cut(piece)
        for word, start, end in met:
            found.append((word, at + start, at + end))
        at += len(piece) + 1
    return found


def _cut(text: str) -> list[tuple[str, int, int]]:
    """Return the words of folded text with start and end in it."""
    found = []
    for match in (_PLAIN_WORD if text.isascii() else _WORD).finditer(text):
        word = match.group()
        if not (word[0].isalnum() or word[0] == "'"):
            word = STOP
        elif not word.isascii() and any("а" <= c <= "ԁ" for c in word) and any("a" <= c <= "z" for c in word):
            word = word.translate(_LOOK_ALIKE)
        found.append((word, match.start(), match.end()))
    return found


_MET: Remembered[str, tuple[tuple[str, int, int], ...]] = Remembered(lambda piece: tuple(_cut(piece)))
"""The words of short pieces, with start and end in them."""


@lru_cache(maxsize=2)
def read(text: str) -> tuple[Folded, list[Token]]:
    """Return a text folded and its words, remembered for whoever else reads the same text just after."""
    folded = fold(text)
    return folded, tokens(folded)
