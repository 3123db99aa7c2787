"""Codes to come back with: five words of the reader's own language, or twelve digits where we have no words.

All are forty bits or more, drawn at random; the place of the kept draft and the key that opens it are derived from
them by scrypt, so that neither the code nor anything that opens the draft is stored. Knows no draft.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from feedback.paths import TRANSLATIONS
from feedback.security import Hasher, Vault

WORDS = 5
"""How many words make a code: of lists of 256, forty bits."""

DIGITS = 12
_GROUP = 4
_SCRYPT = {"n": 2**15, "r": 8, "p": 1, "maxmem": 2**26, "dklen": 64}
"""32 MiB and about a tenth of a second a try; the parameters RFC 7914 gives for interactive use, doubled."""

_UNHEARD = frozenset((*range(0x0300, 0x0370), *range(0x064B, 0x0656), 0x0670, 0x0640))
"""Accents of Latin and Cyrillic letters; vowel signs, hamza, madda and stretching of Arabic ones."""
_ALIKE = str.maketrans(
    {
        "\u0131": "i", "\u0142": "l", "\u0111": "d", "\u00f8": "o",
        "\u064a": "\u06cc", "\u0649": "\u06cc", "\u0643": "\u06a9",
        "\u0629": "\u0647", "\u06c1": "\u0647", "\u06be": "\u0647", "\u06d5": "\u0647",
    }
)  # fmt: skip
"""Letters that keyboards give differently or people leave plain: dotless i, barred l, d and o; yeh, kaf, every heh."""


@dataclass(frozen=True)
class Lock:
    """What a code stands for: the place where the draft is kept, and the vault that opens it."""

    place: str
    vault: Vault


def new_code(language: str) -> str:
    """Make a code in the words of a language, or in digits in groups of four."""
    words = word_list(language)
    if words:
        return " ".join(secrets.choice(words) for _ in range(WORDS))
    digits = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    return " ".join(digits[i : i + _GROUP] for i in range(0, DIGITS, _GROUP))


@lru_cache
def word_list(language: str) -> tuple[str, ...]:
    """Return a language's words, one a line in `words.txt` beside its catalogue; none when it has no such list."""
    path = TRANSLATIONS / language / "words.txt"
    if not path.is_file():
        return ()
    return tuple(line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def spelled(typed: str) -> str:
    """Return a typed code in its one spelling: case, accents, digits of any script and punctuation do not matter."""
    letters = unicodedata.normalize("NFKD", typed.casefold()).translate(_ALIKE)
    kept = (str(unicodedata.digit(c, c)) for c in letters if not _is_unheard(c))
    words = "".join(c if _belongs(c) else " " for c in kept).split()
    return unicodedata.normalize("NFC", "".join(words) if all(word.isdigit() for word in words) else " ".join(words))


def _is_unheard(character: str) -> bool:
    """Whether a character may be left out: accents, vowel signs of Arabic letters, joiners, marks of direction."""
    return ord(character) in _UNHEARD or unicodedata.category(character) == "Cf"


def _belongs(character: str) -> bool:
    """Whether a character is part of a word: letters, digits, and the marks that vowels of many scripts are."""
    return unicodedata.category(character)[0] in "LNM"


def locks(hasher: Hasher, typed: str) -> list[Lock]:
    """Return what a code stands for under every key in use, newest first."""
    code = spelled(typed).encode()
    return [_lock(code, salt) for salt in hasher.candidates("come-back", "salt")]


def _lock(code: bytes, salt: str) -> Lock:
    derived = hashlib.scrypt(code, salt=salt.encode(), **_SCRYPT)
    return Lock(f"kept:{derived[:32].hex()}", Vault((base64.urlsafe_b64encode(derived[32:]).decode(),)))
