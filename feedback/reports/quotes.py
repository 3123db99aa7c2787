"""Quotes: a person's own words without names, where they, a reader and the gate all agree.

Looked up anew each time, never frozen: a withdrawn response's quotes are gone at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from feedback.clock import Quarter
from feedback.db import keys
from feedback.reports import disclosure
from feedback.reports.counting import ALONE, SELF_REPORT
from feedback.responses.models import Comment, Response
from feedback.safeguarding.models import Reading, ReadTheme

MOST = 12

ROUNDED_BY = 2
"""How far a shown number of people who wrote about a theme may lie above the truth: it is rounded to the nearest 5."""


@dataclass(frozen=True)
class Quote:
    """Words that may be shown. `group` is empty where the group alone is too small to be named beside them."""

    text: str
    group: str
    language: str
    themes: tuple[str, ...]


def list_quotes(
    session: Session, quarter: Quarter, shown: dict[str, Any], *, theme: str = "", company: str = ""
) -> list[Quote]:
    """Return what may be quoted from a quarter, given its released figures; of one theme, or of one company.

    Beside a theme the group is named only where that many of the group wrote about it; company narrows only where the
    release shows how many there are of each. Who reads the same words in two lists knows what both say of them: the
    release tells which groups and languages stay a crowd all the same. The order is that of random ids, so it tells
    nothing about when something was written.
    """
    bases = [shown["responses"]["base"] or 0]
    found = next((each for each in shown["themes"] if each["id"] == theme), None)
    if found:
        bases.append((found["people"] or 0) - ROUNDED_BY)
    if company:
        bases.append(companies(shown).get(company, 0))
    if disclosure.may_quote(base=min(bases), has_permission=True, is_read=True, is_redaction_checked=True).why:
        return []
    conditions = [Response.may_quote, Reading.may_be_quoted, ~Reading.is_second, *_of_company(company)]
    conditions.append(Response.language.in_(_crowds(shown)["languages"]))
    if theme:
        conditions.append(
            select(ReadTheme.theme).where(ReadTheme.reading_id == Reading.id, ReadTheme.theme == theme).exists()
        )
    rows = session.execute(
        select(Reading, Response)
        .join(Comment, Comment.id == Reading.comment_id)
        .join(Response, Response.id == Comment.response_id)
        .where(*_answered_in(quarter), *conditions)
        .order_by(Response.id, Reading.id)
        .limit(MOST)
    )
    named, vault = _named(shown, found, is_narrow=bool(company)), keys(session).feedback
    return [
        Quote(
            text=vault.open(reading.sealed_redacted),
            group=response.audience if response.audience in named else "",
            language=response.language,
            themes=tuple(theme.theme for theme in reading.themes),
        )
        for reading, response in rows
    ]


def _answered_in(quarter: Quarter) -> list[ColumnElement[bool]]:
    """Return the conditions on responses, the quarter hidden from its index: the few quotable readings lead the way."""
    return [
        func.coalesce(Response.quarter, "") == str(quarter),
        ~Response.is_withdrawn,
        Response.audience.in_(SELF_REPORT),
    ]


def companies(shown: dict[str, Any]) -> dict[str, int]:
    """Return the filters that may be offered, with their bases: both sides shown, or neither."""
    parts = {part["id"]: part["base"] for part in shown["responses"]["company"] if part["base"]}
    return parts if len(parts) == 2 else {}  # noqa: PLR2004 - on one's own, and not


def _of_company(company: str) -> list[ColumnElement[bool]]:
    if not company:
        return []
    return [Response.beside == "no"] if company == ALONE else [Response.beside != "no"]


def _named(shown: dict[str, Any], theme: dict[str, Any] | None, *, is_narrow: bool) -> set[str]:
    """Return the groups that may be named beside a quote: never when the quotes are narrowed by company as well."""
    if is_narrow:
        return set()
    crowds = set(_crowds(shown)["groups"])
    if theme is not None:
        return crowds & {part["id"] for part in theme["groups"] if _may_name(part["value"])}
    return crowds & {part["id"] for part in shown["responses"]["groups"] if part["base"] is not None}


def _crowds(shown: dict[str, Any]) -> dict[str, list[str]]:
    """Return the languages and groups of which a release says that they are crowds; older releases say nothing."""
    crowds: dict[str, list[str]] = shown.get("quotes", {"languages": [], "groups": []})
    return crowds


def _may_name(people: int | None) -> bool:
    base = (people or 0) - ROUNDED_BY
    may = disclosure.may_quote(base=base, has_permission=True, is_read=True, is_redaction_checked=True)
    return may.why is None
