"""Telling the next person what is late: once when a deadline has passed, once more a working day later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import clock
from feedback.accounts import queries as accounts
from feedback.accounts.permissions import Role
from feedback.identity import queries as identity
from feedback.identity.opening_operations import Opening
from feedback.outbox import operations as outbox
from feedback.outbox.letters import Letter
from feedback.responses.models import Response
from feedback.safeguarding import queries
from feedback.safeguarding.clocks import Deadline
from feedback.safeguarding.models import Alert, DeskItem, HelpRequest
from feedback.safeguarding.moves import CLOSED
from feedback.safeguarding.queries import DeskSettings

MOST_TIMES = 2


class Step(StrEnum):
    """What is late."""

    FIRST_READING = "first_reading"
    PASSING_ON = "passing_on"
    HELP = "help"
    OPENING = "opening_of_a_sealed_link"


def tell_late(session: Session) -> int:
    """Write to the next person about everything that has become late since the last time; return how many that is.

    First the safeguarding leads; a working day later whoever the council names in `escalate_to`, or an administrator.
    Of openings whose second person is late the second approvers and the auditors hear first: who asks is a lead.
    """
    desk = queries.get_desk_settings(session)
    every: dict[Step, Sequence[DeskItem | Alert | HelpRequest | Opening]] = {
        Step.FIRST_READING: _late_items(session, desk),
        Step.PASSING_ON: _late_alerts(session, desk),
        Step.HELP: _late_requests(session, desk),
        Step.OPENING: _late_openings(session, desk),
    }
    for step, late in every.items():
        for times in range(MOST_TIMES):
            number = sum(each.times_escalated == times for each in late)
            for address in _recipients(session, desk, step, times) if number else ():
                outbox.write(session, Letter.LATE, to=address, number=number, step=step)
        for each in late:
            each.times_escalated += 1
    session.flush()
    return sum(len(late) for late in every.values())


def _late_items(session: Session, desk: DeskSettings) -> list[DeskItem]:
    waiting = session.scalars(
        select(DeskItem)
        .join(Response, Response.id == DeskItem.response_id)
        .where(~DeskItem.is_read, DeskItem.received_at.is_not(None), DeskItem.times_escalated < MOST_TIMES)
        .where(~Response.is_demo)
    )
    return [
        item
        for item in waiting
        if _is_due(desk, queries.find_first_read(session, item.response_id), item.times_escalated)
    ]


def _late_alerts(session: Session, desk: DeskSettings) -> list[Alert]:
    still_open = session.scalars(
        select(Alert)
        .join(Response, Response.id == Alert.response_id)
        .where(Alert.state.not_in(CLOSED), Alert.times_escalated < MOST_TIMES, ~Response.is_demo)
    )
    now = clock.now()
    return [a for a in still_open if _is_due(desk, queries.alert_deadline(desk, a, now), a.times_escalated)]


def _late_requests(session: Session, desk: DeskSettings) -> list[HelpRequest]:
    waiting = queries.list_help_requests(session)
    return [
        request
        for request, deadline in waiting
        if request.times_escalated < MOST_TIMES and _is_due(desk, deadline, request.times_escalated)
    ]


def _late_openings(session: Session, desk: DeskSettings) -> list[Opening]:
    now = clock.now()
    return [
        opening
        for opening in identity.list_undecided(session)
        if opening.times_escalated < MOST_TIMES
        and _is_due(desk, queries.opening_deadline(desk, opening, now), opening.times_escalated)
    ]


def _is_due(desk: DeskSettings, deadline: Deadline | None, times: int) -> bool:
    """Whether it is time to tell somebody: after the deadline, and again a working day after that."""
    if deadline is None or not deadline.is_past:
        return False
    return times == 0 or clock.now() > desk.hours.after(deadline.due, desk.hours.day_minutes)


def _recipients(session: Session, desk: DeskSettings, step: Step, times: int) -> Iterable[str]:
    roles = (Role.SECOND_APPROVER, Role.AUDITOR) if step is Step.OPENING else (Role.SAFEGUARDING_LEAD,)
    # Somebody who holds both roles hears once.
    first = list(dict.fromkeys(person.email for role in roles for person in accounts.list_holders(session, role)))
    if times == 0 and first:
        return first
    if desk.escalate_to:
        return [desk.escalate_to]
    return [person.email for person in accounts.list_holders(session, Role.ADMINISTRATOR)] or first
