"""The languages, for administrators: how complete each part is, how far people have checked it, which are offered."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import SelectMultipleField, SubmitField

from feedback import catalogues, db, i18n
from feedback.accounts.permissions import Permission
from feedback.settings import operations, queries
from feedback.web import access
from feedback.web.forms import ComponentForm
from feedback.web.staff.frame import PLACES, Place, page

blueprint = Blueprint("languages", __name__)

INVALID = 422
SETTING = "languages_offered"

PLACES.append(
    Place(
        "Languages",
        "staff.languages.standing",
        Permission.ADMINISTER,
        "How complete each language is, who has checked which part of it, and which are offered.",
    )
)


class OfferForm(ComponentForm):
    """The languages offered although nobody qualified has checked their safeguarding words."""

    languages_offered = SelectMultipleField(
        "Offer these languages although nobody qualified has checked their words on safeguarding",
        description="Their first page says that they are drafts. Untick a language to stop offering it.",
    )
    submit = SubmitField("Save")


@blueprint.route("/languages/", methods=["GET", "POST"])
@access.requires(Permission.ADMINISTER)
def standing() -> str | Response | tuple[str, int]:
    """Show every part of every language, the safeguarding words apart; change which drafts are offered."""
    named = queries.get_values(db.session())[SETTING]
    form = OfferForm() if request.method == "POST" else OfferForm(data={SETTING: named})
    form.languages_offered.choices = [(code, i18n.LANGUAGES[code].name) for code in _to_decide()]
    if form.validate_on_submit():
        operations.change(db.session(), name=SETTING, value=list(form.languages_offered.data), by=access.person().actor)
        flash("The languages are saved. Families see them from now on.")
        return redirect(url_for("staff.languages.standing"), 303)
    shown = page("staff/languages/standing.html", rows=_rows(), form=form if form.languages_offered.choices else None)
    return (shown, INVALID) if form.errors else shown


def _to_decide() -> list[str]:
    """Return the codes of the languages that only an administrator's word would offer."""
    return [code for code in i18n.available() if code not in i18n.always_offered()]


def _rows() -> list[list[str | int]]:
    """Return a row for every part of every language."""
    offered = queries.list_languages(db.session(), i18n.always_offered())
    return [
        [
            i18n.LANGUAGES[each.language].name,
            each.part,
            each.messages,
            each.missing + each.fuzzy,
            each.state,
            "yes" if each.language in offered else "no",
        ]
        for each in catalogues.standings()
    ]
