"""Reading what a council has set."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import i18n
from feedback.errors import NotFound
from feedback.settings.models import EventType, HelpContact, Service, Setting


def get_values(session: Session) -> dict[str, Any]:
    """Return every single value by name."""
    return {setting.name: setting.value for setting in session.scalars(select(Setting))}


def list_languages(session: Session, always: Collection[str]) -> list[str]:
    """Return the codes of the languages offered, in order: those `always` offered, and those that are named here."""
    named = get_values(session)["languages_offered"]
    return [code for code in i18n.available() if code in always or code in named]


def list_help_contacts(session: Session) -> list[HelpContact]:
    """Return whom to turn to, in the order shown."""
    return list(
        session.scalars(select(HelpContact).where(HelpContact.is_shown).order_by(HelpContact.place, HelpContact.code))
    )


def map_help_numbers(session: Session) -> dict[str, str]:
    """Return every number by its contact's code, those not shown in lists too: a sentence that names one needs it."""
    return {contact.code: contact.number for contact in session.scalars(select(HelpContact))}


def list_event_types(session: Session) -> list[EventType]:
    """Return the kinds of event in use, in the order shown."""
    return list(
        session.scalars(select(EventType).where(EventType.is_offered).order_by(EventType.place, EventType.code))
    )


def get_event_type(session: Session, code: str) -> EventType:
    """Return a kind of event. Raise NotFound for an unknown code."""
    event_type = session.get(EventType, code)
    if event_type is None:
        raise NotFound(f"There is no event type {code!r}.")
    return event_type


def get_service(session: Session, code: str) -> Service:
    """Return a service. Raise NotFound for an unknown code."""
    service = session.get(Service, code)
    if service is None:
        raise NotFound(f"There is no service {code!r}.")
    return service


def list_services(session: Session) -> list[Service]:
    """Return the services in use, by name."""
    return list(session.scalars(select(Service).where(Service.is_offered).order_by(Service.name, Service.code)))
