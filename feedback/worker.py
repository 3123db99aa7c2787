"""What the queue worker runs: the app's database, and the jobs that sweep up what is due."""

from __future__ import annotations

from huey import crontab

from feedback import create_app, db
from feedback.analysis import operations as analysis
from feedback.queue import open_queue
from feedback.responses import drafts

app = create_app()
huey = open_queue(app.config["SETTINGS"])


@huey.periodic_task(crontab())
def analyse_pending() -> None:
    """Analyse, every minute, whatever has no findings of the current engine."""
    with app.app_context():
        analysis.analyse_pending(db.database())


@huey.periodic_task(crontab(minute="*/5"))
def forget_drafts() -> None:
    """Remove drafts whose time is over."""
    with app.app_context():
        drafts.forget_expired(db.database())
