"""Fold writing into comparable words: one spelling of each letter, no invisible characters, no accents.

Shared by lexicons, language detection and the models; knows nothing about what words mean.
"""

from __future__ import annotations

import re
import unicodedata

import regex

from feedback.text.remembered import Remembered

# Persian joins parts of a word with a zero-width non-joiner; like every invisible character it is left out.
_INVISIBLE = regex.compile(r"[\p{Cf}\p{Cc}--[\t\n\r]]", regex.V1)
_WORD = regex.compile(
    r"\p{Han}"
    r"|(?:[\p{L}\p{M}--\p{Han}](?:[\p{L}\p{M}--\p{Han}]|'(?=\p{L}))*+)"
    r"|\p{N}++"
    r"|[!?؟？！]"
    r"|\p{Extended_Pictographic}",
    regex.V1,
)
_PLAIN_WORD = re.compile(r"[a-z](?:[a-z]|'(?=[a-z]))*+|[0-9]++|[!?]")
"""The same for lower-case text of plain signs, which is faster to search."""
_LATIN = regex.compile(r"\p{Latin}")
_REPEATED = regex.compile(r"(\p{L})\1{2,}+")
_PLAIN_REPEATED = re.compile(r"([a-z])\1{2,}+")
"""The same for text of plain signs, which is faster to search; a search is cheaper than a replacement in vain."""
_LETTERS = str.maketrans(
    {
        "’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'",
        "ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه",
        "ـ": "", "؟": "?", "？": "?", "！": "!", "ł": "l", "Ł": "l", "ı": "i", "İ": "i", "ß": "ss", "đ": "d",
    }
)  # fmt: skip
_SHORT = 40
"""Texts with fewer characters than this are folded whole, and so the same whether they are a word or a few."""
_LONGEST_MET = 40
"""Characters up to which a piece of text is worth remembering."""
_ARABIC_MARKS = regex.compile(r"[\u064b-\u065f\u0670]")


def visible(text: str) -> str:
    """Return the text without zero-width, bidirectional and other control characters."""
    return text if text.isascii() and text.isprintable() else _INVISIBLE.sub("", text)


def fold(text: str) -> str:
    """Return the text in lower case, without accents on Latin letters, with one form of each Arabic letter.

    People leave accents out on a phone; Arabic, Urdu and Persian keyboards write the same letter differently.
    """
    return " ".join(map(_folded, _pieces(text)))


def words(text: str) -> list[str]:
    r"""Return the folded words of a text; a Han character, an emoji, a number, `!` and `?` count as words.

    Signs of Indic scripts stay inside their word (`\w` would cut Tamil and Bengali words at every vowel sign).
    """
    found: list[str] = []
    for piece in _pieces(text):
        found += _MET[piece] if len(piece) <= _LONGEST_MET else _cut(piece)
    return found


def _pieces(text: str) -> list[str]:
    """Return a text in lower case in pieces between blanks, each of which folds the same wherever it stands."""
    text = visible(text).lower()
    if text.isascii():
        return text.replace("`", "'").split(" ")
    text = text.translate(_LETTERS)
    return [text] if len(text) < _SHORT and not text.isascii() else text.split(" ")


def _folded(piece: str) -> str:
    """Return a piece of lower-case text without accents, and with no letter more than twice in a row."""
    if piece.isascii():
        return _PLAIN_REPEATED.sub(r"\1\1", piece) if _PLAIN_REPEATED.search(piece) else piece
    piece = _ARABIC_MARKS.sub("", unicodedata.normalize("NFKC", piece))
    if _LATIN.search(piece):
        piece = "".join(c for c in unicodedata.normalize("NFD", piece) if not unicodedata.combining(c))
    return str(_REPEATED.sub(r"\1\1", piece))


def _cut(piece: str) -> list[str]:
    """Return the folded words of a piece of lower-case text."""
    folded = _folded(piece)
    found: list[str] = (_PLAIN_WORD if folded.isascii() else _WORD).findall(folded)
    return found


_MET: Remembered[str, tuple[str, ...]] = Remembered(lambda piece: tuple(_cut(piece)))
"""The folded words of short pieces."""
