"""What people answered, question by question and split by split, from counts that the database has grouped."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import TypeAlias

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback.questionnaires import queries as questionnaires
from feedback.reports import figures
from feedback.reports.code_book import constructs
from feedback.reports.counting.profiles import Alike, answered, count_alike
from feedback.reports.counting.slices import KNOWN, SELF_REPORT, SPLITS, Slice
from feedback.reports.disclosure import WHOLE, Population
from feedback.responses.models import Response, StoredAnswer

Answers: TypeAlias = dict[str, dict[Population, figures.Distribution]]
"""construct -> population -> distribution."""

Sizes: TypeAlias = Counter[Population]

SCALES: dict[str, figures.Scale] = {
    "support": figures.YES_NO,
    "rights": figures.YES_NO_UNSURE,
}

NOT_NEEDED = "not_needed"


def count_answers(session: Session, part: Slice) -> tuple[Sizes, Answers]:
    """Return how many responses every population of a slice has, and every construct's distribution in it.

    Who has no answer to any question of a construct was not asked.
    """
    construct_of = _construct_of(session)
    sizes: Sizes = Counter()
    counted: dict[str, dict[Population, Counter[str]]] = {each: defaultdict(Counter) for each in constructs()}
    for alike in count_alike(session, part, list(construct_of)):
        populations = _populations(alike)
        for population in populations:
            sizes[population] += alike.people
        for question, answer, number in alike.answers:
            # Who wanted no help to have their say rates none, as if not asked (practice 1.4).
            if answer != NOT_NEEDED:
                found = counted[construct_of[question]]
                for population in populations:
                    found[population][answer] += number
    return sizes, {construct: _distributions(construct, found, sizes) for construct, found in counted.items()}


def count_whole(session: Session, part: Slice) -> dict[str, figures.Distribution]:
    """Return every construct's distribution over everybody in a slice; nothing is split."""
    construct_of = _construct_of(session)
    responses = session.scalar(select(func.count()).select_from(Response).where(*part.where())) or 0
    rows = session.execute(
        select(StoredAnswer.question_id, answered(), func.count())
        .join(Response, Response.id == StoredAnswer.response_id)
        .where(*part.where(), StoredAnswer.question_id.in_(construct_of))
        .group_by(StoredAnswer.question_id, answered())
    )
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for question, state, number in rows:
        if state != NOT_NEEDED:
            counted[construct_of[question]][state] += number
    return {construct: distribution_of(construct, counted[construct], responses) for construct in constructs()}


def distribution_of(construct: str, counted: Mapping[str, int], responses: int) -> figures.Distribution:
    """Return the distribution of a construct over `responses` people, given counts by answer or state."""
    not_asked = responses - sum(counted.values())
    return figures.Distribution.of(
        SCALES.get(construct, figures.FACE5), {**counted, figures.NoAnswer.NOT_ASKED: not_asked}
    )


def nobody() -> Answers:
    """Return the answers of a quarter without a response."""
    empty = [WHOLE, *(frozenset({("group", group)}) for group in SELF_REPORT)]
    return {each: {name: distribution_of(each, {}, 0) for name in empty} for each in constructs()}


def _distributions(
    construct: str, found: Mapping[Population, Mapping[str, int]], sizes: Sizes
) -> dict[Population, figures.Distribution]:
    return {name: distribution_of(construct, found.get(name, {}), size) for name, size in sizes.items()}


def _populations(alike: Alike) -> list[Population]:
    """Return every population that people belong to; what every response knows is told by the known profile alone."""
    held = dict(alike.profile)
    splits = [split for split in SPLITS if set(split) <= set(held)]
    if alike.kind == "asked":
        return [frozenset((name, held[name]) for name in split) for split in splits if not set(split) <= set(KNOWN)]
    return [WHOLE, *(frozenset((name, held[name]) for name in split) for split in splits)]


def _construct_of(session: Session) -> dict[str, str]:
    """Return question id -> construct over all published versions: an id never changes its meaning."""
    return {
        question.id: question.construct
        for version in questionnaires.list_versions(session)
        if version.audience in SELF_REPORT
        for question in questionnaires.get_document(session, version.id).definition.questions
        if question.construct in constructs()
    }
