"""Counting the silence: recorded by role in one form, counted once a quarter, shown through the gate only."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from feedback.accounts.permissions import Role
from feedback.clock import Quarter
from feedback.db import Database
from feedback.events import operations, queries
from feedback.events.operations import DoesNotFit, Had
from feedback.identity.operations import issue_codes
from feedback.reports import cards, participation, releases
from feedback.responses.models import Response
from tests import staff
from tests.client import Page
from tests.unit.reports import people

QUARTER, DAY = Quarter(2026, 1), date(2026, 2, 3)
TOLD = {"told_by": "letter", "language": "en"}


def had(who: str, number: int = 1, **changes: Any) -> list[Had]:
    """Return so many people of a role who were told, came and spoke."""
    usual: dict[str, Any] = {"was_told": True, "attendance": "came", "took_part": "in_person", **TOLD}
    return [Had(who=who, **(usual | changes)) for _ in range(number)]


def silent(who: str, number: int = 1, **changes: Any) -> list[Had]:
    """Return so many people of a role whom nobody told."""
    nothing = {"was_told": False, "told_by": None, "language": None, "attendance": "not", "took_part": "not"}
    return had(who, number, **(nothing | {"why_not": "not_told"} | changes))


def held(database: Database, people: list[Had], *, event_type: str = "icpc", day: date = DAY) -> None:
    """Keep an event with these people."""
    by = staff.add(database, Role.ADMINISTRATOR)
    with database.transaction() as session:
        number = len(queries.list_events(session)) + 1
        event = operations.add_event(session, reference=f"E{number}", event_type=event_type, held_on=day)
        operations.record_participation(session, event=event, people=people, by=by)


def of(figures: dict[str, Any], measure: str, split: str = "", **wanted: str) -> dict[str, Any]:
    """Return a share as it is released."""
    found: dict[str, Any] = next(each for each in figures["measures"] if each["id"] == measure)
    parts = found["splits"].get(split, [{"share": found["everyone"]}])
    share: dict[str, Any] = next(each["share"] for each in parts if wanted.items() <= each.items())
    return share


def test_an_event_and_its_people_are_recorded_in_two_short_forms(app: Flask, database: Database) -> None:
    client = staff.signed_in(app, Role.ADMINISTRATOR)
    page = client.get("/staff/events/")
    page = client.post(page, reference="CP-1", event_type="icpc", service="", held_on="2026-02-03")
    assert page.heading == "Who had a say: CP-1"
    assert "Person 3" in page.text
    done = client.post(
        page,
        **people_of(
            page,
            ["mother", "father"],
            {"1-told_by": "not", "1-why_not": "not_told", "1-took_part": "not", "1-attendance": "not"},
        ),
    )
    assert "Recorded for CP-1." in done.text
    with database.reading() as session:
        event = queries.find_by_reference(session, "CP-1")
        assert event is not None
        found = [(each.who, each.was_told, each.language) for each in queries.list_people(session, event.id)]
    assert found == [("mother", True, "en"), ("father", False, None)]


def people_of(page: Page, roles: list[str], changes: dict[str, str]) -> dict[str, str]:
    """Return the form as it opens, with these roles chosen and these fields changed."""
    usual = {"told_by": "talk", "language": "en", "attendance": "came", "took_part": "in_person"}
    usual |= {"advocate_offered": "no", "why_not": "", "age_band": "", "ethnic_group": ""}
    rows = [usual | {"who": role} for role in roles]
    sent = {f"people-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}
    return page.markup.hidden | sent | {f"people-{name}": value for name, value in changes.items()}


def test_what_contradicts_itself_is_refused_and_what_was_there_stays(app: Flask, database: Database) -> None:
    held(database, had("mother"))
    client = staff.signed_in(app, Role.ADMINISTRATOR)
    page = client.get("/staff/events/1")
    refused = client.post(page, **people_of(page, ["young"], {"0-took_part": "not"}))
    assert refused.status == 422
    assert "Say why whoever did not take part did not." in refused.text
    with database.reading() as session:
        assert [each.who for each in queries.list_people(session, 1)] == ["mother"]
    by = staff.add(database, Role.ADMINISTRATOR)
    with database.transaction() as session:
        event = queries.get_event(session, 1)
    with database.transaction() as session, pytest.raises(DoesNotFit):
        operations.record_participation(session, event=event, people=had("young", why_not="not_safe"), by=by)


def test_nothing_is_claimed_that_nobody_has_said(app: Flask, database: Database) -> None:
    held(database, [])
    client = staff.signed_in(app, Role.ADMINISTRATOR)
    page = client.get("/staff/events/1")
    assert "selected" not in page.html.replace(' value="" selected', "")
    assert page.markup.checked == {}
    refused = client.post(page, **people_of(page, ["father"], {"0-advocate_offered": "", "0-told_by": ""}))
    assert refused.status == 422
    assert "Father: say “Told”" in refused.text
    assert "Father: say “Offered an advocate”" in refused.text


def test_age_and_ethnic_group_are_kept_and_shown_again(app: Flask, database: Database) -> None:
    held(database, [])
    client = staff.signed_in(app, Role.ADMINISTRATOR)
    page = client.get("/staff/events/1")
    extra = {"0-age_band": "14_15", "0-ethnic_group": "gypsy_roma_traveller", "0-advocate_offered": "yes"}
    assert client.post(page, **people_of(page, ["mother"], extra)).status == 422, "no mother is 14"
    client.post(page, **people_of(page, ["young"], extra))
    with database.reading() as session:
        (person,) = queries.list_people(session, 1)
    assert (person.age_band, person.ethnic_group, person.advocate_offered) == ("14_15", "gypsy_roma_traveller", True)
    assert '<option value="14_15" selected' in client.get("/staff/events/1").html


def test_a_reference_is_used_once(app: Flask, database: Database) -> None:
    held(database, had("mother"))
    client = staff.signed_in(app, Role.ADMINISTRATOR)
    page = client.get("/staff/events/")
    page = client.post(page, reference="E1", event_type="icpc", service="", held_on="2026-02-03")
    assert (page.status, "already" in page.text) == (422, True)


def test_rates_stand_beside_the_number_who_could_have_taken_part(database: Database) -> None:
    held(database, had("mother", 60) + silent("father", 20) + had("young", 50, advocate_offered=True))
    held(database, had("young", 40) + silent("young", 30), event_type="rcpc")
    figures = participation.current(database, QUARTER)
    assert figures is not None
    assert figures["people"] == 200
    assert (of(figures, "told")["percent"], of(figures, "told")["base"]) == (75, 200)
    assert of(figures, "told", "group", group="parent")["percent"] == 75
    assert of(figures, "advocate", "group", group="young")["percent"] == 42
    assert {each["id"]: each["value"] for each in figures["reasons"]} == {"not_told": 50}


def test_rates_are_split_by_age_and_ethnic_group_with_those_not_recorded(database: Database) -> None:
    held(database, had("young", 40, age_band="14_15", ethnic_group="black") + silent("young", 40, age_band="16_18"))
    figures = participation.current(database, QUARTER)
    assert figures is not None
    assert of(figures, "told", "group_age_band", age_band="16_18")["at_least"] == 0
    assert of(figures, "told", "ethnic_group", ethnic_group="black")["base"] == 40
    assert of(figures, "told", "ethnic_group", ethnic_group="not_recorded")["base"] == 40


def test_answers_stand_beside_those_who_could_have_answered(app: Flask, database: Database) -> None:
    held(database, had("mother", 60) + had("young", 50))
    with database.transaction() as session:
        people.arrive(session, 60, quarter=QUARTER, seed=5)
    shown = releases.current(database, QUARTER).figures["responses"]["groups"]
    page = staff.signed_in(app, Role.MANAGER).get("/staff/participation/2026-Q1")
    parents = next(each["base"] for each in shown if each["id"] == "parent")
    assert f"Parents and carers 60 {parents} about" in page.text


def test_answers_by_ethnic_group_stand_beside_those_who_are_asked_about_it(app: Flask, database: Database) -> None:
    held(database, had("mother", 60, ethnic_group="white") + had("young", 20, ethnic_group="asian"))
    held(database, had("mother", 20, ethnic_group="asian") + had("child", 20, ethnic_group="white"))
    figures = participation.current(database, QUARTER)
    assert figures is not None
    could = {part["id"]: part["value"] for part in figures["could_say"]["ethnic_group"]}
    assert could == {"asian": 40, "white": 60}, "the twenty children are not asked"
    with database.transaction() as session:
        people.arrive(session, 80, quarter=QUARTER, seed=5)
    counted = participation.answered(releases.current(database, QUARTER).figures, "ethnic_group")
    white = counted[frozenset({("ethnic_group", "white")})]
    page = staff.signed_in(app, Role.MANAGER).get("/staff/participation/2026-Q1")
    assert f"White 60 {white} at least about {5 * round(20 * white / 60)}%" in page.text
    assert "the real shares are higher" in page.text


def test_answers_with_a_card_stand_beside_the_cards_that_were_made(app: Flask, database: Database) -> None:
    held(database, had("mother", 60))
    with database.transaction() as session:
        event = queries.get_event(session, 1)
        issue_codes(session, event=event, audience="parent", number=80, by="test")
        issue_codes(session, event=event, audience="young", number=13, by="test")
        people.arrive(session, 80, quarter=QUARTER, seed=5)
        everybody = session.scalars(select(Response).order_by(Response.arrival)).all()
        for response in everybody:
            response.has_code = response.arrival % 2 == 0
        answered = [each for each in everybody if each.audience == "parent"]
        came = [each for each in answered if each.has_code]
        came[0].stage = "end"
    share = releases.current(database, QUARTER).figures["cards"]["splits"]["group"]
    parent = next(each["share"] for each in share if each["id"] == "parent")
    assert parent["percent"] == round(100 * (len(came) - 1) / len(answered)), (
        "the end of a journey comes with the card of its start"
    )
    page = staff.signed_in(app, Role.MANAGER).get("/staff/participation/2026-Q1")
    assert re.search(r"Parents and carers 80 (15|20|25) about \d+%", page.text)
    made = {part["id"]: part["value"] for part in cards.made({("icpc", "parent"): 80, ("icpc", "child"): 3})["group"]}
    assert made == {"child": None, "parent": None}, "everybody less the parents would be the three children"


def test_where_no_share_per_card_can_be_shown_the_page_says_so(app: Flask, database: Database) -> None:
    held(database, had("mother", 60))
    page = staff.signed_in(app, Role.MANAGER).get("/staff/participation/2026-Q1")
    assert "No share of answers per card can be shown" in page.text


def test_small_groups_stay_hidden_and_cannot_be_subtracted(database: Database) -> None:
    held(database, had("mother", 40) + silent("mother", 20) + silent("child", 3))
    figures = participation.current(database, QUARTER)
    assert figures is not None
    small = of(figures, "told", "group", group="child")
    rest = of(figures, "told", "group", group="parent")
    assert (small["percent"], small["base"], small["at_least"]) == (None, None, None)
    assert rest["percent"] is None, "everybody less the parents would be the three children"


def test_a_few_of_one_age_are_not_what_is_left_of_their_group(database: Database) -> None:
    held(database, had("young", 20, age_band="14_15") + silent("young", 17, age_band="14_15"))
    held(database, silent("young", 3, age_band="16_18") + had("mother", 40) + silent("mother", 20))
    figures = participation.current(database, QUARTER)
    assert figures is not None
    assert of(figures, "told", "group", group="young")["percent"] is not None
    for age in ("14_15", "16_18"):
        assert of(figures, "told", "group_age_band", age_band=age)["percent"] is None, age


def test_under_ten_nothing_is_shown(app: Flask, database: Database) -> None:
    held(database, silent("father", 9))
    assert participation.current(database, QUARTER)["measures"] == []  # type: ignore[index]
    page = staff.signed_in(app, Role.MANAGER).get("/staff/participation/2026-Q1")
    assert "Fewer than ten people are recorded" in page.text


def test_a_quarter_is_counted_once_and_only_when_it_has_settled(database: Database) -> None:
    assert participation.current(database, Quarter.current()) is None
    held(database, had("mother", 50))
    first = participation.current(database, QUARTER)
    held(database, silent("mother", 1))
    assert participation.current(database, QUARTER) == first


def test_the_page_names_those_told_least_often_first(app: Flask, database: Database) -> None:
    held(database, had("mother", 60) + silent("mother", 10) + had("young", 30) + silent("young", 30))
    page = staff.signed_in(app, Role.MANAGER).get("/staff/participation/2026-Q1")
    assert page.status == 200
    told = page.text[page.text.index("Told least often") :]
    assert told.index("Young people") < told.index("Parents and carers")
    assert "About 130 people should have had a say" in page.text
