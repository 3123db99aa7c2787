"""What machines ask: is it alive, can it take a response. Light: loads no text engine."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from feedback import db, migrate
from feedback.errors import NotFound
from feedback.questionnaires import queries as questionnaires

blueprint = Blueprint("operations", __name__)

NOT_READY = 503


@blueprint.get("/healthz")
def health() -> Response:
    """Say that the process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def ready() -> Response | tuple[Response, int]:
    """Say whether a response could be taken: tables as they should be, questionnaires published, disk writable."""
    try:
        if not migrate.is_current(db.database()):
            return jsonify(status="the database needs migrating"), NOT_READY
        with db.database().writing() as session:
            session.execute(text("SELECT 1"))
            questionnaires.latest_version_id(session, "child")
    except (SQLAlchemyError, NotFound) as error:
        return jsonify(status=type(error).__name__), NOT_READY
    return jsonify(status="ready")
