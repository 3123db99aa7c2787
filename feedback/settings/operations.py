"""Changing what a council has set."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from feedback.audit import operations as audit
from feedback.audit.actions import Action
from feedback.errors import NotFound
from feedback.settings.models import EventType, HelpContact, Service, Setting

DEFAULTS = Path(__file__).with_name("defaults.toml")


def add_missing_defaults(session: Session) -> None:
    """Add every default that is not there yet; what a council has changed stays as it is."""
    raw = tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))
    rows: list[Setting | Service | EventType | HelpContact] = [
        *(Setting(name=name, value=value) for name, value in raw["values"].items()),
        *(Service(**item) for item in raw["services"]),
        *(EventType(**item, place=place) for place, item in enumerate(raw["event_types"])),
        *(HelpContact(**item, place=place) for place, item in enumerate(raw["help_contacts"])),
    ]
    for row in rows:
        key = row.name if isinstance(row, Setting) else row.code
        if session.get(type(row), key) is None:
            session.add(row)
    session.flush()


def change(session: Session, *, name: str, value: Any, by: str) -> None:
    """Give a setting another value; the audit log says which, not what it was. Raise NotFound for an unknown name."""
    setting = session.get(Setting, name)
    if setting is None:
        raise NotFound(f"There is no setting {name!r}.")
    if setting.value != value:
        setting.value = value
        audit.record(session, Action.SETTING_CHANGED, by=by, name=name)
