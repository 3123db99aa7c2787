"""Counting how often receipts and codes to come back with are entered from one address, which is never stored."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from feedback import clock
from feedback.responses.models import DayKey, ReceiptTry

MOST_TRIES = 20
WITHIN = timedelta(minutes=10)
"""Guessing among 23 to the power of 10 receipts, or forty bits, is hopeless in any case; the limit keeps it from being
a load, which a code's scrypt is: a tenth of a second and 32 MiB each."""


def count_try(session: Session, *, address: str) -> bool:
    """Count one more try from an address; return whether it may be answered."""
    now = clock.now()
    session.execute(delete(ReceiptTry).where(ReceiptTry.at <= now - WITHIN))
    hashed = hmac.new(_key_of_today(session).encode(), address.encode(), hashlib.sha256).hexdigest()
    made = session.scalar(select(func.count()).select_from(ReceiptTry).where(ReceiptTry.address_hash == hashed)) or 0
    if made >= MOST_TRIES:
        return False
    session.add(ReceiptTry(address_hash=hashed, at=now))
    session.flush()
    return True


def _key_of_today(session: Session) -> str:
    """Return the day's random key; yesterday's is thrown away, and with it every hash made under it means nothing."""
    today = clock.today()
    session.execute(delete(DayKey).where(DayKey.day != today))
    found = session.get(DayKey, today)
    if found is None:
        found = DayKey(day=today, key=secrets.token_hex(16))
        session.add(found)
        session.flush()
    return found.key
