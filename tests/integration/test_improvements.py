"""The action plan: what it refuses, what it keeps, what families read of it, and what later voices say."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from feedback import clock
from feedback.accounts.permissions import Role
from feedback.clock import Quarter
from feedback.db import Database
from feedback.improvements import operations, queries
from feedback.improvements.models import Action, ActionText, State
from feedback.improvements.operations import Facts, Incomplete, NumberTaken
from feedback.reports import effects, releases
from feedback.reports.figures import Verdict
from tests import staff
from tests.client import Client

BEGAN = date(2025, 5, 20)
FACTS = Facts(
    summary="Send reports five days before the meeting.",
    measure="Parents say that they knew enough beforehand.",
    plan="The chair's office sends them.",
    owner_role="Head of quality assurance",
    owner_person="head@council.example",
    due_on=date(2099, 1, 1),
    heard_in="2025-Q1",
    themes=["prepared"],
    construct="prepared",
    for_group="parent",
    changed_on=BEGAN,
    is_public=True,
)
WORDS = {"heard": "Reports come too late.", "answered": "We send them earlier.", "changed": "They come in time."}
QUARTER = str(Quarter.current())


def typed() -> dict[str, Any]:
    """Return the form of `FACTS` as a browser sends it."""
    held = asdict(FACTS) | {"due_on": "2099-01-01", "changed_on": BEGAN.isoformat(), "is_public": "y"}
    return {name: value or "" for name, value in held.items()}


def add(database: Database, **changes: Any) -> Action:
    """Add an action with the words for families in English and Polish, for young people."""
    with database.transaction() as session:
        action = operations.add(session, facts=replace(FACTS, **changes), by=None)
    by = staff.add(database, Role.MANAGER)
    with database.transaction() as session:
        for language in ("en", "pl"):
            text = ActionText(action_id=action.id, language=language, version="young", **WORDS)
            operations.write_text(session, text=text, by=by)
    return action


def release(database: Database, quarter: str, percent: int | None, base: int = 200, people: int | None = 25) -> None:
    """Keep a final release in which parents answered so; everybody else's share is far from it."""
    everyone = share(5, 500)
    construct = {
        "id": "prepared",
        "everyone": {"favourable": everyone},
        "groups": [{"id": "parent", "favourable": share(percent, base)}],
    }
    themes = [{"id": "prepared", "people": people}]
    figures = {"responses": {"base": base}, "constructs": [construct], "themes": themes}
    with database.transaction() as session:
        releases.keep(session, quarter, base, figures, sealed_exact=None, frozen=True)


def share(percent: int | None, base: int) -> dict[str, Any]:
    """Return a share as a release holds it."""
    known = percent is not None
    return {
        "percent": percent, "base": base if known else None, "small": False, "step": 1, "low": percent,
        "high": percent, "at_least": percent, "at_most": percent, "why": None if known else "fewer than ten",
    }  # fmt: skip


@pytest.mark.parametrize(
    "lacking",
    [
        {"measure": ""},
        {"owner_role": ""},
        {"owner_person": ""},
        {"due_on": None},
        {"construct": None},
        {"state": State.REFUSED},
    ],
)
def test_an_action_without_measure_owner_date_or_reason_is_refused(database: Database, lacking: dict[str, Any]) -> None:
    with database.transaction() as session, pytest.raises(Incomplete):
        operations.add(session, facts=replace(FACTS, **lacking), by=None)
    with database.reading() as session:
        assert queries.list_actions(session) == []


def test_a_reason_why_not_is_an_answer_without_a_measure(database: Database) -> None:
    action = add(database, state=State.REFUSED, why_not="The law sets the time.", construct=None)
    assert action.is_refused


def test_the_form_says_what_is_missing_and_keeps_what_was_typed(app: Flask) -> None:
    client = staff.signed_in(app, Role.MANAGER)
    page = client.post(
        client.get("/staff/improvements/new"), **(typed() | {"summary": "Half an action", "measure": ""})
    )
    assert page.status == 422
    assert "Write what will be different" in page.text
    assert "Half an action" in page.html


def test_a_change_keeps_what_it_was_and_who_changed_it(app: Flask, database: Database) -> None:
    action = add(database)
    client = staff.signed_in(app, Role.MANAGER)
    edit = client.get(f"/staff/improvements/{action.id}/edit")
    client.post(edit, **(typed() | {"measure": "Parents say they had the report."}))
    page = client.get(f"/staff/improvements/{action.id}")
    assert "Parents say they had the report." in page.text
    with database.reading() as session:
        newest = queries.get_action(session, action.id).changes[0]
    assert newest.fields == {"measure": [FACTS.measure, "Parents say they had the report."]}
    assert newest.by is not None


def test_overdue_actions_come_first_and_are_counted(app: Flask, database: Database) -> None:
    add(database)
    late = add(database, due_on=clock.today() - timedelta(days=1), summary="Late one")
    add(database, due_on=clock.today() - timedelta(days=1), state=State.DONE)
    with database.reading() as session:
        assert queries.list_actions(session)[0].id == late.id
        assert queries.count_overdue(session) == 1
    assert staff.signed_in(app, Role.MANAGER).get("/staff/improvements/").text.count("Overdue") == 1


def test_a_theme_leads_to_what_answers_it(app: Flask, database: Database) -> None:
    add(database, summary="About reports")
    add(database, summary="About the plan", themes=["plan", "change"])
    client = staff.signed_in(app, Role.MANAGER)
    page = client.get("/staff/improvements/?theme=plan")
    assert "About the plan" in page.text
    assert "About reports" not in page.text
    assert "Add the plan of 2012" not in client.get("/staff/improvements/?theme=safe").text
    assert "About reports" in client.get("/staff/improvements/?theme=nonsense").text


def test_the_example_is_whole_and_comes_once(app: Flask, database: Database) -> None:
    arguments = ["import-actions", "--example", "--owner", "head@council.example"]
    done = app.test_cli_runner().invoke(args=arguments)
    assert done.exit_code == 0, done.output
    with database.reading() as session:
        found = {action.number: action for action in session.scalars(select(Action))}
    assert sorted(found) == [1, 2, 3, 4, 5, 7, 8, 9, 10]
    assert {found[number].owner_person for number in found} == {"head@council.example"}
    assert app.test_cli_runner().invoke(args=arguments).exit_code == 1
    with database.transaction() as session, pytest.raises(NumberTaken):
        operations.import_example(session, owner="x@council.example", heard_in="2025-Q1", by=None)


def test_the_button_imports_the_example_too(app: Flask, database: Database) -> None:
    client = staff.signed_in(app, Role.MANAGER)
    overview = client.get("/staff/improvements/")
    token = overview.markup.hidden["csrf_token"]
    assert client.http.post("/staff/improvements/example", data={"csrf_token": token}).status_code == 303
    with database.reading() as session:
        assert len(queries.list_actions(session)) == 9


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (40, 60, Verdict.LIKELY_BETTER),
        (60, 40, Verdict.LIKELY_WORSE),
        (50, 52, Verdict.NO_CLEAR_CHANGE),
        (None, 60, Verdict.TOO_FEW),
    ],
)
def test_later_voices_of_the_same_group_decide(
    database: Database, before: int | None, after: int, verdict: Verdict
) -> None:
    action = add(database)
    release(database, "2025-Q1", before)
    release(database, "2025-Q2", 99)  # the quarter of the change itself says neither
    release(database, "2025-Q4", after)
    with database.reading() as session:
        effect = effects.find_effect(session, action)
    assert effect.verdict == verdict
    assert (str(effect.before_in), str(effect.after_in)) == ("2025-Q1", "2025-Q4")


def test_the_proof_stands_beside_the_owners_claim(app: Flask, database: Database) -> None:
    action = add(database, claim="Everybody is happy now.")
    release(database, "2025-Q1", 60)
    release(database, "2025-Q4", 40)
    page = staff.signed_in(app, Role.MANAGER).get(f"/staff/improvements/{action.id}")
    listed = staff.signed_in(app, Role.MANAGER).get("/staff/improvements/")
    assert "likely worse" in listed.text
    assert "Everybody is happy now." in page.text
    assert "likely worse" in page.text
    assert "Before, 2025-Q1" in page.text


def test_families_read_what_is_written_in_their_language_and_version(client: Client, database: Database) -> None:
    add(database)
    release(database, "2025-Q1", 40, people=25)
    assert "Reports come too late." in client.get("/en/you-said").text
    assert "about 25 people told us" in client.get("/en/you-said").text
    assert "Reports come too late." in client.get("/pl/you-said").text
    assert "We have this only in English so far." not in client.get("/pl/you-said").html
    assert "Reports come too late." not in client.get("/en/you-said?version=child").text
    assert client.get("/en/you-said?version=grown-up").status == 404


def test_what_is_not_translated_is_shown_in_english_and_marked_so(client: Client, database: Database) -> None:
    add(database)
    page = client.get("/ar/you-said")
    assert page.markup.root == {"lang": "ar", "dir": "rtl"}
    for words in WORDS.values():
        assert re.search(f'<p class="govuk-body[^>]* lang="en-GB" dir="ltr">{words}</p>', page.html)


def test_nothing_is_public_before_the_owner_says_so_and_small_numbers_never(client: Client, database: Database) -> None:
    add(database, is_public=False)
    assert "There is nothing here in this language yet." in client.get("/en/you-said").text
    add(database)
    release(database, "2025-Q1", 40, people=None)
    assert "people told us" not in client.get("/en/you-said").text


def test_one_tap_says_that_it_is_not_fixed_and_the_owner_sees_it(
    app: Flask, client: Client, database: Database
) -> None:
    action = add(database)
    for _ in range(11):
        page = client.get("/en/you-said")
        told = client.post(page, answer=str(action.id))
        assert told.url.endswith(f"#about-{action.id}")
        assert "not fixed for everyone" in told.text
    with database.reading() as session:
        assert queries.count_taps(session, action.id) == {QUARTER: 11}
    assert f"{QUARTER} 10" in staff.signed_in(app, Role.MANAGER).get(f"/staff/improvements/{action.id}").text


def test_fewer_than_ten_taps_are_not_counted_out(app: Flask, client: Client, database: Database) -> None:
    action = add(database)
    page = client.get("/pl/you-said")
    client.http.post("/pl/you-said", data=page.markup.hidden | {"answer": str(action.id)})
    shown = staff.signed_in(app, Role.MANAGER).get(f"/staff/improvements/{action.id}").text
    assert f"{QUARTER} fewer than ten" in shown


@pytest.mark.parametrize("written", ["987654", "", "x"])
def test_a_tap_on_nothing_counts_nothing(client: Client, database: Database, written: str) -> None:
    action = add(database)
    hidden = client.get("/en/you-said").markup.hidden
    assert client.http.post("/en/you-said", data=hidden | {"answer": written}).status_code == 422
    with database.reading() as session:
        assert queries.count_taps(session, action.id) == {}


def test_words_for_families_are_whole_or_not_there(app: Flask, database: Database) -> None:
    action = add(database)
    client = staff.signed_in(app, Role.MANAGER)
    address = f"/staff/improvements/{action.id}/words?language=pl&version=young"
    assert client.post(client.get(address), **(WORDS | {"answered": ""})).status == 422
    client.post(client.get(address), heard="", answered="", changed="")
    with database.reading() as session:
        assert queries.find_text(session, action.id, "pl", "young") is None
        assert queries.find_text(session, action.id, "en", "young") is not None
