"""The languages, for administrators: how complete each part is and how far people have checked it."""

from __future__ import annotations

from flask import Blueprint

from feedback import catalogues, i18n
from feedback.accounts.permissions import Permission
from feedback.web import access
from feedback.web.staff.frame import PLACES, Place, page

blueprint = Blueprint("languages", __name__)

PLACES.append(
    Place(
        "Languages",
        "staff.languages.standing",
        Permission.ADMINISTER,
        "How complete each language is, and who has checked which part of it.",
    )
)


@blueprint.get("/languages/")
@access.requires(Permission.ADMINISTER)
def standing() -> str:
    """Show every part of every language, the safeguarding words apart."""
    offered = i18n.languages_here()
    rows = [
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
    return page("staff/languages/standing.html", rows=rows)
