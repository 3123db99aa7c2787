"""What must be true before the first page is served: tables, settings, questionnaires, demonstration data."""

from __future__ import annotations

import structlog
from sqlalchemy.orm import Session

from feedback import db, demonstration, i18n, migrate
from feedback.audit.operations import SYSTEM
from feedback.config import Config
from feedback.identity import role
from feedback.questionnaires import operations as questionnaires
from feedback.questionnaires.definition import built_in
from feedback.questionnaires.models import QuestionnaireVersion
from feedback.settings import operations as settings

log = structlog.get_logger()


def prepare(config: Config) -> None:
    """Bring an installation up to date; safe to run at every start."""
    config.instance.mkdir(parents=True, exist_ok=True)
    database = db.database()
    if not migrate.is_current(database):
        migrate.upgrade(config.database_url)
    with database.transaction() as session:
        settings.add_missing_defaults(session)
        publish_built_in(session)
        if not role.set_apart(session):
            weaker = "only keys and code keep events apart from answers; see the README on the role"
            log.warning("link_store_not_apart", role=role.ROLE, weaker=weaker)
    if config.demo:
        demonstration.fill_if_empty(database)


def publish_built_in(session: Session) -> list[QuestionnaireVersion]:
    """Publish the questionnaires that come with the service, in every language with a catalogue."""
    return [
        questionnaires.publish(
            session, definition=definition, languages=i18n.available(), translate=i18n.translate, by=SYSTEM
        )
        for definition in built_in()
    ]


def welcome(config: Config, address: str) -> str:
    """Return what a newcomer reads when the service has started."""
    lines = [f"The service answers at {address}/", f"Staff sign in at {address}/staff/"]
    if config.demo:
        lines += ["Demonstration sign-ins (made up, all with the same password):", *demonstration.sign_ins()]
    return "\n".join(lines)
