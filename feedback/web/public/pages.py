"""The pages that are only read: language, welcome, leaving in a hurry, safety, help, cookies, accessibility."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import current_app, request, url_for
from flask_babel import format_date

from feedback import i18n
from feedback.web import contacts
from feedback.web.public.frame import Manner, blueprint, draft_line, manner, offered, page, value

STATEMENT_WRITTEN_ON = date(2026, 11, 23)
"""The accessibility statement's day; change it whenever the statement has been looked at again."""


@blueprint.get("/")
def language() -> str:
    """Choose a language, each named in itself; the few words around are in the browser's own language if we have it."""
    codes = offered()
    by_tag = {i18n.LANGUAGES[code].tag: code for code in codes}
    i18n.use(by_tag[request.accept_languages.best_match(by_tag, default=i18n.LANGUAGES[i18n.SOURCE].tag)])
    target = "public.kiosk" if "kiosk" in manner() else "public.welcome"
    listed = [
        {"tag": each.tag, "dir": each.dir, "name": each.name, "url": url_for(target, lang=each.code, **_kept())}
        for each in map(i18n.LANGUAGES.__getitem__, codes)
    ]
    return page("public/language.html", "language", languages=listed, help_url=None, demonstration=None)


def _kept() -> Manner:
    """Return what stays when the language changes: a tablet stays a tablet; Easy Read is chosen again."""
    return {name: on for name, on in manner().items() if name == "kiosk"}


@blueprint.get("/<lang>/")
def welcome(lang: str) -> str:
    """Say what this is, who reads it, and how to start."""
    return page(
        "public/welcome.html",
        "welcome",
        next_url=url_for("public.before_you_start", lang=lang),
        easy_url=url_for("public.easy", lang=lang),
        **_ways(lang, "public.welcome"),
    )


@blueprint.get("/<lang>/easy")
def easy(lang: str) -> str:
    """Say the same in Easy Read, and go on in Easy Read."""
    how = manner() | {"easy": "1"}
    return page(
        "public/easy.html",
        "welcome",
        next_url=url_for("public.before_you_start", lang=lang, **how),
        welcome_url=url_for("public.kiosk" if "kiosk" in how else "public.welcome", lang=lang, **_kept()),
        **_ways(lang, "public.easy") | {"easy": True},
    )


def _ways(lang: str, endpoint: str) -> dict[str, Any]:
    """Return what both first pages offer besides starting."""
    return draft_line(lang, endpoint) | {"come_back_url": url_for("public.come_back", lang=lang, **manner())}


@blueprint.get("/<lang>/before-you-start")
def before_you_start(lang: str) -> str:
    """Interrupt: how to leave in a hurry, what stays behind, how to come back."""
    how = manner()
    return page(
        "public/before_you_start.html",
        "leaving",
        back_url=url_for("public.easy" if "easy" in how else "public.welcome", lang=lang),
        start_url=url_for("public.start", lang=lang, **how),
    )


@blueprint.get("/<lang>/safety")
def safety(lang: str) -> str:  # noqa: ARG001 - every page has a language
    """Say how to keep a visit from people who use the same device."""
    return page("public/safety.html", "safety", numbers=contacts.numbers())


@blueprint.get("/<lang>/help")
def help_(lang: str) -> str:  # noqa: ARG001 - every page has a language
    """Say whom to turn to."""
    return page("public/help.html", "help", contacts=contacts.shown(), numbers=contacts.numbers())


@blueprint.get("/<lang>/cookies")
def cookies(lang: str) -> str:  # noqa: ARG001 - every page has a language
    """Say which cookie there is."""
    return page("public/cookies.html", "cookies", cookie_name=current_app.config["SESSION_COOKIE_NAME"])


@blueprint.get("/<lang>/accessibility")
def accessibility(lang: str) -> str:  # noqa: ARG001 - every page has a language
    """Say who can use these pages, and what does not work yet."""
    return page(
        "public/accessibility.html",
        "accessibility",
        council=value("council_name"),
        numbers=contacts.numbers(),
        written_on=format_date(STATEMENT_WRITTEN_ON, "long"),
    )
