"""The wording of the questions behind a quarter's figures, version by version, in any language it was asked in.

Reads questionnaires and which versions were answered; opens no answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.clock import Quarter
from feedback.questionnaires import queries as questionnaires
from feedback.questionnaires.document import SOURCE_LANGUAGE
from feedback.reports.code_book import constructs
from feedback.reports.counting.slices import SELF_REPORT, Slice
from feedback.reports.year import Year
from feedback.responses.models import Response


@dataclass(frozen=True)
class Asked:
    """One question as one group was asked it after one family of events; `construct` is its name in reports."""

    group: str
    version: int
    construct: str
    family: str
    text: str


def list_asked(session: Session, period: Quarter | Year, language: str = SOURCE_LANGUAGE) -> list[Asked]:
    """Return how each construct was asked in the versions that were answered in a period and have this language."""
    quarters = period.quarters if isinstance(period, Year) else (period,)
    used = {
        version for quarter in quarters
        for version in session.scalars(select(Response.version_id).where(*Slice(quarter).where()).distinct())
    }  # fmt: skip
    found = []
    for version in questionnaires.list_versions(session):
        if version.id not in used or version.audience not in SELF_REPORT:
            continue
        document = questionnaires.get_document(session, version.id)
        if language not in document.languages:
            continue
        for question in document.definition.questions:
            if question.construct in constructs():
                found += [
                    Asked(
                        version.audience,
                        version.number,
                        constructs()[question.construct].name,
                        family,
                        document.text(question, family, language),
                    )
                    for family in question.texts
                ]
    return found
