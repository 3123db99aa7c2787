"""The reference for speed: the least a Flask form can be that keeps one row durably a page.

Flask, WTForms with CSRF, SQLAlchemy on SQLite with `synchronous=FULL`; same server settings as the service.
"""

from __future__ import annotations

import os

from flask import Flask, redirect, render_template_string
from flask_wtf import FlaskForm
from sqlalchemy import create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from werkzeug.wrappers import Response
from wtforms import RadioField, TextAreaField

PAGE = """<!doctype html><html lang="en"><title>Form</title><h1>Question</h1>
<form method="post" data-step="q">{{ form.hidden_tag() }}{{ form.answer }}{{ form.words }}<button data-main>Continue</button></form>"""


class Base(DeclarativeBase):
    """The base of one table."""


class Row(Base):
    """One posted page."""

    __tablename__ = "rows"

    id: Mapped[int] = mapped_column(primary_key=True)
    answer: Mapped[str | None]
    words: Mapped[str | None]


class Form(FlaskForm):  # type: ignore[misc]
    """One question and a text."""

    answer = RadioField(choices=[(str(n), f"Answer {n}") for n in range(5, 0, -1)], validate_choice=False)
    words = TextAreaField()


def create() -> Flask:
    """Make the application over the database file in `REFERENCE_DB`."""
    app = Flask(__name__)
    app.secret_key = "reference"
    engine = create_engine(f"sqlite:///{os.environ['REFERENCE_DB']}")

    @event.listens_for(engine, "connect")
    def _prepare(connection: object, _record: object) -> None:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 15000"):
            connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]

    Base.metadata.create_all(engine)

    @app.route("/", methods=["GET", "POST"])
    def page() -> str | Response:
        form = Form()
        if form.validate_on_submit():
            with Session(engine) as session, session.begin():
                session.add(Row(answer=form.answer.data, words=form.words.data))
            return redirect("/", 303)
        return render_template_string(PAGE, form=form)

    return app
