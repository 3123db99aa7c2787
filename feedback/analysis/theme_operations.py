"""Learning themes from readers' corrections, and choosing which version judges what comes in.

A version that is not worse than the one in use replaces it; every other step back or forth is a person's. Versions hold
weights of hashed pieces of words that stand in at least ten responses, learnt from redacted words only. A response that
is withdrawn or purged afterwards teaches no later version; those that learnt from it may hold such weights, and that is
all they hold of it.
"""

from __future__ import annotations

import structlog
from sqlalchemy import text
from sqlalchemy.orm import Session

from feedback import clock
from feedback.accounts.models import Person
from feedback.analysis import theme_queries as queries
from feedback.analysis.models import ModelState, ThemeModel, ThemeWeights
from feedback.audit import operations as audit
from feedback.audit.actions import Action
from feedback.db import Database
from feedback.errors import FeedbackError
from feedback.text import corrections
from feedback.text.analyse import ENGINE
from feedback.text.corrections import Learnt, Weights
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
    corrections.check_enough(queries.count_corrections(session))
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
        _finish(session, version.number, None, None)


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
    learnt, beside = None, None
    try:
        with database.reading() as session:
            in_use, rows = queries.find_in_use(session), queries.list_corrections(session)
            beside = in_use.number if in_use else None
            weights = queries.open_weights(session, in_use.number) if in_use else None
        learnt = corrections.learn(rows, weights)
    except UnusableLabels:
        log.info("learning_has_too_little", version=number)
    except Exception as error:
        log.exception("learning_failed", version=number, error=type(error).__name__)
    with database.transaction() as session:
        _finish(session, number, learnt, beside)


def _finish(session: Session, number: int, learnt: Learnt | None, beside: int | None) -> None:
    """Keep what came of a version, unless it was given up meanwhile; take it into use unless it is worse.

    One that was judged beside a model no longer in use waits for a person: it was compared with another.
    """
    _one_at_a_time(session)
    version = queries.get_model(session, number)
    if version.state != ModelState.LEARNING:
        return
    state = ModelState.REFUSED if learnt is None or learnt.is_worse else ModelState.KEPT
    if learnt is not None:
        _note_figures(version, learnt, beside)
    if learnt is not None and state is ModelState.KEPT:
        _keep_weights(session, number, learnt.weights)
        in_use = queries.find_in_use(session)
        state = ModelState.ACTIVE if beside == (in_use.number if in_use else None) else ModelState.KEPT
    if state is ModelState.ACTIVE:
        _replace(session, version)
    else:
        version.state = state
        session.flush()
    audit.record(session, Action.THEMES_LEARNT, by=audit.SYSTEM, version=number, state=str(state))


def _note_figures(version: ThemeModel, learnt: Learnt, beside: int | None) -> None:
    """Note what a version learnt from and how it was judged."""
    version.comments, version.beside = learnt.comments, beside
    version.micro, version.macro = learnt.score.micro, learnt.score.macro
    version.micro_beside, version.macro_beside = learnt.beside.micro, learnt.beside.macro


def _keep_weights(session: Session, number: int, weights: Weights) -> None:
    """Keep a version's weights; its state says whether they are used."""
    for part, model in enumerate([*weights.without, weights.all]):
        packed, header = model.dump()
        session.add(ThemeWeights(number=number, part=part, weights=packed, header=header))
    session.flush()


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
