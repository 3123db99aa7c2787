"""Saving a draft under a code and coming back to it. A wrong code and one whose time is over look the same."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from feedback import db, i18n
from feedback.responses import receipt_operations
from feedback.web.public import frame
from feedback.web.public.frame import GONE, INVALID, TOO_MANY, UNTRUSTED, blueprint, page
from feedback.web.survey import carrier
from feedback.web.survey.forms import StepForm

DELETE = "delete"


@blueprint.route("/<lang>/survey/save", methods=["GET", "POST"])
def save(lang: str) -> str | tuple[str, int] | Response:
    """Explain what saving means; asked again by the button, save and show the code, once."""
    current = carrier.load()
    form = StepForm()
    if current is None:
        start_url = url_for("public.start", lang=lang)
        return page("public/expired.html", "expired", words="", start_url=start_url), GONE
    how = frame.manner_of(current.draft)
    if request.method == "POST" and form.validate():
        code = carrier.save_for_later(current.draft)
        to_code = url_for("public.come_back", lang=lang, **how)
        links = frame.links(how, current.audience)
        return page("survey/saved.html", "saved", current.audience, code=code, come_back_url=to_code, **links)
    return page(
        "survey/save.html",
        "save",
        current.audience,
        token=generate_csrf(),
        step="save",
        errors=form.sentences() if form.errors else [],
        back_url=url_for("public.step", lang=lang, step=current.furthest()),
        **frame.links(how, current.audience),
    )


@blueprint.route("/<lang>/come-back", methods=["GET", "POST"])
def come_back(lang: str) -> str | tuple[str, int] | Response:
    """Take a code and open what it keeps, or remove it."""
    form = StepForm()
    if request.method == "GET":
        return _ask(form, [])
    if not form.validate():
        return _ask(form, form.sentences()), UNTRUSTED
    typed = (form.code.data or "").strip()
    with db.database().transaction() as own:
        may_try = receipt_operations.count_try(own, address=request.remote_addr or "")
    if not may_try:
        return _ask(form, [("code", _("There were too many tries. Try again in ten minutes."))]), TOO_MANY
    if form.action.data == DELETE:
        carrier.forget_kept(typed)
        start_url = url_for("public.kiosk" if "kiosk" in frame.manner() else "public.welcome", lang=lang)
        return page("survey/forgotten.html", "forgotten", start_url=start_url)
    current = carrier.come_back_with(typed, lang, frame.manner()) if typed else None
    if current is None:
        no = _("This code does not open anything. Check each word and each number. After 7 days a code stops working.")
        return _ask(form, [("code", no)]), INVALID
    return redirect(url_for("public.step", lang=lang, step=current.furthest()), 303)


def _ask(form: StepForm, errors: list[tuple[str, str]]) -> str:
    lang = i18n.current().code
    return page(
        "public/come_back.html",
        "come_back",
        token=generate_csrf(),
        typed=form.code.data or "",
        errors=errors,
        error_of=dict(errors),
        back_url=url_for("public.kiosk" if "kiosk" in frame.manner() else "public.welcome", lang=lang),
    )
