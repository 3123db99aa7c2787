"""The staff side: one closed blueprint, a module for each part of the work.

A new part brings its own blueprint, is registered in the list below, and says in `PLACES` where the navigation finds
it and which permission it needs.
"""

from __future__ import annotations

from feedback.web import access
from feedback.web.staff import (
    account,
    alerts,
    audit,
    cards,
    desk,
    engine,
    events,
    figures,
    home,
    hours,
    improvements,
    languages,
    learning,
    openings,
    participation,
    people,
    poster,
    requests,
    service_figures,
    subscriptions,
    worries,
)
from feedback.web.staff.frame import blueprint

access.close(blueprint)
for part in (
    home,
    desk,
    alerts,
    worries,
    requests,
    openings,
    audit,
    figures,
    service_figures,
    improvements,
    poster,
    participation,
    subscriptions,
    events,
    cards,
    hours,
    engine,
    learning,
    languages,
    people,
    account,
):
    blueprint.register_blueprint(part.blueprint)

__all__ = ["blueprint"]
