"""The privacy notice in layers: a child's sixty words, the young person's, the parent's, Easy Read, and all of it."""

from __future__ import annotations

from flask import abort, url_for
from flask_babel import lazy_gettext as _

from feedback.web.public.frame import blueprint, manner, page, value
from feedback.web.survey.choices import CHILD

LAYERS = {
    CHILD: _("For children"),
    "young": _("For young people"),
    "parent": _("For parents and carers"),
    "easy": _("In Easy Read"),
    "full": _("Everything, with the laws"),
}


@blueprint.get("/<lang>/privacy", defaults={"layer": ""})
@blueprint.get("/<lang>/privacy/<layer>")
def privacy(lang: str, layer: str) -> str:
    """Say what happens to answers; without a layer in the address, in the words for children."""
    if layer and layer not in LAYERS:
        abort(404)
    shown = layer or CHILD
    others = [
        {"name": name, "url": url_for("public.privacy", lang=lang, layer=other, **manner())}
        for other, name in LAYERS.items()
        if other != shown
    ]
    return page(
        "public/privacy.html",
        "privacy_notice",
        CHILD if layer == CHILD else "public",
        layer=shown,
        layers=others,
        council=value("council_name"),
        easy="easy" in manner() or shown == "easy",
    )
