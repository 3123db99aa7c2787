"""You said, we did: what families told us, what was done about it or why not, and whether it changed anything.

Shows only what staff have written in the language of the page, beside numbers that are released already.
"""

from __future__ import annotations

from typing import Any

from flask import abort, request, url_for
from flask_babel import lazy_gettext as _
from wtforms import StringField

from feedback import db
from feedback.clock import Quarter
from feedback.improvements import operations, queries
from feedback.improvements.models import Action, ActionText
from feedback.reports import effects
from feedback.reports.figures import Verdict
from feedback.web.forms import ComponentForm
from feedback.web.public.frame import INVALID, blueprint, manner, page
from feedback.web.survey.choices import CHILD

VERSIONS = {
    CHILD: _("For children"),
    "young": _("For young people"),
    "parent": _("For parents and carers"),
}

SEEN = {
    Verdict.LIKELY_BETTER: _("More people than before now say that this goes well."),
    Verdict.LIKELY_WORSE: _("Fewer people than before now say that this goes well."),
    Verdict.NO_CLEAR_CHANGE: _("We cannot see a clear change yet."),
    Verdict.TOO_FEW: _("We cannot see a clear change yet."),
}


class NotFixedForm(ComponentForm):
    """One tap: this is not fixed."""

    version = StringField()
    answer = StringField()


@blueprint.route("/<lang>/you-said", methods=["GET", "POST"])
def you_said(lang: str) -> str | tuple[str, int]:
    """Show every published answer of this language and age version; count a tap on "that is not fixed"."""
    form = NotFixedForm()
    version = form.version.data or request.args.get("version") or "young"
    if version not in VERSIONS:
        abort(404)
    if request.method == "GET":
        return _page(lang, version, form)
    action = queries.find_public(db.session(), form.answer.data or "", lang, version) if form.validate() else None
    if action is None:
        return _page(lang, version, form), INVALID
    operations.count_not_fixed(db.session(), action=action)
    return _page(lang, version, form, told=action.id)


def _page(lang: str, version: str, form: NotFixedForm, told: int | None = None) -> str:
    others = [
        {"name": name, "url": url_for("public.you_said", lang=lang, version=other, **manner())}
        for other, name in VERSIONS.items()
        if other != version
    ]
    return page(
        "public/you_said.html",
        "you_said",
        CHILD if version == CHILD else "public",
        answers=[_answer(*each) for each in queries.list_public(db.session(), lang, version)],
        version=version,
        versions=others,
        form=form,
        told=told,
    )


def _answer(action: Action, text: ActionText) -> dict[str, Any]:
    """Return one answer as the page shows it."""
    heard_in, session = Quarter.parse(action.heard_in), db.session()
    return {
        "id": action.id,
        "heard": text.heard,
        "answered": text.answered,
        "changed": text.changed,
        "is_refused": action.is_refused,
        "people": effects.people_heard(session, heard_in, action.themes),
        "first_day": heard_in.first_day,
        "last_day": heard_in.last_day,
        "seen": SEEN[effects.find_effect(session, action).verdict],
    }
