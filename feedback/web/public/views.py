"""The survey for everybody: begin, one page after the other, send, leave."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, session, url_for
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from feedback import db, i18n, intake
from feedback.responses import queries as responses
from feedback.security import grouped, receipt_for
from feedback.settings import queries as settings
from feedback.web import contacts
from feedback.web.public import frame
from feedback.web.public.frame import GONE, INVALID, NO_CONTENT, UNTRUSTED, blueprint, page
from feedback.web.survey import carrier, flow, pages, steps
from feedback.web.survey.choices import AUDIENCES
from feedback.web.survey.flow import Flow
from feedback.web.survey.forms import StepForm

CARD = "card"
Errors = list[tuple[str, str]]


@blueprint.get("/c/<code>")
def card(code: str) -> Response:
    """Open what a printed QR code says: the language page, with the code carried along unseen."""
    carrier.drop()
    session[CARD] = code[:40]
    return redirect(url_for("public.language"))


@blueprint.get("/<lang>/start")
def start(lang: str) -> Response:
    """Begin with nothing: whatever somebody else left on this phone is forgotten first."""
    code = session.get(CARD)
    carrier.drop()
    if isinstance(code, str):
        session[CARD] = code
    return redirect(url_for("public.step", lang=lang, step=flow.FIRST, **frame.manner()))


@blueprint.route("/<lang>/survey/<step>", methods=["GET", "POST"])
def step(lang: str, step: str) -> Response | str | tuple[str, int]:
    """Show one page of the survey, or take it in and go on."""
    submission_id = request.form.get("submission")
    stored = _receipt_if_stored(submission_id) if submission_id else None
    if stored:
        return _done(stored)
    current = carrier.load()
    if current is None:
        if step != flow.FIRST:
            return _expired(request.form.get("words", ""))
        current = carrier.begin(lang, frame.manner())
    current.draft.language = lang
    if not current.allows(step):
        return redirect(url_for("public.step", lang=lang, step=current.first_open()))
    if request.method == "GET":
        return _show(current, step)
    return _take(current, step, StepForm())


def _take(current: Flow, step: str, form: StepForm) -> Response | str | tuple[str, int]:
    """Put a posted page into the draft and go on; after the last page, send."""
    if not form.validate():
        return _show(current, step, form, form.sentences()), UNTRUSTED if "csrf_token" in form.errors else INVALID
    wrong = steps.take(current, step, form, _nearer())
    _use_card(current, step)
    carrier.keep(current.draft)
    if wrong:
        return _show(current, step, form, wrong), INVALID
    # What was taken in may open or close pages: work the order out anew.
    current = carrier.flow_of(current.draft)
    if current.after(step) is None and not form.is_to_save:
        return _send(current)
    return redirect(_following(current, step, form), 303)


def _following(current: Flow, step: str, form: StepForm) -> str:
    """Return the address of the page after this one."""
    lang, then = current.draft.language, request.args.get("then")
    if form.is_to_save:
        return url_for("public.save", lang=lang)
    nearer = steps.opens_second_step(current, step, form, _nearer())
    if nearer:
        return url_for("public.step", lang=lang, step=step, nearer=nearer, then=then)
    if then == flow.CHECK and current.allows(flow.CHECK):
        return url_for("public.step", lang=lang, step=flow.CHECK)
    return url_for("public.step", lang=lang, step=current.after(step))


def _nearer() -> str:
    """Return the face whose second step this page is, or nothing."""
    return request.args.get("nearer", "")


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
    carrier.sent(current.draft)
    return _done(acknowledged.receipt, current.audience, frame.manner_of(current.draft))


def _receipt_if_stored(submission_id: str) -> str | None:
    """Return the receipt of a submission that came in before: a second tab, a lost reply, a page sent again."""
    with db.database().reading() as reading:
        if responses.find_by_submission(reading, submission_id) is None:
            return None
        return receipt_for(db.keys(reading).hasher, submission_id)


def _done(receipt: str, audience: str = "public", how: frame.Manner | None = None) -> str:
    return page(
        "public/done.html",
        "done",
        audience,
        receipt=grouped(receipt),
        contacts=contacts.shown(),
        again_url=url_for("public.start", lang=i18n.current().code),
        **frame.links(how or {}, audience if audience in AUDIENCES else ""),
    )


def _show(current: Flow, step: str, form: StepForm | None = None, errors: Errors | None = None) -> str:
    """Draw a page of the survey."""
    made = pages.page_of(current, step, form, _nearer())
    lang = current.draft.language
    for row in made.context.get("rows", []):
        row["change_url"] = url_for("public.step", lang=lang, step=row["step"], then=flow.CHECK)
    last = current.after(step) is None
    return page(
        made.template,
        made.page,
        current.audience if step != flow.FIRST else "public",
        token=generate_csrf(),
        step=step,
        errors=errors or [],
        error_of=dict(errors or []),
        back_url=_back(current, step),
        last=last,
        submission=current.draft.submission_id if last else "",
        may_save=step in {question.id for question in current.questions},
        recordings=_recordings(current, step),
        **_frame_of(current),
        **made.context,
    )


def _frame_of(current: Flow) -> dict[str, Any]:
    """Return the frame of a page with a draft: forgotten after some idle minutes, kept by a sign of life."""
    watched = {
        "idle_minutes": current.draft.idle.seconds // 60,
        "extend_url": url_for("public.extend", lang=current.draft.language),
    }
    return watched | frame.links(frame.manner_of(current.draft), current.audience)


def _back(current: Flow, step: str) -> str:
    """Return the address of the page before: from a second step its first, from the first page the welcome."""
    lang, before = current.draft.language, current.before(step)
    if _nearer():
        return url_for("public.step", lang=lang, step=step)
    if before:
        return url_for("public.step", lang=lang, step=before)
    return url_for("public.before_you_start", lang=lang, **frame.manner_of(current.draft))


def _recordings(current: Flow, step: str) -> list[dict[str, str]]:
    where, found = pages.recordings_of(current, step)
    return [{"url": url_for("public.recording", folder=where, name=name), "type": kind} for name, kind in found]


def _expired(words: str) -> tuple[str, int]:
    """Give the words just posted back, when the draft they belong to is gone."""
    start_url = url_for("public.start", lang=i18n.current().code)
    return page("public/expired.html", "expired", words=words.strip(), start_url=start_url), GONE


@blueprint.post("/<lang>/survey/extend")
def extend(lang: str) -> tuple[str, int]:  # noqa: ARG001 - every page has a language
    """Keep the draft for another while."""
    current = carrier.load()
    if current is None or not StepForm().validate():
        return "", GONE
    carrier.keep(current.draft)
    return "", NO_CONTENT


@blueprint.get("/<lang>/leave")
def leave(lang: str) -> Response:
    """Forget everything this browser carries and go to a page about the weather; a tablet to its first page."""
    carrier.drop()
    if "kiosk" in frame.manner():
        return redirect(url_for("public.kiosk", lang=lang), 303)
    with db.database().reading() as reading:
        target = settings.get_values(reading)["leave_to"]
    response = redirect(target, 303)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
