"""Reminding owners of their actions: two weeks before the day, and once the day has passed."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from feedback import clock
from feedback.audit import operations as audit
from feedback.audit.actions import Action as Audited
from feedback.improvements import queries
from feedback.improvements.models import Action, Reminder, Step
from feedback.outbox import operations as outbox
from feedback.outbox.letters import Letter

EARLY = timedelta(days=14)
LETTERS = {Step.SOON: Letter.ACTION_SOON, Step.OVERDUE: Letter.ACTION_OVERDUE}


def remind(session: Session) -> int:
    """Write to the owners of actions that are due soon or overdue, once a step and day; return how many letters.

    An owner without an e-mail address gets none, and made-up actions remind nobody.
    """
    number = 0
    for action in queries.list_open(session, due_until=clock.today() + EARLY):
        step = Step.OVERDUE if action.is_overdue else Step.SOON
        if "@" in action.owner_person and not action.is_demo and not _is_reminded(action, step):
            outbox.write(session, LETTERS[step], to=action.owner_person, action=action.id, number=action.number)
            action.reminders.append(Reminder(step=step, due_on=action.due_on, written_on=clock.today()))
            audit.record(session, Audited.OWNER_REMINDED, by=audit.SYSTEM, improvement=action.id, step=str(step))
            number += 1
    session.flush()
    return number


def _is_reminded(action: Action, step: Step) -> bool:
    return any(each.step == step and each.due_on == action.due_on for each in action.reminders)
