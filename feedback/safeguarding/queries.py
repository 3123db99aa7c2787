"""Reading the desk: what waits, in which order, how its clocks stand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, selectinload

from feedback import clock
from feedback.analysis.models import Finding
from feedback.db import keys
from feedback.errors import NotFound
from feedback.identity.opening_operations import Opening
from feedback.responses.models import Comment, Response, Translation
from feedback.safeguarding.clocks import DECIDE_WITHIN, REVIEW_WITHIN, Deadline, WorkingHours, deadline
from feedback.safeguarding.models import Alert, AlertMove, Claim, DeskItem, HelpRequest, Reading, ReadTheme, Reason
from feedback.safeguarding.moves import CLOSED, level_of
from feedback.settings import queries as settings

FLAGGED = 2
"""The level from which an alert makes its response flagged: read within working hours, not days."""


@dataclass(frozen=True)
class DeskSettings:
    """What a council sets for the desk: hours, clocks (spans by name), languages read here, who is on call."""

    hours: WorkingHours
    clocks: Mapping[str, str]
    languages: tuple[str, ...]
    on_call_address: str
    escalate_to: str

    def deadline(self, name: str, start: datetime, now: datetime) -> Deadline:
        """Return the deadline of a clock by its name in the settings."""
        return deadline(self.hours, start=start, span=self.clocks[name], now=now)


@dataclass(frozen=True)
class Waiting:
    """A comment that waits for a reader, with the urgency of its response and how its clock stands."""

    comment: Comment
    urgency: int
    deadline: Deadline | None


def get_desk_settings(session: Session) -> DeskSettings:
    """Return the council's hours and clocks."""
    values = settings.get_values(session)
    return DeskSettings(
        WorkingHours.of(values),
        values["clocks"],
        tuple(values["languages_read"]),
        values["on_call_address"],
        values["escalate_to"],
    )


def _urgency() -> ColumnElement[int]:
    """The gravest open alert of a comment's response, 0 without one."""
    gravest = select(func.max(Alert.level)).where(Alert.response_id == Comment.response_id, Alert.state.not_in(CLOSED))
    return func.coalesce(gravest.correlate(Comment).scalar_subquery(), 0)


def _unread() -> Select[Comment, int, datetime | None]:
    """Comments no person has read, worst first, then oldest."""
    urgency = _urgency()
    first = (Reading.comment_id == Comment.id) & ~Reading.is_second
    return (
        select(Comment, urgency, DeskItem.received_at)
        .join(DeskItem, DeskItem.response_id == Comment.response_id)
        .outerjoin(Reading, first)
        .where(Reading.id.is_(None), ~DeskItem.is_read)
        .options(selectinload(Comment.response), selectinload(Comment.translation))
        .order_by(urgency.desc(), DeskItem.received_at.asc().nulls_last(), Comment.id)
    )


def _untranslated(languages: tuple[str, ...]) -> ColumnElement[bool]:
    """Whether a comment is in a language nobody here reads, and has no translation."""
    found = select(Finding.language).where(Finding.comment_id == Comment.id).correlate(Comment).scalar_subquery()
    form = select(Response.language).where(Response.id == Comment.response_id).correlate(Comment).scalar_subquery()
    translated = select(Translation.comment_id).where(Translation.comment_id == Comment.id).exists()
    return func.coalesce(found, form).not_in(languages) & ~translated


def _waiting(session: Session, statement: Select[Comment, int, datetime | None], desk: DeskSettings) -> list[Waiting]:
    now = clock.now()
    return [
        Waiting(comment, urgency, _first_read(desk, received_at, urgency, now) if received_at else None)
        for comment, urgency, received_at in session.execute(statement)
    ]


def _first_read(desk: DeskSettings, received_at: datetime, urgency: int, now: datetime) -> Deadline:
    return desk.deadline("first_read_flagged" if urgency >= FLAGGED else "first_read", received_at, now)


def list_unread(session: Session, *, limit: int = 50) -> list[Waiting]:
    """Return comments to be read in a language somebody here reads, worst first, then oldest."""
    desk = get_desk_settings(session)
    return _waiting(session, _unread().where(~_untranslated(desk.languages)).limit(limit), desk)


def list_untranslated(session: Session, *, limit: int = 50) -> list[Waiting]:
    """Return comments that wait for a translation, worst first, then oldest: never "no concern"."""
    desk = get_desk_settings(session)
    return _waiting(session, _unread().where(_untranslated(desk.languages)).limit(limit), desk)


def is_untranslated(session: Session, comment_id: int) -> bool:
    """Whether a comment is in a language nobody here reads, and has no translation."""
    languages = get_desk_settings(session).languages
    return session.scalar(select(Comment.id).where(Comment.id == comment_id, _untranslated(languages))) is not None


def find_next(session: Session, *, person_id: int) -> Comment | None:
    """Return what this person reads next, leaving out what others have open: flagged, second readings, the rest."""
    claimed = select(Claim.comment_id).where(Claim.until > clock.now(), Claim.person_id != person_id)
    languages = get_desk_settings(session).languages
    unread = _unread().where(Comment.id.not_in(claimed), ~_untranslated(languages)).limit(1)
    first = session.execute(unread).first()
    if first is not None and first[1] >= FLAGGED:
        return first[0]
    second = session.scalar(_for_second(person_id).where(Comment.id.not_in(claimed)).limit(1))
    return second or (first[0] if first else None)


def _for_second(person_id: int) -> Select[Comment]:
    again = select(Reading.comment_id).where(Reading.is_second)
    return (
        select(Comment)
        .join(Reading, Reading.comment_id == Comment.id)
        .where(Reading.wants_second, Reading.read_by != person_id, Comment.id.not_in(again))
        .order_by(Comment.id)
    )


def wants_second(session: Session, comment_id: int, *, person_id: int) -> bool:
    """Whether this person is to read a comment as its second reader."""
    return session.scalar(_for_second(person_id).where(Comment.id == comment_id)) is not None


def get_comment(session: Session, response_id: str, question_id: str) -> Comment:
    """Return a comment by what its address names. Raise NotFound when there is none."""
    found = session.scalar(
        select(Comment).where(Comment.response_id == response_id, Comment.question_id == question_id)
    )
    if found is None:
        raise NotFound("There is no such comment.")
    return found


def find_reading(session: Session, comment_id: int, *, is_second: bool = False) -> Reading | None:
    """Return what a reader (or the second reader) says of a comment, if one has read it."""
    return session.scalar(select(Reading).where(Reading.comment_id == comment_id, Reading.is_second == is_second))


def count_waiting(session: Session) -> int:
    """Count the comments no person has read."""
    return session.scalar(select(func.count()).select_from(_unread().order_by(None).subquery())) or 0


def count_untranslated(session: Session) -> int:
    """Count the comments that wait for a translation."""
    waiting = _unread().where(_untranslated(get_desk_settings(session).languages)).order_by(None)
    return session.scalar(select(func.count()).select_from(waiting.subquery())) or 0


def count_unread(session: Session, response_id: str) -> int:
    """Count the comments of a response that no person has read."""
    read = select(Reading.comment_id).where(~Reading.is_second)
    statement = select(func.count()).where(Comment.response_id == response_id, Comment.id.not_in(read))
    return session.scalar(statement) or 0


def list_alerts(session: Session, response_id: str) -> list[Alert]:
    """Return a response's alerts, gravest first."""
    return list(
        session.scalars(select(Alert).where(Alert.response_id == response_id).order_by(Alert.level.desc(), Alert.id))
    )


def find_first_read(session: Session, response_id: str) -> Deadline | None:
    """Return by when a response is read for the first time; None once its clock has stopped."""
    item, desk = session.get(DeskItem, response_id), get_desk_settings(session)
    if item is None or item.is_read or item.received_at is None:
        return None
    urgency = FLAGGED if is_flagged(session, response_id) else 0
    return _first_read(desk, item.received_at, urgency, clock.now())


def count_comments(session: Session, response_id: str) -> int:
    """Count the comments of a response: without any there is nothing that a person could read."""
    return session.scalar(select(func.count()).where(Comment.response_id == response_id)) or 0


def list_themes(session: Session, response_id: str) -> list[str]:
    """Return the themes that readers found in a response's words, by name."""
    found = (
        select(ReadTheme.theme)
        .join(Reading, Reading.id == ReadTheme.reading_id)
        .join(Comment, Comment.id == Reading.comment_id)
        .where(Comment.response_id == response_id)
        .order_by(ReadTheme.theme)
    )
    return list(session.scalars(found.distinct()))


def get_alert(session: Session, alert_id: int) -> Alert:
    """Return an alert. Raise NotFound when there is none."""
    alert = session.get(Alert, alert_id)
    if alert is None:
        raise NotFound(f"There is no alert {alert_id}.")
    return alert


def list_open_alerts(session: Session) -> list[tuple[Alert, Deadline | None]]:
    """Return every alert that is not closed, gravest first, then oldest, with how its clock stands."""
    desk, now = get_desk_settings(session), clock.now()
    alerts = session.scalars(
        select(Alert)
        .where(Alert.state.not_in(CLOSED))
        .order_by(Alert.level.desc(), Alert.raised_at.asc().nulls_last(), Alert.id)
    )
    return [(alert, alert_deadline(desk, alert, now)) for alert in alerts]


def list_closed_alerts(session: Session, *, limit: int = 20) -> list[Alert]:
    """Return the alerts that were closed last."""
    last = select(func.max(AlertMove.id)).where(AlertMove.alert_id == Alert.id).correlate(Alert).scalar_subquery()
    return list(session.scalars(select(Alert).where(Alert.state.in_(CLOSED)).order_by(last.desc()).limit(limit)))


def open_note(session: Session, move: AlertMove) -> dict[str, str]:
    """Open what was written with a step of an alert. Only the alert's own page may ask."""
    return json.loads(keys(session).feedback.open(move.sealed_note)) if move.sealed_note else {}


def alert_deadline(desk: DeskSettings, alert: Alert, now: datetime) -> Deadline | None:
    """Return by when an alert is passed on, by its level; None when its clock stands still."""
    if alert.raised_at is None:
        return None
    return desk.deadline(f"pass_on_{level_of(alert.code, alert.level)}", alert.raised_at, now)


def opening_deadline(desk: DeskSettings, opening: Opening, now: datetime) -> Deadline:
    """Return by when a second person decides on an opening, or reviews one that opened at once."""
    span = REVIEW_WITHIN if opening.at_once else DECIDE_WITHIN
    return deadline(desk.hours, start=opening.asked_at, span=span, now=now)


def count_open_alerts(session: Session, response_id: str | None = None) -> int:
    """Count the alerts that are not closed, of one response or of all."""
    statement = select(func.count()).select_from(Alert).where(Alert.state.not_in(CLOSED))
    return session.scalar(statement.where(Alert.response_id == response_id) if response_id else statement) or 0


def list_help_requests(session: Session) -> list[tuple[HelpRequest, Deadline]]:
    """Return who asks for help, oldest first, with how the clock stands. Nothing of the details."""
    desk, now = get_desk_settings(session), clock.now()
    requests = session.scalars(select(HelpRequest).order_by(HelpRequest.received_at, HelpRequest.id))
    return [(request, desk.deadline("help_request", request.received_at, now)) for request in requests]


def count_help_requests(session: Session) -> int:
    """Count who waits for help."""
    return session.scalar(select(func.count()).select_from(HelpRequest)) or 0


def get_help_request(session: Session, request_id: int) -> HelpRequest:
    """Return a request for help. Raise NotFound when there is none (any more)."""
    request = session.get(HelpRequest, request_id)
    if request is None:
        raise NotFound(f"There is no request {request_id}.")
    return request


def open_details(session: Session, request: HelpRequest) -> dict[str, str]:
    """Open how to reach somebody. Only the request's own page may ask."""
    opened: dict[str, str] = json.loads(keys(session).feedback.open(request.sealed_details))
    return opened


def is_flagged(session: Session, response_id: str) -> bool:
    """Whether something made a response urgent before anybody read it."""
    signals = select(Alert.id).where(Alert.response_id == response_id, Alert.reason != Reason.READER)
    return session.scalar(signals.where(Alert.level >= FLAGGED).limit(1)) is not None
