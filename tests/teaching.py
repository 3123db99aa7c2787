"""Families who answer and readers who say which themes they found, for tests of what is learnt from it."""

from __future__ import annotations

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.accounts.models import Person
from feedback.clock import Quarter
from feedback.db import Database, keys
from feedback.questionnaires.queries import latest_version_id
from feedback.responses.models import Comment, Response
from feedback.safeguarding import operations as desk
from feedback.safeguarding.models import Level, Reading, ReadTheme
from feedback.safeguarding.operations import Codes
from feedback.text import corrections

SAID = {"identity": "the blomper was not for us", "family": "then the wendrix came again"}


def tell(database: Database, words: str, *, quarter: Quarter | None = None, is_demo: bool = False) -> int:
    """Store an answer with words; return its comment's id."""
    with database.transaction() as session:
        which = quarter or Quarter.current()
        name = secrets.token_hex(12)
        response = Response(
            id=name,
            submission_hash=name,
            receipt_hash=name,
            version_id=latest_version_id(session, "parent"),
            language="en",
            audience="parent",
            family="meeting",
            event_type="icpc",
            timing="later",
            stage="",
            has_code=False,
            quarter=str(which),
            arrival=_arrivals(session, which),
            is_demo=is_demo,
        )
        response.comments = [Comment(question_id="p_better", sealed_text=keys(session).feedback.seal(words))]
        session.add(response)
        session.flush()
        return response.comments[0].id


def _arrivals(session: Session, quarter: Quarter) -> int:
    return len(session.scalars(select(Response.id).where(Response.quarter == str(quarter))).all()) + 1


def read(database: Database, comment_id: int, theme: str, reader: Person, redacted: str) -> None:
    """Give a comment a theme, as a reader does."""
    with database.transaction() as session:
        codes = Codes(Level.NONE, "negative", redacted, {theme: "negative"})
        desk.read(session, comment=session.get_one(Comment, comment_id), codes=codes, by=reader)


def teach(database: Database, reader: Person) -> None:
    """Let readers confirm the themes of as many comments as learning needs."""
    for at, (theme, said) in enumerate([*SAID.items()] * (corrections.FEWEST // 2)):
        read(database, tell(database, f"Zbigniew said {said}"), theme, reader, f"[name] said {said} {at}")


def take_back(database: Database, theme: str, *, but: int) -> None:
    """Let all but so many families take back an answer in which a reader found a theme."""
    with database.transaction() as session:
        statement = select(Response).join(Comment).join(Reading).join(ReadTheme).where(ReadTheme.theme == theme)
        for response in session.scalars(statement).all()[but:]:
            response.is_withdrawn = True
