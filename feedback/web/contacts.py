"""Whom to turn to, with names in the reader's language; the numbers are the council's data."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from feedback import db
from feedback.settings import queries as settings
from feedback.settings.models import HelpContact

URGENT = ("emergency", "childline", "council_day", "council_night")

NAMES: dict[str, LazyString] = {
    "emergency": _("Police or ambulance, if someone is in danger now"),
    "childline": _("Childline, for anyone under 19"),
    "council_day": _("Bromley children's services, Monday to Friday in the daytime"),
    "council_night": _("Bromley children's services, at night, at weekends and on holidays"),
    "shout": _("Shout: send a text message to talk to someone"),
    "samaritans": _("Samaritans, when things are too much"),
    "domestic_abuse": _("National Domestic Abuse Helpline"),
    "nspcc": _("NSPCC, for adults who are worried about a child"),
}
NOTES: dict[str, LazyString] = {
    "emergency": _("Free, day and night."),
    "childline": _("Free, day and night. It does not show on most phone bills."),
    "shout": _("Free, day and night."),
    "samaritans": _("Free, day and night."),
    "domestic_abuse": _("Free, day and night."),
}
BY_MESSAGE = frozenset({"shout"})


def shown() -> list[dict[str, Any]]:
    """Return every contact the council shows, in its order."""
    return [_contact(contact) for contact in settings.list_help_contacts(db.session())]


def numbers() -> dict[str, str]:
    """Return the numbers by code, for sentences that name one. Hidden ones count: a sentence must not have a hole."""
    return settings.map_help_numbers(db.session())


def urgent() -> list[dict[str, Any]]:
    """Return the few that count when somebody is not safe now."""
    return [contact for contact in shown() if contact["code"] in URGENT]


def _contact(contact: HelpContact) -> dict[str, Any]:
    return {
        "code": contact.code,
        "name": NAMES.get(contact.code, contact.code),
        "number": contact.number,
        "note": NOTES.get(contact.code),
        "text": contact.code in BY_MESSAGE,
    }
