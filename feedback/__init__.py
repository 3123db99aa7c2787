"""Voices of children, young people and parents, from the form to the change they lead to.

`create_app` is wiring only: each part brings its own `init` or `register`.
"""

from __future__ import annotations

from flask import Flask

from feedback import cli, db, i18n, logs, schema, web
from feedback.accounts import datastore
from feedback.config import Config
from feedback.paths import TEMPLATES

__all__ = ["create_app", "schema"]


def create_app(config: Config | None = None) -> Flask:
    """Make the application. Raise ConfigurationError when a setting is missing or malformed."""
    app = Flask(__name__, template_folder=str(TEMPLATES), static_folder=None)
    settings = config or Config.from_env()
    app.config["SETTINGS"] = settings
    app.secret_key = settings.secret_key
    logs.init()
    i18n.init(app)
    datastore.init(app)
    web.register(app)
    db.init(app)
    cli.register(app)
    return app
