"""What people answered, question by question and split by split: a few queries that group in the database."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, SQLColumnExpression, String, case, cast, func, select
from sqlalchemy.orm import Session

from feedback.questionnaires import queries as questionnaires
from feedback.questionnaires.kinds import State
from feedback.reports import figures
from feedback.reports.code_book import constructs
from feedback.reports.counting.slices import ASKED, KNOWN, SELF_REPORT, SPLITS, Slice, people
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


def count_people(session: Session, part: Slice) -> Sizes:
    """Count the responses of a slice, of everybody and of every population that is ever shown."""
    sizes: Sizes = Counter()
    known = list(KNOWN.values())
    rows = session.execute(select(*known, func.count()).where(*part.where()).group_by(*known))
    for *values, number in rows:
        for population in _populations(dict(zip(KNOWN, values, strict=True))):
            sizes[population] += number
    person = people(part)
    columns = [person.c[name] for name in ASKED]
    for *values, number in session.execute(select(*columns, func.count()).group_by(*columns)):
        for population in _populations(dict(zip(ASKED, values, strict=True))):
            sizes[population] += number
    return sizes


def count_answers(session: Session, part: Slice, sizes: Sizes) -> Answers:
    """Return every construct's distribution in every population.

    Who has no answer to any question of a construct was not asked.
    """
    construct_of = _construct_of(session)
    counted: dict[str, dict[Population, Counter[str]]] = {each: defaultdict(Counter) for each in constructs()}
    for question, state, values, number in _grouped(session, part, list(construct_of)):
        # Who wanted no help to have their say rates none, as if not asked (practice 1.4).
        if state != NOT_NEEDED:
            for population in _populations(values):
                counted[construct_of[question]][population][state] += number
    return {
        construct: {
            population: distribution_of(construct, found[population], size) for population, size in sizes.items()
        }
        for construct, found in counted.items()
    }


def count_whole(session: Session, part: Slice) -> dict[str, figures.Distribution]:
    """Return every construct's distribution over everybody in a slice; nothing is split."""
    answered = _answered()
    construct_of = _construct_of(session)
    responses = session.scalar(select(func.count()).select_from(Response).where(*part.where())) or 0
    rows = session.execute(
        select(StoredAnswer.question_id, answered, func.count())
        .join(Response, Response.id == StoredAnswer.response_id)
        .where(*part.where(), StoredAnswer.question_id.in_(construct_of))
        .group_by(StoredAnswer.question_id, answered)
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


def _grouped(
    session: Session, part: Slice, questions: Sequence[str]
) -> Iterator[tuple[str, str, dict[str, str | None], int]]:
    """Yield (question, answer, values of the splits, how many), everybody once and once more by equality questions.

    Two passes over the answers: one by what each response knows, one by what the equality questions say.
    """
    question, answered = StoredAnswer.question_id, _answered()
    known = list(KNOWN.values())
    rows = (
        select(question, answered, func.count(), *known)
        .join(Response, Response.id == StoredAnswer.response_id)
        .where(*part.where(), question.in_(questions))
        .group_by(question, answered, *known)
    )
    yield from _named(session.execute(rows), tuple(KNOWN))
    person = people(part)
    asked: list[SQLColumnExpression[Any]] = [person.c[name] for name in ASKED]
    rows = (
        select(question, answered, func.count(), *asked)
        .join(person, person.c.id == StoredAnswer.response_id)
        .where(question.in_(questions))
        .group_by(question, answered, *asked)
    )
    yield from _named(session.execute(rows), ASKED)


def _named(rows: Iterable[Any], names: tuple[str, ...]) -> Iterator[tuple[str, str, dict[str, str | None], int]]:
    for question, state, number, *values in rows:
        yield question, state, dict(zip(names, values, strict=True)), number


def _answered() -> ColumnElement[str]:
    return case(
        (StoredAnswer.state != State.ANSWERED, StoredAnswer.state),
        (StoredAnswer.value.is_not(None), cast(StoredAnswer.value, String)),
        else_=StoredAnswer.choice,
    )


def _populations(values: Mapping[str, str | None]) -> tuple[Population, ...]:
    """Return every population that people with these values belong to, everybody included in the first pass."""
    return _belonging(tuple(values.items()))


@functools.cache
def _belonging(values: tuple[tuple[str, str | None], ...]) -> tuple[Population, ...]:
    held = {name: value for name, value in values if value is not None}
    names = {name for name, _ in values}
    is_first = "event_type" in names
    found = tuple(
        frozenset((name, held[name]) for name in split)
        for split in SPLITS
        if set(split) <= set(held) and (is_first or not set(split) <= set(KNOWN))
    )
    return (WHOLE, *found) if is_first else found


def _construct_of(session: Session) -> dict[str, str]:
    """Return question id -> construct over all published versions: an id never changes its meaning."""
    return {
        question.id: question.construct
        for version in questionnaires.list_versions(session)
        if version.audience in SELF_REPORT
        for question in questionnaires.get_document(session, version.id).definition.questions
        if question.construct in constructs()
    }
