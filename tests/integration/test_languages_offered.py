"""A real installation offers drafts only where somebody decides so knowingly: the deployment, or an administrator."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from feedback.accounts.permissions import Role
from feedback.audit.actions import Action
from feedback.audit.models import AuditEntry
from feedback.db import Database
from tests import staff
from tests.client import Client

HERE = "/staff/languages/"


def test_an_administrator_offers_a_draft_and_takes_it_back(app: Flask, database: Database, client: Client) -> None:
    assert client.get("/ur/").status == 404
    administrator = staff.signed_in(app, Role.ADMINISTRATOR)
    saved = administrator.post(administrator.get(HERE), languages_offered=["ur", "zh_Hant"])
    assert "The languages are saved" in saved.text
    assert saved.markup.checked["languages_offered"] == ["ur", "zh_Hant"]
    assert "اردو" in client.get("/").text
    assert client.get("/ur/").markup.root["dir"] == "rtl"
    assert client.walk("ur").name == "done"
    with database.reading() as session:
        facts = session.scalars(select(AuditEntry.facts).where(AuditEntry.action == Action.SETTING_CHANGED)).all()
    assert facts == [{"name": "languages_offered"}]
    administrator.post(administrator.get(HERE))
    assert client.get("/ur/").status == 404
    assert "اردو" not in client.get("/").text


def test_what_the_deployment_offers_is_not_the_administrators_to_take_away(app: Flask) -> None:
    choices = staff.signed_in(app, Role.ADMINISTRATOR).get(HERE).markup.inputs["languages_offered"]
    assert {"en", "pl", "ar"}.isdisjoint(choices)
    assert len(choices) == 13


def test_a_language_nobody_knows_is_refused_in_words(app: Flask) -> None:
    administrator = staff.signed_in(app, Role.ADMINISTRATOR)
    refused = administrator.post(administrator.get(HERE), languages_offered=["xx"])
    assert refused.status == 422
    assert "xx" in refused.text
