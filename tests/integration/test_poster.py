"""The poster for a waiting room: one sheet, in the language it says, readable aloud."""

from __future__ import annotations

import re
import zlib

import pytest
from flask import Flask

from feedback.accounts.permissions import Role
from feedback.db import Database
from feedback.improvements import operations
from feedback.improvements.models import ActionText
from feedback.reports import evidence
from tests import staff
from tests.conftest import missing
from tests.integration.test_improvements import add

NO_FONT = "\U000f1234"
"""A character for private use, which no common font draws."""

pytestmark = [pytest.mark.pdf, pytest.mark.parametrize("backend", ["sqlite"])]


@pytest.fixture(autouse=True)
def _pango() -> None:
    if not evidence.is_possible():
        missing("PDF", "no pango")


def test_a_poster_is_one_tagged_sheet_in_its_language(app: Flask, database: Database) -> None:
    for _ in range(6):
        add(database)
    client = staff.signed_in(app, Role.MANAGER)
    assert "/staff/poster/pl/young" in client.get("/staff/improvements/").html
    answer = client.http.get("/staff/poster/pl/young")
    assert answer.headers["Content-Type"] == "application/pdf"
    written = unpacked(answer.data)
    assert written.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type ?/Page\b", written)) == 1
    assert b"/Lang (pl)" in written
    assert b"pdfuaid" in written
    assert "Opowiedz nam".encode("utf-16-be").hex() in written.decode("latin-1").lower()


def unpacked(pdf: bytes) -> bytes:
    """Return a PDF with its packed parts behind it, unpacked."""
    parts = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    opened = [zlib.decompressobj().decompress(part) for part in parts if part[:1] == b"x"]
    return pdf + b"\n".join(opened)


@pytest.mark.parametrize("address", ["ar/young", "pl/child", "xx/young", "pl/grown-up"])
def test_there_is_no_poster_where_nothing_is_written(app: Flask, database: Database, address: str) -> None:
    add(database)
    assert staff.signed_in(app, Role.MANAGER).http.get(f"/staff/poster/{address}").status_code == 404


def test_what_is_not_public_is_on_no_poster(app: Flask, database: Database) -> None:
    add(database, is_public=False)
    assert staff.signed_in(app, Role.MANAGER).http.get("/staff/poster/pl/young").status_code == 404


def test_a_poster_with_boxes_instead_of_letters_is_not_made(app: Flask, database: Database) -> None:
    action = add(database)
    by = staff.add(database, Role.MANAGER)
    with database.transaction() as session:
        text = ActionText(action_id=action.id, language="pl", version="child", heard=NO_FONT, answered="x", changed="")
        operations.write_text(session, text=text, by=by)
    client = staff.signed_in(app, Role.MANAGER)
    assert client.http.get("/staff/poster/pl/child").status_code == 303
    assert "has no letters for this language" in client.get("/staff/improvements/").text
