"""Fold writing into comparable words: one spelling of each letter, no invisible characters, no accents.

Shared by lexicons, language detection and the models; knows nothing about what words mean.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

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
_LATIN_OR_CYRILLIC = regex.compile(r"\p{Latin}")
_REPEATED = regex.compile(r"(\p{L})\1{2,}+")
_LETTERS = str.maketrans(
    {
        "’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'",
        "ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه",
        "ـ": "", "؟": "?", "？": "?", "！": "!", "ł": "l", "Ł": "l", "ı": "i", "İ": "i", "ß": "ss", "đ": "d",
    }
)  # fmt: skip
_ARABIC_MARKS = regex.compile(r"[\u064b-\u065f\u0670]")


@lru_cache(maxsize=65536)
def _fold_word(word: str) -> str:
    """Fold one word that may hold letters outside ASCII."""
    word = _ARABIC_MARKS.sub("", unicodedata.normalize("NFKC", word))
    if _LATIN_OR_CYRILLIC.search(word):
        word = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return word


def visible(text: str) -> str:
    """Return the text without zero-width, bidirectional and other control characters."""
    return text if text.isascii() and text.isprintable() else _INVISIBLE.sub("", text)


def fold(text: str) -> str:
    """Return the text in lower case, without accents on Latin letters, with one form of each Arabic letter.

    People leave accents out on a phone; Arabic, Urdu and Persian keyboards write the same letter differently.
    """
    text = visible(text).lower().translate(_LETTERS)
    if not text.isascii():
        text = _fold_word(text) if len(text) < 40 else " ".join(_fold_word(part) for part in text.split(" "))  # noqa: PLR2004 - short texts are worth remembering whole
    return str(_REPEATED.sub(r"\1\1", text))


def words(text: str) -> list[str]:
    r"""Return the folded words of a text; a Han character, an emoji, a number, `!` and `?` count as words.

    Signs of Indic scripts stay inside their word (`\w` would cut Tamil and Bengali words at every vowel sign).
    """
    found: list[str] = _WORD.findall(fold(text))
    return found
