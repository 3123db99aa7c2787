"""Tables of what a council changes: single values, services, event types, where to get help."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from feedback.db import Base


class Setting(Base):
    """One value by name; the names in use are those of `defaults.toml`."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class Service(Base):
    """A service or programme that families meet, such as TAPSS."""

    __tablename__ = "services"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    is_offered: Mapped[bool] = mapped_column(default=True)


class EventType(Base):
    """A kind of event. `family` is meeting, assessment or help; `timing` is first or later."""

    __tablename__ = "event_types"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    family: Mapped[str]
    timing: Mapped[str]
    place: Mapped[int]
    is_offered: Mapped[bool] = mapped_column(default=True)


class HelpContact(Base):
    """Somebody to turn to. `code` picks the translated words beside the number; `checked_on` is when it was rung."""

    __tablename__ = "help_contacts"

    code: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str]
    place: Mapped[int]
    checked_on: Mapped[date | None]
    is_shown: Mapped[bool] = mapped_column(default=True)
