"""Asking for help, apart from the feedback: an advocate, an interpreter, a call. Joined to no answer."""

from __future__ import annotations

from flask import request, url_for
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import InputRequired

from feedback import db
from feedback.safeguarding import help_operations
from feedback.safeguarding.models import HelpKind
from feedback.web.forms import AtMost, ComponentForm, tidy
from feedback.web.public.frame import INVALID, blueprint, page
from feedback.web.survey import carrier

LONGEST = 200

KINDS = {
    HelpKind.ADVOCATE: _("Someone to speak up for me"),
    HelpKind.INTERPRETER: _("An interpreter"),
    HelpKind.CALL: _("Please call me"),
}


class HelpForm(ComponentForm):
    """What somebody asks for, and a safe way to reach them."""

    kind = RadioField(
        _("What do you need?"),
        choices=[(str(kind), label) for kind, label in KINDS.items()],
        validators=[InputRequired(_("Choose what you need"))],
    )
    name = StringField(_("What shall we call you?"), filters=[tidy], validators=[AtMost(LONGEST)])
    way = StringField(
        _("How can we reach you?"),
        description=_("A phone number or an e-mail address that is safe for you."),
        filters=[tidy],
        validators=[InputRequired(_("Tell us how we can reach you")), AtMost(LONGEST)],
    )
    when = StringField(
        _("When is a safe time?"),
        description=_("For example: on weekdays after school."),
        filters=[tidy],
        validators=[AtMost(LONGEST)],
    )
    may_leave_message = BooleanField(_("It is safe to leave a message"))
    may_use_language = BooleanField(_("It is safe to speak or write to me in the language of this page"))


@blueprint.route("/<lang>/ask", methods=["GET", "POST"])
def ask(lang: str) -> str | tuple[str, int]:
    """Take a request for help; whatever is being answered meanwhile stays as it is."""
    form = HelpForm(kind=request.args.get("kind"))
    back = _back(lang)
    if not form.validate_on_submit():
        status = INVALID if request.method == "POST" else 200
        return page("public/ask.html", "ask", form=form, errors=form.sentences(), back_url=back), status
    details = {
        "name": form.name.data or "",
        "way": form.way.data or "",
        "when": form.when.data or "",
        "message": "yes" if form.may_leave_message.data else "no",
        "language": "yes" if form.may_use_language.data else "no",
    }
    help_operations.ask(db.session(), kind=HelpKind(form.kind.data), language=lang, details=details)
    return page("public/ask.html", "asked", form=form, errors=[], is_asked=True, back_url=back)


def _back(lang: str) -> str:
    """Return the way back: to the answers being given, if there are any, else to the help page."""
    current = carrier.load()
    if current is None:
        return url_for("public.help_", lang=lang)
    return url_for("public.step", lang=lang, step=current.furthest())
