"""The audit log and the openings, for the auditor. No words of families stand in either."""

from __future__ import annotations

from flask import Blueprint, request
from wtforms import SelectField, StringField

from feedback import clock, db
from feedback.accounts import queries as accounts
from feedback.accounts.permissions import Permission
from feedback.audit import queries
from feedback.audit.actions import Action
from feedback.identity import queries as identity
from feedback.safeguarding import queries as safeguarding
from feedback.web import access
from feedback.web.forms import AtMost, ComponentForm
from feedback.web.staff.frame import PLACES, Place, page

blueprint = Blueprint("audit", __name__, url_prefix="/audit")

LONGEST = 60
NOTHING = "–"

PLACES.append(
    Place(
        "Audit log", "staff.audit.log", Permission.READ_AUDIT, "See who did what, and check that nothing was touched."
    )
)
PLACES.append(
    Place("Openings", "staff.audit.openings", Permission.READ_AUDIT, "See who opened a sealed link, and who agreed.")
)


class FilterForm(ComponentForm):
    """Which lines to show; sent by GET, changes nothing."""

    class Meta(ComponentForm.Meta):
        """No token: the address says everything."""

        csrf = False

    action = SelectField(
        "What happened", choices=[("", "Everything"), *((str(a), str(a).replace("_", " ")) for a in sorted(Action))]
    )
    actor = StringField("Who", description="person:7, family, system or nobody", validators=[AtMost(LONGEST)])


@blueprint.get("/")
@access.requires(Permission.READ_AUDIT)
def log() -> str:
    """List the lines, newest first; asked for, check the whole chain."""
    form = FilterForm(request.args)
    before = request.args.get("before", type=int)
    chosen, who = form.action.data or "", (form.actor.data or "").strip()
    entries = queries.list_entries(db.session(), action=chosen, actor=who, before=before)
    is_checked = "check" in request.args
    return page(
        "staff/audit/log.html",
        form=form,
        entries=entries,
        is_checked=is_checked,
        broken=queries.find_break(db.session()) if is_checked else None,
        older=entries[-1].id if len(entries) == queries.PAGE else None,
        chosen=chosen,
        who=who,
    )


@blueprint.get("/openings")
@access.requires(Permission.READ_AUDIT)
def openings() -> str:
    """List every opening: who asked, why, who agreed, how often it was looked at. Not which event."""
    rows, desk, now = [], safeguarding.get_desk_settings(db.session()), clock.now()
    for opening in identity.list_openings(db.session()):
        asker = accounts.find_by_id(db.session(), opening.asked_by)
        decider = accounts.find_by_id(db.session(), opening.decided_by)
        rows.append(
            {
                "opening": opening,
                "asker": asker.email if asker else NOTHING,
                "decider": decider.email if decider else NOTHING,
                "words": identity.open_words(db.session(), opening),
                "deadline": safeguarding.opening_deadline(desk, opening, now) if opening.is_agreed is None else None,
            }
        )
    return page("staff/audit/openings.html", rows=rows, years=identity.list_years(db.session()))
