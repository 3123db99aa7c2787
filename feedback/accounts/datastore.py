"""The sign-in library's adapter: its store is our session, its commit a flush, its second factor remembers its codes.

The library brings sessions that can be ended, authenticator codes and recovery codes. Its pages, tokens and mails are
not used: our own pages speak our components, and a public page must never look for a member of staff.
"""

from __future__ import annotations

import hashlib
from typing import Any, cast

import segno
from flask import Flask, current_app, session
from flask_security import Security, SQLAlchemySessionUserDatastore, Totp, UserMixin, login_user, logout_user
from markupsafe import Markup
from passlib.totp import TOTP, AppWallet, TotpMatch
from sqlalchemy.orm import scoped_session

from feedback import db
from feedback.accounts.models import Person, StaffRole
from feedback.config import Config

ISSUER = "Your views"
METHOD = "authenticator"
CLOCK_SKEW = 30
"""Seconds that a phone's clock may be wrong either way (RFC 6238, 5.2: one step)."""


class Datastore(SQLAlchemySessionUserDatastore):
    """The library's store over the request's session; only `db.py` commits."""

    def __init__(self) -> None:
        super().__init__(cast("scoped_session[Any]", _CurrentSession()), Person, StaffRole)

    def commit(self) -> None:
        """Flush: the request's one commit comes at its edge."""
        db.session().flush()


class _CurrentSession:
    """Passes everything on to the request's session."""

    def __getattr__(self, name: str) -> Any:
        return getattr(db.session(), name)


class SecondFactor(Totp):
    """Authenticator codes, encrypted under keys that can be rotated; each code opens once."""

    def __init__(self, secrets: dict[str, str], issuer: str) -> None:
        self._totp = TOTP.using(issuer=issuer, wallet=AppWallet(secrets, default_tag=next(iter(secrets))))

    def renewed(self, secret: str) -> str:
        """Return a secret encrypted under the newest key."""
        return cast("str", self._totp.from_source(secret).to_json(encrypt=True))

    def get_last_counter(self, user: UserMixin) -> int | None:
        """Return the step of the last code used."""
        return cast("Person", user).totp_counter

    def set_last_counter(self, user: UserMixin, tmatch: TotpMatch) -> None:
        """Remember the step of the code just used."""
        cast("Person", user).totp_counter = tmatch.counter


def init(app: Flask) -> None:
    """Give the app the library, without its pages and without its look at every request."""
    config: Config = app.config["SETTINGS"]
    app.config.update(
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106 - the name of a method
        SECURITY_PASSWORD_SINGLE_HASH={"argon2"},
        SECURITY_TWO_FACTOR=True,
        SECURITY_TWO_FACTOR_ENABLED_METHODS=[METHOD],
        SECURITY_TOTP_ISSUER=ISSUER,
        SECURITY_TOTP_SECRETS=_secrets(config),
        SECURITY_MULTI_FACTOR_RECOVERY_CODES=True,
        SECURITY_MULTI_FACTOR_RECOVERY_CODES_N=8,
        SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS=list(config.feedback_keys),
        SECURITY_CLI_USERS_NAME=False,
        SECURITY_CLI_ROLES_NAME=False,
    )
    security = Security(app, Datastore(), register_blueprint=False, totp_cls=SecondFactor)
    app.before_request_funcs[None].remove(security.principal._on_before_request)  # noqa: SLF001 - no other way out
    security.login_manager.request_loader(_nobody_by_token)


def _nobody_by_token(_request: object) -> None:
    """Accept no token in place of a sign-in."""


def _secrets(config: Config) -> dict[str, str]:
    """Return the keys for authenticator secrets by tag, newest first, made from FEEDBACK_KEYS."""
    made = {}
    for key in config.feedback_keys:
        tag = hashlib.sha256(key.encode()).hexdigest()[:8]
        made[tag] = hashlib.sha256(b"second factor\0" + key.encode()).hexdigest()
    return made


def start_session(person: Person) -> None:
    """Sign a person in, in a session that holds nothing of before."""
    session.clear()
    login_user(person)


def end_session() -> None:
    """Sign out and forget everything the cookie holds."""
    logout_user()
    session.clear()


def new_secret() -> str:
    """Make an authenticator secret, encrypted."""
    return cast("str", _security().totp_factory.generate_totp_secret())


def renewed(secret: str) -> str:
    """Return an authenticator secret encrypted under the newest key."""
    return cast("str", _security().totp_factory.renewed(secret))


def drawing(person: Person, secret: str) -> tuple[Markup, str]:
    """Return a secret as a QR drawing to scan and as a key to type."""
    factory = _security().totp_factory
    code = segno.make(factory.get_totp_uri(person.email, secret))
    svg = Markup(code.svg_inline(scale=5, border=2, svgclass="qr", omitsize=False))  # noqa: S704 - drawn by us
    return svg, factory.get_totp_pretty_key(secret)


def fits(person: Person, code: str, secret: str) -> bool:
    """Whether a code from an authenticator fits a secret; each code fits once."""
    digits = "".join(character for character in code if character.isdigit())
    return bool(digits) and bool(_security().totp_factory.verify_totp(digits, secret, person, window=CLOCK_SKEW))


def set_second_factor(person: Person, secret: str) -> None:
    """Keep a person's authenticator."""
    _security().datastore.tf_set(person, METHOD, totp_secret=secret)


def new_recovery_codes(person: Person) -> list[str]:
    """Give a person new recovery codes in place of the old ones; they are readable this once."""
    return cast("list[str]", _security().mf_recovery_codes_util.create_recovery_codes(person))


def spend_recovery_code(person: Person, code: str) -> bool:
    """Use up a recovery code; return whether it was one."""
    util = _security().mf_recovery_codes_util
    typed = code.strip().lower()
    if not util.check_recovery_code(person, typed):
        return False
    util.delete_recovery_code(person, typed)
    return True


def _security() -> Any:
    return current_app.extensions["security"]
