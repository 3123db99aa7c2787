"""How many people wrote, about which themes, in which tone, and how far that is read and understood.

Counts people, never comments: three comments of one family about one thing are one voice. Opens no word.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy import Select, SQLColumnExpression, Subquery, and_, case, func, literal, select, union_all
from sqlalchemy.orm import Session

from feedback.analysis.models import Finding, FoundTheme
from feedback.questionnaires import queries as questionnaires
from feedback.reports.counting.slices import Slice
from feedback.responses.models import Comment, Response, StoredPick
from feedback.safeguarding.models import DeskItem, Reading, ReadTheme

TONES = ("negative", "neutral", "positive", "unassessed", "mixed")
"""The tones of a theme in one person's words; the statement knows them by their places here."""

PERSONS_TONES = {"negative": 0, "suggestion": 1, "positive": 2, "mixed": 4}
"""What readers call tones of themes (practice 5.6)."""

POSITIVE_FROM, NEGATIVE_TO = 0.05, -0.05
"""A theme's tone counts as good or bad beyond these (the sentiment engine's own threshold, -1 to 1)."""

By: TypeAlias = Counter[str]


@dataclass
class ThemeCounts:
    """People whose words carry a theme: by tone, group, kind of event, who decided it; how many picked its option."""

    tones: By = field(default_factory=Counter)
    groups: By = field(default_factory=Counter)
    event_types: By = field(default_factory=Counter)
    by_person: int = 0
    picks: int = 0

    @property
    def people(self) -> int:
        """How many people."""
        return self.tones.total()


@dataclass
class Words:
    """Everything counted of the words of a slice. `people` wrote something; the rest counts comments."""

    people: int = 0
    by_group: By = field(default_factory=Counter)
    by_event_type: By = field(default_factory=Counter)
    themes: dict[str, ThemeCounts] = field(default_factory=dict)
    comments: int = 0
    unassessed: int = 0
    not_read: int = 0


def count_words(session: Session, part: Slice, wrote: Mapping[tuple[str, str | None], int]) -> Words:
    """Count everything a release says about words; `wrote` are the people who did, by (group, kind of event)."""
    comments, judged, unread = _comments(session, part)
    return Words(
        people=sum(wrote.values()),
        by_group=_sum(wrote, 0),
        by_event_type=_sum(wrote, 1),
        themes=_themes(session, part),
        comments=comments,
        unassessed=comments - judged,
        not_read=unread,
    )


def _sum(counted: Mapping[tuple[str, str | None], int], place: int) -> By:
    by: By = Counter()
    for key, number in counted.items():
        name = key[place]
        if name is not None:
            by[name] += number
    return by


def _themes(session: Session, part: Slice) -> dict[str, ThemeCounts]:
    """Return themes by id: one row of the database for each theme, tone, group and kind of event."""
    each = _mentions(part)
    columns = (each.c.theme, each.c.tone, each.c.by_person, each.c.audience, each.c.event_type)
    rows = session.execute(select(*columns, func.count()).group_by(*columns))
    counted: dict[str, ThemeCounts] = defaultdict(ThemeCounts)
    for theme, tone, by_person, group, event_type, number in rows:
        found = counted[theme]
        found.tones[TONES[tone]] += number
        found.groups[group] += number
        if event_type is not None:
            found.event_types[event_type] += number
        found.by_person += number if by_person else 0
    for theme, number in _picks(session, part):
        counted[theme].picks += number
    return dict(counted)


def _mentions(part: Slice) -> Subquery:
    """Return one row for each person and theme; comments of different tones make a mixed one.

    Whoever has read a comment decides what it is about; the machine speaks only for comments nobody has read.
    """
    tone = case(
        (FoundTheme.tone.is_(None), TONES.index("unassessed")),
        (FoundTheme.tone >= POSITIVE_FROM, TONES.index("positive")),
        (FoundTheme.tone <= NEGATIVE_TO, TONES.index("negative")),
        else_=TONES.index("neutral"),
    )
    readers_tone = case(PERSONS_TONES, value=ReadTheme.tone, else_=TONES.index("unassessed"))
    who = (Comment.response_id, Response.audience, Response.event_type)
    machine = (
        select(*who, FoundTheme.theme, tone.label("tone"), literal(0).label("by_person"))
        .join(Comment, Comment.id == FoundTheme.comment_id)
        .join(Response, Response.id == Comment.response_id)
        .where(*part.where(), ~_first_reading(Comment.id).exists())
    )
    person = (
        select(*who, ReadTheme.theme, readers_tone, literal(1))
        .join(Reading, Reading.id == ReadTheme.reading_id)
        .join(Comment, Comment.id == Reading.comment_id)
        .join(Response, Response.id == Comment.response_id)
        .where(*part.where(), ~Reading.is_second)
    )
    every = union_all(machine, person).subquery("every")
    lowest, highest = func.min(every.c.tone), func.max(every.c.tone)
    return (
        select(
            every.c.response_id,
            every.c.theme,
            every.c.audience,
            every.c.event_type,
            case((lowest == highest, lowest), else_=TONES.index("mixed")).label("tone"),
            func.max(every.c.by_person).label("by_person"),
        )
        .group_by(every.c.response_id, every.c.theme, every.c.audience, every.c.event_type)
        .subquery("mentions")
    )


def _first_reading(comment_id: SQLColumnExpression[int]) -> Select[int]:
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


def _comments(session: Session, part: Slice) -> tuple[int, int, int]:
    """Count comments, those whose tone a person or the engine has judged, and those no person has read.

    Comments nobody could judge are never shown as neutral.
    """
    is_judged = Reading.id.is_not(None) | (Finding.tone != "unassessed")
    row = session.execute(
        select(func.count(), func.count(case((is_judged, 1))), func.count(DeskItem.response_id))
        .select_from(Comment)
        .join(Response, Response.id == Comment.response_id)
        .outerjoin(Reading, and_(Reading.comment_id == Comment.id, ~Reading.is_second))
        .outerjoin(Finding, Finding.comment_id == Comment.id)
        .outerjoin(DeskItem, and_(DeskItem.response_id == Comment.response_id, ~DeskItem.is_read))
        .where(*part.where())
    ).one()
    return row[0], row[1], row[2]
