"""Learning themes from readers' corrections, and choosing which version judges what comes in.

A version that is not worse than the one in use replaces it; every other step back or forth is a person's. Versions hold
weights of hashed pieces of words that stand in at least ten responses, learnt from redacted words only. A response that
is withdrawn or purged afterwards teaches no later version; those that learnt from it may hold such weights, and that is
all they hold of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from sqlalchemy import text
from sqlalchemy.orm import Session

from feedback import clock
from feedback.accounts.models import Person
from feedback.analysis import theme_queries as queries
from feedback.analysis.models import ModelState, ThemeModel
from feedback.audit import operations as audit
from feedback.audit.actions import Action
from feedback.db import Database
from feedback.errors import FeedbackError
from feedback.text import corrections
from feedback.text.analyse import ENGINE
from feedback.text.training import UnusableLabels

SHIPPED_MODEL = "shipped"
"""What the audit log calls the model that the engine comes with."""
_LOCK = 7_012_014

log = structlog.get_logger()


class AskedAlready(FeedbackError):
    """A version is being learnt, so another cannot be asked for."""


class NotUsable(FeedbackError):
    """A version cannot be taken into use: it was refused, is unfinished, or another engine learnt it."""


def ask(session: Session, *, by: Person | None = None) -> ThemeModel:
    """Ask for a new version, which the worker learns. Raise AskedAlready, or UnusableLabels with what is missing."""
    _one_at_a_time(session)
    if queries.find_unfinished(session) is not None:
        raise AskedAlready("A version is being learnt already.")
    corrections.check_enough(*queries.count_corrections(session))
    version = ThemeModel(state=ModelState.ASKED, made_on=clock.today(), made_by=by.id if by else None, engine=ENGINE)
    session.add(version)
    session.flush()
    audit.record(session, Action.LEARNING_ASKED, by=by.actor if by else audit.SYSTEM, version=version.number)
    return version


def learn_asked(database: Database) -> None:
    """Learn the version that is asked for, if one is. Called by the worker."""
    with database.transaction() as session:
        number = _begin(session)
    if number is not None:
        _learn(database, number)


def learn_now(database: Database) -> ThemeModel:
    """Learn a version at once and return it. Raise as `ask` does."""
    with database.transaction() as session:
        version = ask(session)
        version.state = ModelState.LEARNING
    _learn(database, version.number)
    with database.reading() as session:
        return queries.get_model(session, version.number)


def give_up(session: Session) -> None:
    """Call a version refused that a worker began and, having ended, cannot finish. Called when a worker starts."""
    version = queries.find_unfinished(session)
    if version is not None and version.state == ModelState.LEARNING:
        _finish(session, version.number, ModelState.REFUSED, {})


def use(session: Session, *, number: int, by: Person) -> None:
    """Take a kept version into use again. Raise NotFound or NotUsable."""
    _one_at_a_time(session)
    version = queries.get_model(session, number)
    if version.state != ModelState.KEPT or version.engine != ENGINE:
        raise NotUsable(f"Version {number} cannot be taken into use.")
    _replace(session, version)
    audit.record(session, Action.THEME_MODEL_CHOSEN, by=by.actor, version=number)


def use_shipped(session: Session, *, by: Person) -> None:
    """Put the active version aside, so that the model which the engine comes with is used."""
    _one_at_a_time(session)
    if queries.find_active(session) is not None:
        _replace(session, None)
        audit.record(session, Action.THEME_MODEL_CHOSEN, by=by.actor, version=SHIPPED_MODEL)


def _begin(session: Session) -> int | None:
    """Mark the version that is asked for as being learnt, so that one worker does it, once."""
    _one_at_a_time(session)
    version = queries.find_unfinished(session)
    if version is None or version.state != ModelState.ASKED:
        return None
    version.state = ModelState.LEARNING
    session.flush()
    return version.number


def _learn(database: Database, number: int) -> None:
    """Learn and judge a version while nothing is locked, then keep what came of it."""
    with database.reading() as session:
        in_use, examples = queries.get_in_use(session), queries.list_corrections(session)
    state, found = ModelState.REFUSED, {}
    try:
        learnt = corrections.learn(examples, in_use.model)
    except UnusableLabels:
        log.info("learning_has_too_little", version=number)
    except Exception as error:
        log.exception("learning_failed", version=number, error=type(error).__name__)
    else:
        state = ModelState.REFUSED if learnt.is_worse else ModelState.ACTIVE
        found = _columns(learnt, in_use.number)
    with database.transaction() as session:
        _finish(session, number, state, found)


def _columns(learnt: corrections.Learnt, beside: int | None) -> dict[str, Any]:
    """Return what is kept of a version: its figures and, unless it was worse, its weights."""
    weights, header = (None, None) if learnt.is_worse else learnt.model.dump()
    return {
        "learnt_from": learnt.learnt_from,
        "judged_on": learnt.judged_on,
        "micro": learnt.score.micro,
        "macro": learnt.score.macro,
        "beside": beside,
        "micro_beside": learnt.beside.micro,
        "macro_beside": learnt.beside.macro,
        "weights": weights,
        "header": header,
    }


def _finish(session: Session, number: int, state: ModelState, found: Mapping[str, Any]) -> None:
    """Keep what came of a version, unless it was given up meanwhile.

    One that was judged beside a model no longer in use waits for a person: it was compared with another.
    """
    _one_at_a_time(session)
    version = queries.get_model(session, number)
    if version.state != ModelState.LEARNING:
        return
    for name, value in found.items():
        setattr(version, name, value)
    in_use = queries.find_in_use(session)
    if state is ModelState.ACTIVE and version.beside != (in_use.number if in_use else None):
        state = ModelState.KEPT
    if state is ModelState.ACTIVE:
        _replace(session, version)
    else:
        version.state = state
        session.flush()
    audit.record(session, Action.THEMES_LEARNT, by=audit.SYSTEM, version=number, state=str(state))


def _replace(session: Session, version: ThemeModel | None) -> None:
    """Put the active version aside, in two steps because there is never more than one, and take another into use."""
    active = queries.find_active(session)
    if active is not None:
        active.state = ModelState.KEPT
        session.flush()
    if version is not None:
        version.state = ModelState.ACTIVE
        session.flush()


def _one_at_a_time(session: Session) -> None:
    """Let one process at a time change which versions there are: on PostgreSQL by a lock, as SQLite does anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
