"""You said, we did: what families told us, what was done about it or why not, and whether it changed anything."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import StringField

from feedback import db
from feedback.improvements import operations, queries
from feedback.web import replies
from feedback.web.forms import ComponentForm
from feedback.web.public.frame import INVALID, Manner, blueprint, manner, page
from feedback.web.survey.choices import CHILD


class NotFixedForm(ComponentForm):
    """One tap: this is not fixed."""

    version = StringField()
    answer = StringField()


@blueprint.route("/<lang>/you-said", methods=["GET", "POST"])
def you_said(lang: str) -> str | Response | tuple[str, int]:
    """Show every published answer of this language and age version; count a tap on "that is not fixed".

    After a tap the browser is led back to the answer it was about, so that it is found without JavaScript too.
    """
    form = NotFixedForm()
    version = form.version.data or request.args.get("version") or "young"
    if version not in replies.VERSIONS:
        abort(404)
    if request.method == "GET":
        return _page(lang, version, form, told=request.args.get("told", ""))
    action = queries.find_public(db.session(), form.answer.data or "", version) if form.validate() else None
    if action is None:
        return _page(lang, version, form), INVALID
    operations.count_not_fixed(db.session(), action=action)
    here: Manner = {"lang": lang, "version": version, "told": action.id, "_anchor": f"about-{action.id}"}
    return redirect(url_for("public.you_said", **here, **manner()), 303)


def _page(lang: str, version: str, form: NotFixedForm, told: str = "") -> str:
    others = [
        {"name": name, "url": url_for("public.you_said", lang=lang, version=other, **manner())}
        for other, name in replies.VERSIONS.items()
        if other != version
    ]
    return page(
        "public/you_said.html",
        "you_said",
        CHILD if version == CHILD else "public",
        answers=replies.list_replies(db.session(), lang, version),
        version=version,
        versions=others,
        form=form,
        told=told,
    )
