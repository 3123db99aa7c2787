"""Taking it away: the same released figures as JSON, CSV, a spreadsheet, a page to print and a PDF."""

from __future__ import annotations

from typing import Any

from flask import abort, current_app, make_response, render_template
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from feedback import db, i18n
from feedback.accounts.permissions import Permission
from feedback.clock import Quarter
from feedback.events import queries as events
from feedback.reports import acted, asked, evidence, export, reach, spreadsheet, wording
from feedback.reports.releases import Released
from feedback.web import access
from feedback.web.staff.figures.frame import blueprint, figures_page, names_of, release_of

TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def written(release: Released, kind: str) -> bytes:
    """Return a release as a file. Raise NoPdf where the machine lacks what a PDF needs."""
    with db.database().reading() as session:
        names, questions = names_of(session), asked.list_asked(session, release.quarter)
        plan, asked_of = acted.list_acted(session), _reach(session, release)
        elsewhere = _elsewhere(session, release) if kind == "xlsx" else []
    if kind == "json":
        return export.to_json(release).encode()
    if kind == "csv":
        return export.to_csv(release).encode()
    if kind == "xlsx":
        return spreadsheet.to_xlsx(release, names, questions, plan, asked_of, elsewhere=elsewhere)
    page = render_template(
        "staff/figures/pack.html", release=release, figures=release.figures, names=names, asked=questions,
        plan=plan, **_side_by_side(asked_of), wording=wording, lang="en",
        demonstration=current_app.config["SETTINGS"].demo,
    )  # fmt: skip
    return evidence.to_pdf(page)


def _elsewhere(session: Session, release: Released) -> list[tuple[i18n.Language, list[asked.Asked]]]:
    """Return how the questions were asked in the other languages that the release says were used."""
    used = [part["id"] for part in release.figures["responses"]["languages"] if part["id"] != i18n.SOURCE]
    told = [(i18n.LANGUAGES[code], asked.list_asked(session, release.quarter, code)) for code in used]
    return [(language, questions) for language, questions in told if questions]


def _reach(session: Session, release: Released) -> reach.Tables:
    """Return what is released about who was asked in the same quarter; nothing where nothing is yet."""
    kept = events.find_figures(session, str(release.quarter))
    return reach.tables(kept.figures, names_of(session)) if kept else []


def _side_by_side(tables: reach.Tables) -> dict[str, Any]:
    """Return the measures side by side, as the pack shows them."""
    return {"reach": reach.side_by_side(tables), "reach_heads": list(reach.MEASURES.values())}


@blueprint.get("/figures/<name>/evidence")
@access.requires(Permission.READ_FIGURES)
def evidence_pack(name: str) -> str:
    """Show the evidence pack as a page to print, and offer the files."""
    release = release_of(name)
    with db.database().reading() as session:
        questions, plan = asked.list_asked(session, Quarter.parse(name)), acted.list_acted(session)
        asked_of = _reach(session, release)
    return figures_page(
        "staff/figures/evidence.html",
        release,
        asked=questions,
        plan=plan,
        **_side_by_side(asked_of),
        kinds=list(TYPES),
        has_pdf=evidence.is_possible(),
    )


@blueprint.get("/figures/<name>/file/<kind>")
@access.requires(Permission.READ_FIGURES)
def file(name: str, kind: str) -> Response:
    """Send one file."""
    if kind not in TYPES or (kind == "pdf" and not evidence.is_possible()):
        abort(404)
    answer = make_response(written(release_of(name), kind))
    answer.headers["Content-Type"] = TYPES[kind]
    answer.headers["Content-Disposition"] = f'attachment; filename="figures-{Quarter.parse(name)}.{kind}"'
    return answer
