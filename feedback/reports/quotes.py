"""Quotes: a person's own words without names, where they, a reader and the gate all agree.

Looked up anew each time, never frozen: a withdrawn response's quotes are gone at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.clock import Quarter
from feedback.db import keys
from feedback.reports import disclosure
from feedback.reports.counting import Slice
from feedback.responses.models import Comment, Response
from feedback.safeguarding.models import Reading

MOST = 12


@dataclass(frozen=True)
class Quote:
    """Words that may be shown. `group` is empty where the group alone is too small to be named beside them."""

    text: str
    group: str
    language: str
    themes: tuple[str, ...]


def list_quotes(session: Session, quarter: Quarter, responses: dict[str, Any]) -> list[Quote]:
    """Return what may be quoted from a quarter, given the release's figures on who answered.

    The order is that of random ids, so it tells nothing about when something was written.
    """
    if disclosure.may_quote(
        base=responses["base"] or 0, has_permission=True, is_read=True, is_redaction_checked=True
    ).why:
        return []
    shown = {part["id"] for part in responses["groups"] if part["base"] is not None}
    rows = session.execute(
        select(Reading, Response)
        .join(Comment, Comment.id == Reading.comment_id)
        .join(Response, Response.id == Comment.response_id)
        .where(*Slice(quarter).where(), Response.may_quote, Reading.may_be_quoted, ~Reading.is_second)
        .order_by(Response.id, Reading.id)
        .limit(MOST)
    )
    vault = keys(session).feedback
    return [
        Quote(
            text=vault.open(reading.sealed_redacted),
            group=response.audience if response.audience in shown else "",
            language=response.language,
            themes=tuple(theme.theme for theme in reading.themes),
        )
        for reading, response in rows
    ]
