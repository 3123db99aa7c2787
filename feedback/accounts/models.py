"""Tables of staff, in the shape the sign-in library needs."""

from __future__ import annotations

from datetime import datetime

from flask_security.core import RoleMixin, UserMixin
from sqlalchemy import JSON, Column, ForeignKey, Table, false
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.db import Base, Utc

person_roles = Table(
    "person_roles",
    Base.metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("roles.id"), primary_key=True),
)


class StaffRole(Base, RoleMixin):
    """A role by name; what it may do stands in `permissions.py`, not in the database."""

    __tablename__ = "roles"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Person(Base, UserMixin):
    """A member of staff or an advocate.

    `fs_uniquifier` changes to end every session of theirs; `totp_counter` is the step of the last authenticator code,
    so that none opens twice; `services` limits a manager to those services (empty: all of them).
    """

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str | None]
    password_is_temporary: Mapped[bool] = mapped_column(default=False, server_default=false())
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    totp_counter: Mapped[int | None]
    # The library takes a spent code out of the list in place: only a mutable column notices.
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(JSON))
    services: Mapped[list[str] | None] = mapped_column(JSON)
    is_demo: Mapped[bool] = mapped_column(default=False)

    roles: Mapped[list[StaffRole]] = relationship(  # type: ignore[assignment]
        secondary=person_roles, lazy="selectin"
    )

    @property
    def actor(self) -> str:
        """How the audit log names this person."""
        return f"person:{self.id}"


class SignInAttempt(Base):
    """A refused sign-in, counted per account and per hour; the account is a keyed hash, known or not."""

    __tablename__ = "sign_in_attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_hash: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(Utc, index=True)
