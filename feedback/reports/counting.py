"""Raw counts of one quarter, grouped by the database in a handful of queries.

What it returns is never shown: it goes to the gate. Withdrawn responses are left out; of the running quarter only the
first so many, in order of arrival, are counted.
"""

from __future__ import annotations

import functools
import operator
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, String, case, cast, func, select
from sqlalchemy.orm import Session

from feedback.analysis.models import Finding, FoundTheme
from feedback.clock import Quarter
from feedback.questionnaires import queries as questionnaires
from feedback.questionnaires.kinds import State
from feedback.reports import figures
from feedback.reports.code_book import constructs
from feedback.responses.models import Comment, Response, StoredAnswer, StoredPick
from feedback.safeguarding.models import DeskItem, Reading, ReadTheme

SELF_REPORT = ("child", "young", "parent")
"""The groups that speak for themselves; observations are never averaged with them (practice 1.11)."""

SCALES: dict[str, figures.Scale] = {
    "support": figures.YES_NO,
    "rights": figures.YES_NO_UNSURE,
}

NOT_NEEDED = "not_needed"
PERSONS_TONES = {"suggestion": "neutral", "mixed": "neutral"}
"""What readers call tones of themes (practice 5.6), in the words of the table."""

POSITIVE_FROM, NEGATIVE_TO = 0.05, -0.05
"""A theme's tone counts as good or bad beyond these (the sentiment engine's own threshold, -1 to 1)."""


@dataclass(frozen=True)
class Slice:
    """The part of a quarter that a release covers: all of it, or its first `upto` responses."""

    quarter: Quarter
    upto: int | None = None

    def where(self) -> list[ColumnElement[bool]]:
        """Return the conditions on responses."""
        conditions = [
            Response.quarter == str(self.quarter),
            ~Response.is_withdrawn,
            Response.audience.in_(SELF_REPORT),
        ]
        return conditions if self.upto is None else [*conditions, Response.arrival <= self.upto]


@dataclass
class ThemeCounts:
    """Comments that carry a theme, by its tone, and how often its option was picked."""

    comments: int = 0
    tones: Counter[str] = field(default_factory=Counter)
    picks: int = 0


@dataclass
class Counts:
    """Everything counted of one slice."""

    responses: int
    by_group: Counter[str]
    by_language: Counter[str]
    by_event_type: Counter[str]
    constructs: dict[str, dict[str, figures.Distribution]]
    themes: dict[str, ThemeCounts]
    comments: int
    tones: Counter[str]
    unassessed: int
    not_read: int

    @classmethod
    def empty(cls) -> Counts:
        """Return the counts of a quarter without a response."""
        nobody = {
            construct: {group: _distribution(construct, Counter(), 0) for group in SELF_REPORT}
            for construct in constructs()
        }
        return cls(0, Counter(), Counter(), Counter(), nobody, {}, 0, Counter(), 0, 0)

    def whole(self, construct: str) -> figures.Distribution:
        """Return a construct's distribution over all groups together."""
        first, *others = self.constructs[construct].values()
        return functools.reduce(operator.add, others, first)


def last_arrival(session: Session, quarter: Quarter, base: int) -> int | None:
    """Return the arrival number of a quarter's `base`-th response that still counts; None when there are fewer."""
    return session.scalar(
        select(Response.arrival).where(*Slice(quarter).where()).order_by(Response.arrival).offset(base - 1).limit(1)
    )


def count_responses(session: Session, part: Slice) -> int:
    """Count the responses of a slice."""
    return session.scalar(select(func.count()).select_from(Response).where(*part.where())) or 0


def count(session: Session, part: Slice) -> Counts:
    """Count everything a release shows."""
    by_group = _by(session, part, Response.audience)
    return Counts(
        responses=sum(by_group.values()),
        by_group=by_group,
        by_language=_by(session, part, Response.language),
        by_event_type=_by(session, part, func.coalesce(Response.event_type, "not_said")),
        constructs=_constructs(session, part, by_group),
        themes=_themes(session, part),
        comments=_comments(session, part),
        tones=_tones(session, part),
        unassessed=_unassessed(session, part),
        not_read=_not_read(session, part),
    )


def _by(session: Session, part: Slice, column: SQLColumnExpression[str]) -> Counter[str]:
    rows = session.execute(select(column, func.count()).where(*part.where()).group_by(column))
    return Counter(dict(rows.all()))


def _constructs(session: Session, part: Slice, groups: Counter[str]) -> dict[str, dict[str, figures.Distribution]]:
    """Return construct -> group -> distribution. Who has no answer to any question of a construct was not asked."""
    answer = case(
        (StoredAnswer.state != State.ANSWERED, StoredAnswer.state),
        (StoredAnswer.value.is_not(None), cast(StoredAnswer.value, String)),
        else_=StoredAnswer.choice,
    )
    rows = session.execute(
        select(StoredAnswer.question_id, Response.audience, answer, func.count())
        .join(Response, Response.id == StoredAnswer.response_id)
        .where(*part.where(), StoredAnswer.question_id.in_(_construct_of(session)))
        .group_by(StoredAnswer.question_id, Response.audience, answer)
    )
    counted: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    construct_of = _construct_of(session)
    for question, group, state, number in rows:
        # Who wanted no help to have their say rates none, as if not asked (practice 1.4).
        if state != NOT_NEEDED:
            counted[construct_of[question], group][state] += number
    return {
        construct: {group: _distribution(construct, counted[construct, group], groups[group]) for group in SELF_REPORT}
        for construct in constructs()
    }


def _distribution(construct: str, counted: Counter[str], responses: int) -> figures.Distribution:
    not_asked = responses - counted.total()
    return figures.Distribution.of(
        SCALES.get(construct, figures.FACE5), {**counted, figures.NoAnswer.NOT_ASKED: not_asked}
    )


def _construct_of(session: Session) -> dict[str, str]:
    """Return question id -> construct over all published versions: an id never changes its meaning."""
    return {
        question.id: question.construct
        for version in questionnaires.list_versions(session)
        if version.audience in SELF_REPORT
        for question in questionnaires.get_document(session, version.id).definition.questions
        if question.construct in constructs()
    }


def _themes(session: Session, part: Slice) -> dict[str, ThemeCounts]:
    tone = case(
        (FoundTheme.tone.is_(None), "unassessed"),
        (FoundTheme.tone >= POSITIVE_FROM, "positive"),
        (FoundTheme.tone <= NEGATIVE_TO, "negative"),
        else_="neutral",
    )
    counted: dict[str, ThemeCounts] = defaultdict(ThemeCounts)
    machine = (
        select(FoundTheme.theme, tone, func.count())
        .join(Comment, Comment.id == FoundTheme.comment_id)
        .join(Response, Response.id == Comment.response_id)
        .where(*part.where(), ~_first_reading(Comment.id).exists())
        .group_by(FoundTheme.theme, tone)
    )
    person = (
        select(ReadTheme.theme, ReadTheme.tone, func.count())
        .join(Reading, Reading.id == ReadTheme.reading_id)
        .join(Comment, Comment.id == Reading.comment_id)
        .join(Response, Response.id == Comment.response_id)
        .where(*part.where(), ~Reading.is_second)
        .group_by(ReadTheme.theme, ReadTheme.tone)
    )
    for theme, name, number in (*session.execute(machine), *session.execute(person)):
        counted[theme].comments += number
        counted[theme].tones[PERSONS_TONES.get(name, name)] += number
    for theme, number in _picks(session, part):
        counted[theme].picks += number
    return dict(counted)


def _first_reading(comment_id: SQLColumnExpression[int]) -> Select[int]:
    """Whoever has read a comment decides what it is about; the machine speaks only for comments nobody has read."""
    return select(Reading.id).where(Reading.comment_id == comment_id, ~Reading.is_second)


def _picks(session: Session, part: Slice) -> Iterable[tuple[str, int]]:
    """Yield (theme, how many picked its option): a second source that needs no words."""
    theme_of = {
        (question.id, option.id): option.theme
        for version in questionnaires.list_versions(session)
        for question in questionnaires.get_document(session, version.id).definition.questions
        for option in question.options
        if option.theme
    }
    rows = session.execute(
        select(StoredPick.question_id, StoredPick.option_id, func.count())
        .join(Response, Response.id == StoredPick.response_id)
        .where(*part.where())
        .group_by(StoredPick.question_id, StoredPick.option_id)
    )
    for question, option, number in rows:
        if theme_of.get((question, option)):
            yield theme_of[question, option] or "", number


def _comments(session: Session, part: Slice) -> int:
    return session.scalar(_of_comments(part)) or 0


def _of_comments(part: Slice) -> Select[int]:
    return (
        select(func.count())
        .select_from(Comment)
        .join(Response, Response.id == Comment.response_id)
        .where(*part.where())
    )


def _tones(session: Session, part: Slice) -> Counter[str]:
    rows = session.execute(
        select(Finding.tone, func.count())
        .join(Comment, Comment.id == Finding.comment_id)
        .join(Response, Response.id == Comment.response_id)
        .where(*part.where())
        .group_by(Finding.tone)
    )
    return Counter(dict(rows.all()))


def _unassessed(session: Session, part: Slice) -> int:
    """Comments whose tone neither a person nor the engine has judged: never shown as neutral."""
    judged = _of_comments(part).where(
        _first_reading(Comment.id).exists()
        | select(Finding.engine).where(Finding.comment_id == Comment.id, Finding.tone != "unassessed").exists()
    )
    return _comments(session, part) - (session.scalar(judged) or 0)


def _not_read(session: Session, part: Slice) -> int:
    """Comments no person has read."""
    unread = _of_comments(part).join(DeskItem, DeskItem.response_id == Response.id).where(~DeskItem.is_read)
    return session.scalar(unread) or 0
