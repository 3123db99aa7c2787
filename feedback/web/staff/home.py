"""The first page after signing in: what this person may do; and staying signed in while typing."""

from __future__ import annotations

from flask import Blueprint, url_for

from feedback.accounts import queries
from feedback.web import access
from feedback.web.staff.frame import page, places

blueprint = Blueprint("home", __name__)

ROLE_NAMES = {
    "reader": "reader",
    "safeguarding_lead": "safeguarding lead",
    "second_approver": "second approver",
    "manager": "manager",
    "advocate": "advocate",
    "administrator": "administrator",
    "auditor": "auditor",
}


@blueprint.post("/still-here")
@access.signed_in
def still_here() -> tuple[str, int]:
    """Take a sign of life from a page that somebody types in for long; being signed in is all it needs."""
    return "", 204


@blueprint.get("/")
@access.signed_in
def start() -> str:
    """List what the person signed in may do."""
    person = access.person()
    roles = [ROLE_NAMES[role] for role in sorted(queries.roles_of(person))]
    listed = [
        {"label": p.label, "url": url_for(p.endpoint), "sentence": p.sentence, "count": p.waiting() if p.waiting else 0}
        for p in places()
    ]
    return page("staff/home/start.html", roles=roles, listed=listed)
