"""One theme: what it means, how many people wrote about it and how, over eight quarters, by group and kind of event."""

from __future__ import annotations

from typing import Any

from flask import abort, request

from feedback import db
from feedback.accounts.permissions import Permission
from feedback.clock import Quarter
from feedback.improvements import queries as improvements
from feedback.reports import acted, code_book, headlines, quotes, releases, wording
from feedback.web import access
from feedback.web.staff.figures.frame import blueprint, figures_page, release_of

QUARTERS = 8


@blueprint.get("/figures/<name>/themes/<theme>")
@access.requires(Permission.READ_FIGURES)
def theme(name: str, theme: str) -> str:
    """Show one theme of a quarter."""
    defined = code_book.themes().get(theme) or abort(404)
    release, asked = release_of(name), Quarter.parse(name)
    found = next(each for each in release.figures["themes"] if each["id"] == theme)
    with db.database().reading() as session:
        trend = releases.list_latest(session, asked, QUARTERS)
        quoted = quotes.list_quotes(session, asked, release.figures, theme=theme, company=request.args.get("words", ""))
        actions = improvements.list_for_theme(session, theme)
    return figures_page(
        "staff/figures/theme.html",
        release,
        defined=defined,
        theme=found,
        change=headlines.theme_change(found, trend[-2][1]),
        trend=_rows(trend, theme),
        quotes=quoted,
        actions=actions,
        states=acted.STATES,
        may_improve=access.may(Permission.IMPROVE),
        companies=quotes.companies(release.figures),
        company=request.args.get("words", ""),
    )


def _rows(trend: list[tuple[Quarter, dict[str, Any] | None]], theme: str) -> list[dict[str, Any]]:
    """Return the trend's rows, the share of those who wrote anything; from the first quarter that has figures on."""
    known = [place for place, (_, shown) in enumerate(trend) if shown]
    return [_quarter_row(str(quarter), theme, shown) for quarter, shown in trend[min(known, default=0) :]]


def _quarter_row(quarter: str, theme: str, shown: dict[str, Any] | None) -> dict[str, Any]:
    found = next((each for each in (shown or {}).get("themes", []) if each["id"] == theme), None)
    return wording.share_row(quarter, found["share"]) if found else {"label": quarter, "why": "no figures"}
