"""A tablet in a waiting room or an advocate's hands: many people one after the other, each starting clean."""

from __future__ import annotations

from flask import make_response, url_for
from werkzeug.wrappers import Response

from feedback.web.public import frame
from feedback.web.public.frame import Manner, blueprint, draft_line, page
from feedback.web.survey import carrier


@blueprint.get("/<lang>/kiosk/start")
def kiosk(lang: str) -> Response:
    """Wipe what the person before has left, and welcome the next one."""
    carrier.drop()
    how: Manner = {"kiosk": "1"}
    response = make_response(
        page(
            "public/kiosk.html",
            "welcome",
            next_url=url_for("public.before_you_start", lang=lang, **how),
            easy_url=url_for("public.easy", lang=lang, **how),
            **frame.links(how) | {"idle_minutes": 0} | draft_line(lang, "public.kiosk"),
        )
    )
    response.headers["Clear-Site-Data"] = '"storage"'
    return response
