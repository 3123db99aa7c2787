"""Who may open what: the one table of permissions, tried on every page of the signed-in sides by every role."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Blueprint, Flask
from sqlalchemy import select
from werkzeug.routing import IntegerConverter, Rule

from feedback import create_app
from feedback.accounts.permissions import PERMISSIONS, Permission, Role
from feedback.audit.actions import Action
from feedback.audit.models import AuditEntry
from feedback.config import Config
from feedback.web import access
from tests import staff
from tests.conftest import close

SIDES = ("/staff", "/advocate", "/kit")
WAY_IN = {"staff.account.sign_in", "staff.account.second_factor", "staff.account.set_second_factor"}

TABLE: dict[Role, set[Permission]] = {
    Role.READER: {Permission.READ_WORDS},
    Role.SAFEGUARDING_LEAD: {Permission.READ_WORDS, Permission.HANDLE_ALERTS, Permission.ASK_FOR_OPENING},
    Role.SECOND_APPROVER: {Permission.APPROVE_OPENING},
    Role.MANAGER: {Permission.READ_FIGURES, Permission.IMPROVE},
    Role.ADVOCATE: {Permission.READ_FIGURES, Permission.ASSIST},
    Role.ADMINISTRATOR: {Permission.ADMINISTER},
    Role.AUDITOR: {Permission.READ_AUDIT},
}
"""The contract's table of roles, written a second time on purpose: a change has to be meant twice."""


def closed_rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.rule.startswith(SIDES)]


def test_the_table_is_the_contracts() -> None:
    assert {role: set(held) for role, held in PERMISSIONS.items()} == TABLE


def test_every_page_declares_what_it_needs(app: Flask) -> None:
    undeclared = [r.endpoint for r in closed_rules(app) if access.need_of(app.view_functions[r.endpoint]) is None]
    assert undeclared == []


def test_only_the_way_in_is_open_to_all(app: Flask) -> None:
    needs = {rule.endpoint: access.need_of(app.view_functions[rule.endpoint]) for rule in closed_rules(app)}
    assert {endpoint for endpoint, need in needs.items() if need and not need.account} == WAY_IN


def test_without_an_account_every_page_leads_to_the_way_in(app: Flask) -> None:
    http = app.test_client()
    for rule in closed_rules(app):
        if rule.endpoint in WAY_IN:
            continue
        for method in rule.methods & {"GET", "POST"}:
            answer = http.open(address(app, rule), method=method)
            assert answer.status_code == 303, rule.endpoint
            assert answer.headers["Location"].startswith("/staff/sign-in"), rule.endpoint


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_its_own_pages_and_no_other(app: Flask, role: Role) -> None:
    client = staff.signed_in(app, role)
    for rule in closed_rules(app):
        need = access.need_of(app.view_functions[rule.endpoint])
        if rule.endpoint in WAY_IN or rule.endpoint == "staff.account.sign_out":
            continue
        allowed = need.permission is None or need.permission in TABLE[role]
        for method in rule.methods & {"GET", "POST"}:
            status = client.http.open(address(app, rule), method=method).status_code
            assert (status == 403) is not allowed, f"{role} {method} {rule.rule} got {status}"
            assert status < 500, f"{method} {rule.rule} got {status}"


def address(app: Flask, rule: Rule) -> str:
    """Return an address of a page; where it names something, something that is not there."""
    kinds = rule._converters  # noqa: SLF001 - werkzeug tells nowhere else what an address takes
    values = {name: 987654321 if isinstance(kinds[name], IntegerConverter) else "2026-Q1" for name in rule.arguments}
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values)


@pytest.mark.parametrize("number", [2**31, 2**63, 10**30])
def test_a_number_that_no_row_can_have_leads_nowhere(app: Flask, number: int) -> None:
    lead = staff.signed_in(app, Role.SAFEGUARDING_LEAD)
    assert lead.get(f"/staff/alerts/{number}").status == 404
    assert lead.get(f"/staff/openings/{number}").status == 404


def test_a_refusal_leaves_a_line(config: Config) -> None:
    app = with_page(config, access.requires(Permission.READ_AUDIT)(lambda: "the log"))
    assert staff.signed_in(app, Role.AUDITOR).http.get("/staff/extra/").status_code == 200
    assert staff.signed_in(app, Role.READER).http.get("/staff/extra/").status_code == 403
    with app.extensions["database"].reading() as session:
        lines = session.scalars(select(AuditEntry).where(AuditEntry.action == Action.ACCESS_REFUSED)).all()
    assert [line.facts for line in lines] == [{"endpoint": "extra.page"}]
    close(app)


def test_a_page_that_declares_nothing_opens_to_nobody(config: Config) -> None:
    app = with_page(config, lambda: "words of a child")
    for role in Role:
        assert staff.signed_in(app, role).http.get("/staff/extra/").status_code == 403
    close(app)


def with_page(config: Config, view: Callable[[], str]) -> Flask:
    """The application with one more page on the staff side."""
    app = create_app(config)
    extra = Blueprint("extra", __name__, url_prefix="/staff/extra")
    extra.add_url_rule("/", "page", view)
    access.close(extra)
    app.register_blueprint(extra)
    return app
