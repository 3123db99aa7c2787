"""The public pages. None needs JavaScript, none needs an account, one cookie carries the draft."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from feedback import db, i18n, intake
from feedback.responses import drafts
from feedback.responses import queries as responses
from feedback.security import grouped, receipt_for
from feedback.settings import queries as settings
from feedback.web import contacts
from feedback.web.survey import carrier, flow, steps
from feedback.web.survey.flow import Flow
from feedback.web.survey.forms import StepForm

blueprint = Blueprint("public", __name__)

GONE = 410
INVALID = 422
UNTRUSTED = 400
NO_CONTENT = 204
CARD = "card"


@blueprint.url_value_preprocessor
def _speak(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Make the page speak the language of its address; an unknown one is no page of ours."""
    code = (values or {}).get("lang")
    if code is not None:
        if code not in i18n.languages_here():
            abort(404)
        i18n.use(code)


@blueprint.app_context_processor
def _frame() -> dict[str, Any]:
    """Tell the frame of a public page where its links lead."""
    code = i18n.current().code
    if not request.endpoint or not request.endpoint.startswith("public."):
        return {}
    return {
        "demonstration": current_app.config["SETTINGS"].demo,
        "leave_url": url_for("public.leave", lang=code),
        "help_url": url_for("public.help_", lang=code),
        "privacy_url": url_for("public.privacy", lang=code),
        "accessibility_url": url_for("public.accessibility", lang=code),
        "language_url": url_for("public.language"),
    }


@blueprint.get("/")
def language() -> str:
    """Choose a language, each named in itself."""
    listed = [
        {"tag": each.tag, "dir": each.dir, "name": each.name, "url": url_for("public.welcome", lang=each.code)}
        for each in map(i18n.LANGUAGES.__getitem__, i18n.languages_here())
    ]
    return render_template("public/language.html", page="language", audience="public", languages=listed)


@blueprint.get("/<lang>/")
def welcome(lang: str) -> str:
    """Say what this is, who reads it, and how to start."""
    return _page(
        "public/welcome.html", "welcome", is_draft=i18n.is_draft(lang), start_url=url_for("public.start", lang=lang)
    )


@blueprint.get("/c/<code>")
def card(code: str) -> AnyResponse:
    """Open what a printed QR code says: the language page, with the code carried along unseen."""
    carrier.drop()
    session[CARD] = code[:40]
    return redirect(url_for("public.language"))


@blueprint.get("/<lang>/start")
def start(lang: str) -> AnyResponse:
    """Begin with nothing: whatever somebody else left on this phone is forgotten first."""
    code = session.get(CARD)
    carrier.drop()
    if isinstance(code, str):
        session[CARD] = code
    return redirect(url_for("public.step", lang=lang, step=flow.FIRST))


@blueprint.route("/<lang>/survey/<step>", methods=["GET", "POST"])
def step(lang: str, step: str) -> AnyResponse | str | tuple[str, int]:
    """Show one page of the survey, or take it in and go on."""
    form = StepForm()
    if request.method == "POST" and form.submission.data:
        stored = _receipt_if_stored(form.submission.data)
        if stored:
            return _done(stored)
    current = carrier.load()
    if current is None:
        if step != flow.FIRST:
            return _expired(form)
        current = carrier.begin(lang)
    current.draft.language = lang
    if not current.allows(step):
        return redirect(url_for("public.step", lang=lang, step=current.first_open()))
    if request.method == "GET":
        return _show(current, step)
    return _take(current, step, form)


def _take(current: Flow, step: str, form: StepForm) -> AnyResponse | str | tuple[str, int]:
    """Put a posted page into the draft and go on; after the last page, send."""
    if not form.validate():
        return _show(current, step, form, form.sentences()), UNTRUSTED if "csrf_token" in form.errors else INVALID
    wrong = steps.take(current, step, form)
    _use_card(current, step)
    carrier.keep(current.draft)
    if wrong:
        return _show(current, step, form, wrong), INVALID
    # What was taken in may open or close pages: work the order out anew.
    current = carrier.flow_of(current.draft)
    following = current.after(step)
    if following is None:
        return _send(current)
    if request.args.get("then") == flow.CHECK and current.allows(flow.CHECK):
        following = flow.CHECK
    return redirect(url_for("public.step", lang=current.draft.language, step=following), 303)


def _use_card(current: Flow, step: str) -> None:
    """Use the code of a scanned card once it is known who answers; a wrong one is asked for like any other."""
    code = session.get(CARD)
    if step == flow.FIRST and isinstance(code, str) and "from_card" not in current.draft.facts:
        session.pop(CARD)
        if steps.use_code(current, code):
            current.draft.facts["from_card"] = "yes"


def _send(current: Flow) -> str:
    """Store the submission; only then say thank you."""
    acknowledged = intake.receive(db.database(), current.submission())
    carrier.drop()
    return _done(acknowledged.receipt, audience=current.audience)


def _receipt_if_stored(submission_id: str) -> str | None:
    """Return the receipt of a submission that came in before: a second tab, a lost reply, a page sent again."""
    with db.database().reading() as reading:
        if responses.find_by_submission(reading, submission_id) is None:
            return None
        return receipt_for(db.keys(reading).hasher, submission_id)


def _done(receipt: str, audience: str = "public") -> str:
    lang = i18n.current().code
    again = url_for("public.start", lang=lang)
    return _page(
        "public/done.html", "done", audience, receipt=grouped(receipt), contacts=contacts.shown(), again_url=again
    )


def _show(current: Flow, step: str, form: StepForm | None = None, errors: list[tuple[str, str]] | None = None) -> str:
    """Draw a page of the survey."""
    made = steps.page_of(current, step, form)
    before = current.before(step)
    lang = current.draft.language
    for row in made.context.get("rows", []):
        row["change_url"] = url_for("public.step", lang=lang, step=row["step"], then=flow.CHECK)
    last = current.after(step) is None
    return _page(
        made.template,
        made.page,
        current.audience if step != flow.FIRST else "public",
        form=form or StepForm(formdata=None),
        step=step,
        errors=errors or [],
        error_of=dict(errors or []),
        back_url=url_for("public.step", lang=lang, step=before) if before else url_for("public.welcome", lang=lang),
        last=last,
        submission=current.draft.submission_id if last else "",
        idle_minutes=drafts.IDLE.seconds // 60,
        extend_url=url_for("public.extend", lang=lang),
        **made.context,
    )


def _expired(form: StepForm) -> tuple[str, int]:
    """Give the words just posted back, when the draft they belong to is gone."""
    words = (form.words.data or "").strip()
    start_url = url_for("public.start", lang=i18n.current().code)
    return _page("public/expired.html", "expired", words=words, start_url=start_url), GONE


@blueprint.post("/<lang>/survey/extend")
def extend(lang: str) -> tuple[str, int]:  # noqa: ARG001 - every page has a language
    """Keep the draft for another half hour."""
    current = carrier.load()
    if current is None or not StepForm().validate():
        return "", GONE
    carrier.keep(current.draft)
    return "", NO_CONTENT


@blueprint.get("/<lang>/leave")
def leave(lang: str) -> Response | AnyResponse:  # noqa: ARG001 - every page has a language
    """Forget everything this browser carries and go to a page about the weather."""
    carrier.drop()
    with db.database().reading() as reading:
        target = settings.get_values(reading)["leave_to"]
    response = redirect(target, 303)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@blueprint.get("/<lang>/help")
def help_(lang: str) -> str:  # noqa: ARG001 - every page has a language
    """Whom to turn to."""
    return _page("public/help.html", "help", contacts=contacts.shown())


@blueprint.get("/<lang>/privacy")
def privacy(lang: str) -> str:  # noqa: ARG001 - every page has a language
    """What happens to answers."""
    return _page("public/privacy.html", "privacy_notice", council=_value("council_name"))


@blueprint.get("/<lang>/accessibility")
def accessibility(lang: str) -> str:  # noqa: ARG001 - every page has a language
    """Who can use these pages, and what does not work yet."""
    return _page("public/accessibility.html", "accessibility", council=_value("council_name"))


def _value(name: str) -> Any:
    return settings.get_values(db.session())[name]


def _page(template: str, page: str, audience: str = "public", **context: Any) -> str:
    return render_template(template, page=page, audience=audience, **context)
