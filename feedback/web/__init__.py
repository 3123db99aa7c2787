"""The pages, by audience: public, advocate, staff. They never import one another."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from feedback.config import Config
from feedback.web import compression, errors, headers, operations_pages, static_files
from feedback.web.public import blueprint as public
from feedback.web.staff import blueprint as staff

LARGEST = 2**31 - 1
"""The largest row number of PostgreSQL's `integer`."""


class RowNumber(IntegerConverter):
    """A number in an address; one that no row can have leads nowhere, instead of to a database that refuses it."""

    def __init__(self, map: Map, *args: Any, **limits: Any) -> None:  # noqa: A002 - as werkzeug calls it
        super().__init__(map, *args, **({"max": LARGEST} | limits))


def register(app: Flask) -> None:
    """Give the app every page, and what every page needs."""
    app.url_map.converters["int"] = RowNumber
    config: Config = app.config["SETTINGS"]
    app.config.update(
        MAX_CONTENT_LENGTH=256 * 1024,
        MAX_FORM_MEMORY_SIZE=256 * 1024,
        SESSION_COOKIE_NAME="feedback",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.is_secure,
        WTF_CSRF_TIME_LIMIT=None,
    )
    if config.proxies:
        # Else everybody behind the proxy would share one address, and one limit of tries.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies)  # type: ignore[method-assign] # Flask's own way
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    compression.register(app)
    headers.register(app)
    static_files.register(app)
    errors.register(app)
    app.register_blueprint(operations_pages.blueprint)
    app.register_blueprint(public)
    app.register_blueprint(staff)
