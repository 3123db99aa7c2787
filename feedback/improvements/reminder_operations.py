"""Reminding owners of their actions: two weeks before the day, and once the day has passed."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from feedback import clock
from feedback.accounts import queries as accounts
from feedback.accounts.permissions import Role
from feedback.audit import operations as audit
from feedback.audit.actions import Action as Audited
from feedback.improvements import queries
from feedback.improvements.models import Action, Reminder, Step
from feedback.outbox import operations as outbox
from feedback.outbox.letters import Letter

EARLY = timedelta(days=14)
LETTERS = {Step.SOON: Letter.ACTION_SOON, Step.OVERDUE: Letter.ACTION_OVERDUE}
DEPUTIES = (Role.MANAGER, Role.ADMINISTRATOR)
"""Who hears in place of an owner whose account is closed: who can name another owner, else who can add such people."""


def remind(session: Session) -> int:
    """Write to the owners of actions that are due soon or overdue, once a step and day; return how many letters.

    An owner without an e-mail address gets none, and made-up actions remind nobody. Of an owner whose account is closed
    the managers hear, so that somebody else is named.
    """
    number = 0
    for action in queries.list_open(session, due_until=clock.today() + EARLY):
        step = Step.OVERDUE if action.is_overdue else Step.SOON
        if "@" in action.owner_person and not action.is_demo and not _is_reminded(action, step):
            number += _write(session, action, step)
    session.flush()
    return number


def _write(session: Session, action: Action, step: Step) -> int:
    """Write to the owner, or to whoever stands in for them, and note it; return how many letters that took."""
    owner = accounts.find_person(session, action.owner_person)
    if owner is None or owner.active:
        recipients, letter = [action.owner_person], LETTERS[step]
    else:
        recipients, letter = _deputies(session), Letter.ACTION_WITHOUT_OWNER
    for address in recipients:
        outbox.write(session, letter, to=address, action=action.id, number=action.number)
    if recipients:
        action.reminders.append(Reminder(step=step, due_on=action.due_on, written_on=clock.today()))
        audit.record(session, Audited.OWNER_REMINDED, by=audit.SYSTEM, improvement=action.id, step=str(step))
    return len(recipients)


def _deputies(session: Session) -> list[str]:
    """Return the addresses of the first role that anybody holds who sees the whole council and is not made up."""
    for role in DEPUTIES:
        held = [each.email for each in accounts.list_holders(session, role) if not each.services and not each.is_demo]
        if held:
            return held
    return []


def _is_reminded(action: Action, step: Step) -> bool:
    return any(each.step == step and each.due_on == action.due_on for each in action.reminders)
