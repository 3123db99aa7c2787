"""What the queue worker runs: the app's database, and the jobs that sweep up what is due."""

from __future__ import annotations

import threading
import time

import structlog
from huey import crontab

from feedback import create_app, db
from feedback.accounts import operations as accounts
from feedback.analysis import operations as analysis
from feedback.analysis import theme_operations as learning
from feedback.audit import operations as audit
from feedback.identity import operations as identity
from feedback.improvements import reminder_operations as reminders
from feedback.outbox import delivery
from feedback.queue import open_queue
from feedback.reports import participation, releases, years
from feedback.responses import drafts
from feedback.safeguarding import late_operations as late
from feedback.subscriptions import operations as subscriptions

OUTBOX_SECONDS = 2.0
"""How often the outbox is looked at: an alert's message leaves within seconds of the fact it tells."""

log = structlog.get_logger()
app = create_app()
huey = open_queue(app.config["SETTINGS"])
_releasing = threading.Lock()


@huey.periodic_task(crontab())
def analyse_pending() -> None:
    """Analyse, every minute, whatever has no findings of the current engine."""
    with app.app_context():
        analysis.analyse_pending(db.database())


@huey.on_startup()
def give_up_learning() -> None:
    """Give up, at the start, what a worker that has ended was learning: nobody would ever finish it."""
    with app.app_context(), db.database().transaction() as session:
        learning.give_up(session)


@huey.periodic_task(crontab())
def learn_themes() -> None:
    """Learn, within a minute, what an administrator asked for; in its own thread, so that no alert waits for it."""
    threading.Thread(target=_learn_asked, name="learning", daemon=True).start()


def _learn_asked() -> None:
    with app.app_context():
        learning.learn_asked(db.database())


@huey.periodic_task(crontab())
def release_due() -> None:
    """Compute, every minute, the figures that are due, oldest quarter first, so that no manager waits for them."""
    if not _releasing.acquire(blocking=False):
        return
    try:
        with app.app_context():
            with db.database().reading() as session:
                quarters = releases.list_quarters(session)
                settled = years.list_years(session)
            for quarter in reversed(quarters):
                releases.current(db.database(), quarter)
                participation.current(db.database(), quarter)
            for year in settled:
                years.current(db.database(), year)
    finally:
        _releasing.release()


@huey.on_startup()
def release_at_once() -> None:
    """Begin with what is due before the first minute is over: whoever has just started the service looks at it soon."""
    threading.Thread(target=release_due.call_local, name="releases", daemon=True).start()


@huey.periodic_task(crontab(minute="*/5"))
def forget_drafts() -> None:
    """Remove drafts whose time is over."""
    with app.app_context():
        drafts.forget_expired(db.database())


@huey.periodic_task(crontab())
def tell_late() -> None:
    """Tell the next person, every minute, what has become late."""
    with app.app_context(), db.database().transaction() as session:
        late.tell_late(session)


@huey.periodic_task(crontab(minute="17", hour="7-18"))
def write_by_the_calendar() -> None:
    """Remind the owners of actions, and tell subscribers of new figures; a letter at night helps nobody."""
    with app.app_context(), db.database().transaction() as session:
        reminders.remind(session)
        subscriptions.announce(session)


@huey.periodic_task(crontab(minute="7"))
def forget_refusals() -> None:
    """Remove refused sign-ins that no longer count."""
    with app.app_context(), db.database().transaction() as session:
        accounts.forget_old_refusals(session)


@huey.periodic_task(crontab(minute="23", hour="3"))
def forget_links() -> None:
    """Remove, every night, the sealed links whose event is 90 days gone."""
    with app.app_context(), db.database().transaction() as session:
        identity.forget_links(session)


@huey.periodic_task(crontab(minute="41", hour="3"))
def purge_audit() -> None:
    """Remove, every night, the lines of the audit log that have been kept long enough."""
    with app.app_context(), db.database().transaction() as session:
        try:
            audit.purge_old(session)
        except audit.Tampered as error:
            log.critical("audit_log_was_touched", where=str(error))


@huey.on_startup()
def keep_sending() -> None:
    """Start looking after the outbox: the schedule above knows minutes only, and an alert should not wait for one."""
    threading.Thread(target=_send_for_ever, name="outbox", daemon=True).start()


def _send_for_ever() -> None:
    settings = app.config["SETTINGS"]
    while True:
        try:
            with app.app_context():
                delivery.send_due(db.database(), mail_url=settings.mail_url, public_url=settings.public_url)
        except Exception as error:
            log.exception("outbox_failed", error=type(error).__name__)
        time.sleep(OUTBOX_SECONDS)
