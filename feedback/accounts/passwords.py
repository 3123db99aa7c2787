"""Passwords of staff: hashing and checking with argon2id, few at a time.

A hash takes 64 MiB for a fifth of a second, so that guessing is dear; a crowd at the door must not take the memory
that families' pages need. Knows no person and no request.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from feedback.errors import FeedbackError

SHORTEST, LONGEST = 12, 128
"""Characters. NCSC advises length over rules of composition; the upper end only keeps requests small."""
AT_ONCE = 2
"""Hashes at one time in one process: 128 MiB at most."""
PATIENCE = 2.0
"""Seconds to wait for a turn before the person is asked to try again."""

_hasher = PasswordHasher()
_turns = threading.BoundedSemaphore(AT_ONCE)


class TooBusy(FeedbackError):
    """Too many people are signing in at this moment."""


class WeakPassword(FeedbackError):
    """The password is too short or too long; the message says what is wanted."""


def hashed(password: str) -> str:
    """Hash a new password. Raise WeakPassword or TooBusy."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPassword(f"A password has {SHORTEST} to {LONGEST} characters; three or four random words are good.")
    with _turn():
        return _hasher.hash(password)


def is_right(password: str, stored: str | None) -> bool:
    """Whether a password fits a stored hash; without one (nobody of that name) as much work is done. Raise TooBusy."""
    with _turn():
        try:
            return _hasher.verify(stored or _nobody(), password[:LONGEST]) and stored is not None
        except (VerifyMismatchError, InvalidHashError):
            return False


def invented() -> str:
    """Make up a password for somebody's first sign-in: 18 random characters in groups."""
    text = secrets.token_hex(9)
    return "-".join(text[start : start + 6] for start in range(0, len(text), 6))


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher.hash(secrets.token_hex())


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=PATIENCE):
        raise TooBusy("Too many people are signing in. Try again in a minute.")
    try:
        yield
    finally:
        _turns.release()
