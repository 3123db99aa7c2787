"""Every page of figures and every file opens for a manager, over the same release; a PDF is one that reads aloud."""

from __future__ import annotations

import re
import zlib
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.accounts import operations as accounts
from feedback.accounts.permissions import Role
from feedback.clock import Quarter
from feedback.reports import evidence, headlines, releases, wording
from feedback.reports.models import Release
from feedback.reports.year import Year
from tests.client import Client
from tests.conftest import missing
from tests.staff import signed_in
from tests.unit.reports import people

PAST = Quarter.current().shifted(-2)
EMAIL, PASSWORD = "manager@council.example", "a-long-made-up-one"
PAGES = (
    "",
    "/themes/listened",
    "/themes/listened?words=alone",
    "/experience",
    "/experience/heard",
    "/fairness",
    "/fairness/disability",
    "/distance",
    "/evidence",
)
pytestmark = pytest.mark.parametrize("backend", ["sqlite"])


@pytest.fixture
def staff(app, database):
    """A manager, signed in, over a final quarter of sixty-four people."""
    with database.transaction() as session:
        accounts.add_person(session, email=EMAIL, roles=[Role.MANAGER], password=PASSWORD, by="test")
        people.arrive(session, 64, quarter=PAST, seed=3)
    staff = Client(app.test_client())
    way_in = staff.get("/staff/")
    staff.http.post(way_in.url, data={**way_in.markup.hidden, "email": EMAIL, "password": PASSWORD})
    return staff


def test_every_page_opens_and_says_what_it_is_not_for(staff):
    for part in PAGES:
        page = staff.get(f"/staff/figures/{PAST}{part}")
        assert page.status == 200, part
        assert wording.NOT_FOR in page.text, part
        assert "Comments no person has read yet" in page.text, part


def test_a_page_says_of_each_share_what_the_release_says(staff, database):
    page = staff.get(f"/staff/figures/{PAST}/experience/heard").html
    construct = next(c for c in releases.current(database, PAST).figures["constructs"] if c["id"] == "heard")
    shares = [
        construct["everyone"],
        *construct["groups"],
        *(r for s in ("event_type", "group_event_type", "event_type_service") for r in construct["splits"].get(s, [])),
    ]
    told = [wording.percent_words(each["favourable"]) for each in shares if each["favourable"]["at_least"] is not None]
    assert re.findall(r'data-label="Yes or mostly">([^<]+)<', page) == told


@pytest.mark.parametrize(
    "part",
    [
        "2026-Q9",
        f"{PAST}/themes/none",
        f"{PAST}/experience/none",
        f"{PAST}/fairness/group",
        f"{PAST}/file/exe",
        "years/2025",
        "years/2999-00",
    ],
)
def test_what_is_not_there_is_not_found(staff, part):
    assert staff.get(f"/staff/figures/{part}").status == 404


@pytest.mark.parametrize("kind", ["json", "csv", "xlsx"])
def test_a_file_is_sent_as_what_it_is(staff, kind):
    answer = staff.http.get(f"/staff/figures/{PAST}/file/{kind}")
    assert answer.status_code == 200
    assert f"figures-{PAST}.{kind}" in answer.headers["Content-Disposition"]


def _unpacked(stream):
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


@pytest.mark.pdf
def test_the_evidence_pack_is_tagged_for_screen_readers(staff):
    if not evidence.is_possible():
        missing("PDF", "pango is not installed")
    written = staff.http.get(f"/staff/figures/{PAST}/file/pdf").data
    assert written.startswith(b"%PDF-")
    inside = b"".join(map(_unpacked, re.findall(rb"stream\r?\n(.*?)\r?\nendstream", written, re.DOTALL)))
    assert b"pdfuaid:part" in inside
    assert b"/StructTreeRoot" in inside


def test_without_pango_the_page_says_so_and_is_printed(staff, monkeypatch):
    def broken():
        raise evidence.NoPdf("No PDF can be made here.")

    monkeypatch.setattr(evidence, "load", broken)
    page = staff.get(f"/staff/figures/{PAST}/evidence")
    assert "print this page instead" in page.text
    assert "file/pdf" not in page.html
    assert staff.http.get(f"/staff/figures/{PAST}/file/pdf").status_code == 404


@pytest.mark.usefixtures("staff")
def test_the_overview_opens_with_five_sentences(database):
    shown = releases.current(database, PAST).figures
    assert len(headlines.sentences(shown, frozen=True)) == 5


def test_a_running_quarter_shows_no_group_and_no_tone(staff, database):
    with database.transaction() as session:
        people.arrive(session, 40, quarter=Quarter.current(), seed=8)
    release = releases.current(database, Quarter.current())
    for construct in release.figures["constructs"]:
        assert all(group["favourable"]["base"] is None for group in construct["groups"])
        assert construct["splits"] == {}
    assert release.figures["responses"]["groups"] == []
    page = staff.get(f"/staff/figures/{Quarter.current()}")
    assert "once the quarter is final" in page.text


@pytest.mark.usefixtures("staff")
def test_exact_counts_are_sealed_and_never_in_the_figures(database):
    releases.current(database, PAST)
    with database.reading() as session:
        kept = session.scalars(select(Release).where(Release.quarter == str(PAST))).one()
    assert kept.sealed_exact
    assert b"answered" not in kept.sealed_exact
    assert "upto" not in str(kept.figures)


def test_a_year_is_four_fixed_quarters_from_april(staff):
    year = Year.parse("2025-26")
    assert [str(quarter) for quarter in year.quarters] == ["2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1"]
    assert {Year.of(quarter) for quarter in year.quarters} == {year}
    running = Year.of(Quarter.of(Quarter.current().last_day + timedelta(days=1)))
    assert staff.get(f"/staff/figures/years/{running}").status == 404


def test_a_page_says_that_figures_are_being_counted_until_they_are(app, database, monkeypatch):
    with database.transaction() as session:
        people.arrive(session, 30, quarter=PAST, seed=1)
    monkeypatch.setattr(releases, "QUICK_RESPONSES", 29)
    staff, year = signed_in(app, Role.MANAGER), Year.of(PAST.shifted(-4))
    for part in ("", "/experience", "/file/json"):
        answer = staff.http.get(f"/staff/figures/{PAST}{part}")
        again = f"20; url=/staff/figures/{PAST}{part}?looks=1"
        assert (answer.status_code, answer.headers["Refresh"]) == (202, again), part
        assert "being counted" in answer.get_data(as_text=True)
    late = staff.http.get(f"/staff/figures/{PAST}?looks=15")
    assert "Refresh" not in late.headers
    assert "may not be running" in late.get_data(as_text=True)
    with database.reading() as session:
        assert session.scalars(select(Release)).all() == [], "no page has counted anything"
    assert staff.http.get(f"/staff/figures/years/{year}").status_code != 202, "a year without answers needs no counting"
    assert releases.current(database, PAST).base == 30
    assert staff.http.get(f"/staff/figures/{PAST}").status_code == 200


def test_a_year_waits_for_its_quarters(app, database):
    year = Year.of(Quarter.current().shifted(-6))
    with database.transaction() as session:
        people.arrive(session, 30, quarter=year.quarters[1], seed=1)
    staff, address = signed_in(app, Role.MANAGER), f"/staff/figures/years/{year}"
    assert staff.http.get(address).status_code == 202
    releases.current(database, year.quarters[1])
    assert staff.http.get(address).status_code == 200


def test_a_running_quarter_shows_the_step_before_until_the_next_is_counted(app, database, monkeypatch):
    now = Quarter.current()
    with database.transaction() as session:
        people.arrive(session, 10, quarter=now, seed=1)
    staff = signed_in(app, Role.MANAGER)
    assert "first 10 responses" in staff.get(f"/staff/figures/{now}").text
    monkeypatch.setattr(releases, "QUICK_RESPONSES", 9)
    with database.transaction() as session:
        people.arrive(session, 10, quarter=now, seed=2)
    assert "first 10 responses" in staff.get(f"/staff/figures/{now}").text
    releases.current(database, now)
    assert "first 20 responses" in staff.get(f"/staff/figures/{now}").text


@pytest.mark.parametrize(
    ("quarter", "sentence"), [(PAST, "nothing of it is shown"), (Quarter.current(), "tenth answer")]
)
def test_with_nine_answers_a_page_says_why_it_is_empty_and_where_to_look(app, database, quarter, sentence):
    with database.transaction() as session:
        people.arrive(session, 9, quarter=quarter, seed=1)
    page = signed_in(app, Role.MANAGER).get(f"/staff/figures/{quarter}")
    assert sentence in page.text
    assert f"/staff/participation/{quarter}" in page.html
    assert "<table" not in page.html
