"""Taking it away: the same released figures as JSON, CSV, a spreadsheet, a page to print and a PDF."""

from __future__ import annotations

from flask import abort, make_response, render_template
from werkzeug.wrappers import Response

from feedback import db
from feedback.accounts.permissions import Permission
from feedback.clock import Quarter
from feedback.reports import acted, asked, evidence, export, spreadsheet, wording
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
        plan = acted.list_acted(session)
    if kind == "json":
        return export.to_json(release).encode()
    if kind == "csv":
        return export.to_csv(release).encode()
    if kind == "xlsx":
        return spreadsheet.to_xlsx(release, names, questions, plan)
    page = render_template(
        "staff/figures/pack.html", release=release, figures=release.figures, names=names, asked=questions,
        plan=plan, wording=wording, lang="en",
    )  # fmt: skip
    return evidence.to_pdf(page)


@blueprint.get("/figures/<name>/evidence")
@access.requires(Permission.READ_FIGURES)
def evidence_pack(name: str) -> str:
    """Show the evidence pack as a page to print, and offer the files."""
    release = release_of(name)
    with db.database().reading() as session:
        questions, plan = asked.list_asked(session, Quarter.parse(name)), acted.list_acted(session)
    return figures_page(
        "staff/figures/evidence.html",
        release,
        asked=questions,
        plan=plan,
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
