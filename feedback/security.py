"""Keys and what is made with them: encryption, keyed hashes, codes and receipts.

Knows nothing of what it protects. Every hash carries the id of its key, so keys can be rotated and old hashes
still be recognised.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass, field

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from feedback.errors import FeedbackError

# No vowels (no word can appear by chance), no 0/O, 1/I/L, 5/S, 8/B, nor Z beside 2: what a hurried hand mixes up.
# Twenty-three characters, a prime, so that the weighted check character catches every single slip.
ALPHABET = "CDFGHJKMNPQRTVWXY234679"
RECEIPT_LENGTH = 10
CODE_LENGTH = 8
_KEY_ID_LENGTH = 8


class CannotDecrypt(FeedbackError):
    """None of the keys in use opens this; an older key may be missing from the list."""


class Vault:
    """Encrypt and open text under a list of keys, newest first (`MultiFernet`, AES-128-CBC with HMAC)."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def seal(self, text: str) -> bytes:
        """Encrypt text under the newest key."""
        return self._fernet.encrypt(text.encode())

    def renew(self, token: bytes) -> bytes:
        """Encrypt again, under the newest key. Raise CannotDecrypt when no key fits."""
        return self.seal(self.open(token))

    def open(self, token: bytes) -> str:
        """Decrypt. Raise CannotDecrypt when no key fits."""
        try:
            return self._fernet.decrypt(token).decode()
        except InvalidToken as error:
            raise CannotDecrypt("No key in use opens this text; is an older key missing from the list?") from error


@dataclass(frozen=True)
class Hasher:
    """Keyed hashes (HMAC-SHA-256) for codes, receipts and seals; `keys` newest first, any strings."""

    keys: tuple[str, ...] = field(repr=False)

    def digest(self, purpose: str, text: str) -> str:
        """Hash under the newest key, as `keyid:hex`. `purpose` keeps equal texts of different use apart."""
        return self._digest(self.keys[0], purpose, text)

    def candidates(self, purpose: str, text: str) -> list[str]:
        """Return the hash under every key in use, newest first: what to look a stored hash up by."""
        return [self._digest(key, purpose, text) for key in self.keys]

    def matches(self, digest: str, purpose: str, text: str) -> bool:
        """Whether a stored hash belongs to this text, compared in constant time over every key."""
        # Every key is compared, so that the time taken does not tell which one fitted.
        found = [hmac.compare_digest(digest, candidate) for candidate in self.candidates(purpose, text)]
        return any(found)

    @staticmethod
    def _digest(key: str, purpose: str, text: str) -> str:
        key_id = hashlib.sha256(key.encode()).hexdigest()[:_KEY_ID_LENGTH]
        mac = hmac.new(key.encode(), f"{purpose}\0{text}".encode(), hashlib.sha256)
        return f"{key_id}:{mac.hexdigest()}"


@dataclass(frozen=True)
class Keyring:
    """The keys of one installation, apart from one another: words, the sealed link, hashes."""

    feedback: Vault
    identity: Vault
    hasher: Hasher


def new_code() -> str:
    """Make a code for a card: eight random characters with a ninth to catch slips."""
    return with_check_character("".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)))


def receipt_for(hasher: Hasher, submission_id: str) -> str:
    """Derive a submission's receipt from its random id, so that a retry after a lost reply shows the same one."""
    number = int(hasher.digest("receipt", submission_id).partition(":")[2], 16)
    letters = []
    for _ in range(RECEIPT_LENGTH):
        number, index = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[index])
    return with_check_character("".join(letters))


def with_check_character(body: str) -> str:
    """Append the check character: position-weighted sum, so one wrong or two swapped characters are caught."""
    total = sum((place + 1) * ALPHABET.index(letter) for place, letter in enumerate(body))
    return body + ALPHABET[total % len(ALPHABET)]


def read_code(text: str) -> str | None:
    """Return a typed code or receipt in its one spelling, or None when it cannot be one.

    Spaces, dashes and case do not matter; digits may be typed in any script.
    """
    cleaned = "".join(str(unicodedata.digit(c, c)) for c in text.upper() if c.isalnum())
    if len(cleaned) not in {CODE_LENGTH + 1, RECEIPT_LENGTH + 1} or any(c not in ALPHABET for c in cleaned):
        return None
    return cleaned if with_check_character(cleaned[:-1]) == cleaned else None


def grouped(code: str) -> str:
    """Write a code in groups of three or four for the eye: `CDF-GHJ-KMN`."""
    size = 3 if len(code) % 3 == 0 else 4
    return "-".join(code[i : i + size] for i in range(0, len(code), size))
