"""Asking for help, apart from the feedback: kept sealed, told to the right inbox, removed when it is done."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy.orm import Session

from feedback import clock
from feedback.accounts import queries as accounts
from feedback.accounts.models import Person
from feedback.accounts.permissions import Role
from feedback.audit import operations as audit
from feedback.audit.actions import Action
from feedback.db import keys
from feedback.outbox import operations as outbox
from feedback.outbox.letters import Letter
from feedback.safeguarding import queries
from feedback.safeguarding.models import ClockRecord, HelpKind, HelpRequest
from feedback.settings import queries as settings


def ask(session: Session, *, kind: HelpKind, language: str, details: Mapping[str, str]) -> None:
    """Keep a request sealed, and tell its inbox that there is one."""
    sealed = keys(session).feedback.seal(json.dumps(dict(details), ensure_ascii=False))
    session.add(HelpRequest(kind=kind, language=language, sealed_details=sealed, received_at=clock.now()))
    inbox = settings.get_values(session)["help_inboxes"].get(str(kind), "")
    leads = [person.email for person in accounts.list_holders(session, Role.SAFEGUARDING_LEAD)]
    for address in [inbox] if inbox else leads:
        outbox.write(session, Letter.HELP_REQUEST, to=address, kind=kind)
    audit.record(session, Action.HELP_ASKED, by=audit.FAMILY, kind=str(kind))
    session.flush()


def note_opened(session: Session, *, request: HelpRequest, by: Person) -> None:
    """Leave the line that reading how to reach somebody leaves."""
    audit.record(session, Action.HELP_REQUEST_OPENED, by=by.actor, request=request.id)


def finish(session: Session, *, request: HelpRequest, by: Person) -> None:
    """Remove a request that was answered; what remains is how long it took, joined to nothing."""
    desk, now = queries.get_desk_settings(session), clock.now()
    late = desk.deadline("help_request", request.received_at, now).is_past
    minutes = desk.hours.between(request.received_at, now)
    month = f"{clock.today():%Y-%m}"
    session.add(ClockRecord(month=month, kind="help_request", minutes=minutes, is_flagged=False, is_late=late))
    audit.record(session, Action.HELP_REQUEST_FINISHED, by=by.actor, request=request.id, kind=request.kind)
    session.delete(request)
