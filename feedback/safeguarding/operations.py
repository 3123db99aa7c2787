"""What is done at the reading desk: putting responses on it, reading, raising and moving alerts."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from feedback import clock
from feedback.accounts import queries as accounts
from feedback.accounts.models import Person
from feedback.accounts.permissions import Role
from feedback.audit import operations as audit
from feedback.audit.actions import Action
from feedback.db import keys
from feedback.errors import FeedbackError
from feedback.outbox import operations as outbox
from feedback.outbox.letters import Letter
from feedback.responses import operations as responses
from feedback.responses.models import Comment, Response
from feedback.safeguarding import moves, queries
from feedback.safeguarding.models import (
    URGENCY,
    Alert,
    AlertMove,
    AlertState,
    Claim,
    ClockRecord,
    DeskItem,
    Level,
    Reading,
    ReadTheme,
    Reason,
)

SECOND_READING_IN = 10
"""One in so many readings of level 0 is read by a second person (practice 2.4, quality)."""
MOST_THEMES = 3
"""Themes a comment (practice 5.6)."""


class NotRead(FeedbackError):
    """An alert cannot be laid aside while words of its response have not been read."""


class ReadAlready(FeedbackError):
    """Somebody else has read this comment in the meantime."""


class NotUnderstood(FeedbackError):
    """Nobody here reads the language of a comment, and there is no translation: it cannot be "no concern"."""


@dataclass(frozen=True)
class Signal:
    """One reason to read a response first."""

    reason: Reason
    kind: str
    level: int


@dataclass(frozen=True)
class Codes:
    """What a reader says of a comment; `themes` maps a theme to its tone, `note` says why this level."""

    level: Level
    tone: str
    redacted: str
    themes: Mapping[str, str] = field(default_factory=dict)
    may_be_quoted: bool = False
    note: str = ""


def put_on_desk(session: Session, *, response_id: str) -> None:
    """Start the clock of a response with words: a person will read it. Without words there is nothing to read."""
    if not session.get_one(Response, response_id).comments:
        return
    session.add(DeskItem(response_id=response_id, received_at=clock.now()))
    session.flush()


def raise_alerts(session: Session, *, response_id: str, signals: list[Signal]) -> None:
    """Raise one alert a signal, and tell the safeguarding leads once, in the same transaction."""
    for signal in signals:
        _raise(session, response_id, signal)
    response = session.get_one(Response, response_id)
    if signals and not response.is_demo:
        _tell_leads(session, max(signal.level for signal in signals))
    session.flush()


def _raise(session: Session, response_id: str, signal: Signal, code: Level | None = None) -> Alert:
    alert = Alert(
        response_id=response_id,
        reason=signal.reason,
        kind=signal.kind,
        level=signal.level,
        code=code,
        raised_at=clock.now(),
    )
    session.add(alert)
    return alert


def _tell_leads(session: Session, level: int) -> None:
    """Write to every safeguarding lead; while nobody works also, and without a word, to whoever is on call."""
    people = accounts.list_holders(session, Role.SAFEGUARDING_LEAD)
    for person in people or accounts.list_holders(session, Role.ADMINISTRATOR):
        outbox.write(session, Letter.ALERT, to=person.email, level=level)
    desk = queries.get_desk_settings(session)
    if desk.on_call_address and not desk.hours.is_open(clock.now()):
        outbox.write(session, Letter.ON_CALL, to=desk.on_call_address)


def read(session: Session, *, comment: Comment, codes: Codes, by: Person, is_second: bool = False) -> Reading:
    """Keep what a person says of a comment; a level above 0 raises an alert.

    Raise ReadAlready when somebody was first, NotUnderstood for level 0 of words that nobody here can read.
    """
    is_made_up = session.get_one(Response, comment.response_id).is_demo
    if codes.level is Level.NONE and not is_made_up and queries.is_untranslated(session, comment.id):
        raise NotUnderstood("Level 0 needs a translation first: untranslated words are never “no concern”.")
    is_wanted = not is_second or queries.wants_second(session, comment.id, person_id=by.id)
    if not is_wanted or queries.find_reading(session, comment.id, is_second=is_second) is not None:
        raise ReadAlready("Somebody else has read this in the meantime.")
    lots = codes.level is Level.NONE and not is_second and secrets.randbelow(SECOND_READING_IN) == 0
    reading = Reading(comment_id=comment.id, is_second=is_second, wants_second=lots)
    _fill(session, reading, codes, by)
    session.add(reading)
    session.execute(delete(Claim).where(Claim.comment_id == comment.id))
    audit.record(session, Action.COMMENT_READ, by=by.actor, comment=comment.id, level=codes.level, is_second=is_second)
    if codes.level is not Level.NONE:
        _alert_of_reader(session, comment.response_id, codes, by)
    _note_first_read(session, comment.response_id)
    return reading


def correct(session: Session, *, reading: Reading, codes: Codes, by: Person) -> None:
    """Put other codes in the place of a reading's; a level that rises raises an alert."""
    rises = codes.level is not Level.NONE and codes.level != reading.level
    response_id = session.get_one(Comment, reading.comment_id).response_id
    _fill(session, reading, codes, by)
    audit.record(session, Action.READING_CORRECTED, by=by.actor, comment=reading.comment_id, level=codes.level)
    if rises:
        _alert_of_reader(session, response_id, codes, by)


def _fill(session: Session, reading: Reading, codes: Codes, by: Person) -> None:
    reading.read_by = by.id
    reading.level, reading.tone = codes.level, codes.tone
    reading.sealed_redacted = keys(session).feedback.seal(codes.redacted)
    reading.may_be_quoted = codes.may_be_quoted
    wanted = dict(list(codes.themes.items())[:MOST_THEMES])
    kept = [theme for theme in reading.themes if theme.theme in wanted]
    for theme in kept:
        theme.tone = wanted.pop(theme.theme)
    reading.themes = [*kept, *(ReadTheme(theme=theme, tone=tone) for theme, tone in wanted.items())]
    session.flush()


def raise_worry(session: Session, *, response_id: str, level: int, note: str, by: Person) -> None:
    """Raise what an advocate saw while they helped somebody to answer, with what they write of it."""
    alert = _raise(session, response_id, Signal(Reason.ADVOCATE, "advocate", level))
    _tell_of(session, alert, AlertState.RAISED, note, by)


def _alert_of_reader(session: Session, response_id: str, codes: Codes, by: Person) -> None:
    """Raise what a reader saw, acknowledged by its reader, with what made them choose the level."""
    alert = _raise(session, response_id, Signal(Reason.READER, "reader", URGENCY[codes.level]), codes.level)
    _tell_of(session, alert, AlertState.ACKNOWLEDGED, codes.note, by)


def _tell_of(session: Session, alert: Alert, state: AlertState, note: str, by: Person) -> None:
    """Keep what a person wrote of an alert they raise, and tell the leads."""
    session.flush()
    _step(session, alert, state, by, note={"note": note})
    if not session.get_one(Response, alert.response_id).is_demo:
        _tell_leads(session, alert.level)


def _note_first_read(session: Session, response_id: str) -> None:
    """Stop the first clock once every comment of a response has been read."""
    item = session.get(DeskItem, response_id)
    if item is None or item.is_read or queries.count_unread(session, response_id):
        return
    item.is_read = True
    if item.received_at is not None and not session.get_one(Response, response_id).is_demo:
        is_flagged = queries.is_flagged(session, response_id)
        name = "first_read_flagged" if is_flagged else "first_read"
        _record(session, "first_read", name, item.received_at, is_flagged=is_flagged)
    forget_moment(session, response_id)


def move_alert(
    session: Session,
    *,
    alert: Alert,
    to: AlertState,
    by: Person,
    reason: str | None = None,
    note: str = "",
    outcome: Mapping[str, str] | None = None,
) -> None:
    """Take an alert one step further. Raise NotAllowed, Missing or NotRead."""
    before, level = AlertState(alert.state), moves.level_of(alert.code, alert.level)
    moves.check(before, to, level=level, reason=reason, outcome=outcome or {})
    if to is AlertState.NO_FURTHER_ACTION and queries.count_unread(session, alert.response_id):
        raise NotRead("Read everything of this answer first.")
    _step(session, alert, to, by, reason=reason, note={"note": note, **(outcome or {})})
    if to in moves.CLOSED:
        _close(session, alert)
    elif before in moves.CLOSED:
        alert.raised_at = clock.now()
    session.flush()


def _step(
    session: Session,
    alert: Alert,
    to: AlertState,
    by: Person,
    *,
    note: Mapping[str, str],
    reason: str | None = None,
) -> None:
    written = {name: text for name, text in note.items() if text.strip()}
    sealed = keys(session).feedback.seal(json.dumps(written, ensure_ascii=False)) if written else None
    before = alert.state or AlertState.RAISED
    move = AlertMove(before=before, after=to, by=by.id, at=clock.now(), reason=reason, sealed_note=sealed)
    alert.moves.append(move)
    alert.state = to
    audit.record(
        session, Action.ALERT_MOVED, by=by.actor, alert=alert.id, before=before, after=str(to), reason=reason or ""
    )


def _close(session: Session, alert: Alert) -> None:
    """Stop an alert's clock, and forget the moment when nothing of its response waits any more."""
    if alert.raised_at is not None and not session.get_one(Response, alert.response_id).is_demo:
        name = f"pass_on_{moves.level_of(alert.code, alert.level)}"
        _record(session, "passed_on", name, alert.raised_at, is_flagged=True)
    alert.raised_at = None
    session.flush()
    forget_moment(session, alert.response_id)


def forget_moment(session: Session, response_id: str) -> None:
    """Cut a response's moment to its quarter once everything is read and every alert closed (practice 3.3).

    The words of a withdrawn response go at the same moment: a cry for help is heard first (practice 3.5).
    """
    if queries.count_unread(session, response_id) or queries.count_open_alerts(session, response_id):
        return
    item = session.get(DeskItem, response_id)
    if item is not None:
        item.received_at = None
    response = session.get_one(Response, response_id)
    if response.is_withdrawn:
        response.comments.clear()


def withdraw(session: Session, *, response: Response) -> None:
    """Take a response back. Words nobody has read, or with an open alert, stay with the desk until that is done."""
    responses.withdraw(session, response)
    audit.record(session, Action.RESPONSE_WITHDRAWN, by=audit.FAMILY, response=response.id, quarter=response.quarter)
    forget_moment(session, response.id)


def _record(session: Session, kind: str, name: str, start: datetime, *, is_flagged: bool) -> None:
    """Keep how long something took, in working minutes and joined to nothing, for the monthly figures."""
    desk, now = queries.get_desk_settings(session), clock.now()
    session.add(
        ClockRecord(
            month=f"{clock.today():%Y-%m}",
            kind=kind,
            minutes=desk.hours.between(start, now),
            is_flagged=is_flagged,
            is_late=desk.deadline(name, start, now).is_past,
        )
    )
