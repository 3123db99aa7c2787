"""Themes learnt from readers' corrections: asked for on a page, learnt by the worker, judged, used, taken back."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from feedback import clock
from feedback.accounts.models import Person
from feedback.accounts.permissions import Role
from feedback.analysis import operations as analysis
from feedback.analysis import theme_operations as learning
from feedback.analysis import theme_queries as queries
from feedback.analysis.models import WHOLE, Finding, ModelState, ThemeModel, ThemeWeights
from feedback.audit.actions import Action
from feedback.audit.models import AuditEntry
from feedback.clock import Quarter
from feedback.db import Database
from feedback.reports import releases
from feedback.responses.models import Response
from feedback.text import corrections
from tests import staff
from tests.client import Client, Page
from tests.teaching import SAID, read, take_back, teach, tell

PAGE = "/staff/engine/learning/"
NEW = "The blomper was not for us."


@pytest.fixture
def administrator(app: Flask) -> Client:
    return staff.signed_in(app, Role.ADMINISTRATOR)


@pytest.fixture
def reader(database: Database) -> Person:
    return staff.add(database, Role.READER)


def found(database: Database, comment_id: int) -> tuple[int | None, bool]:
    """Which version judged a comment, and whether it found what readers had taught."""
    with database.reading() as session:
        finding = session.get_one(Finding, comment_id)
        return finding.theme_model, "identity" in {theme.theme for theme in finding.themes}


def states(database: Database) -> dict[int, str]:
    with database.reading() as session:
        return {version.number: version.state for version in queries.list_models(session)}


def lines(database: Database, action: Action) -> list[tuple[str, dict[str, object]]]:
    with database.reading() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.id))
        return [(entry.actor, entry.facts) for entry in entries]


def press(client: Client, to: str, **fields: str) -> Page:
    """Press a button of the page."""
    page = client.get(PAGE)
    answer = client.http.post(PAGE + to, data={"csrf_token": page.markup.hidden["csrf_token"], **fields})
    assert answer.status_code == 303
    return client.get(PAGE)


def test_with_too_few_corrections_the_page_says_how_many_are_needed(
    administrator: Client, database: Database, reader: Person
) -> None:
    read(database, tell(database, SAID["identity"]), "identity", reader, SAID["identity"])
    page = administrator.get(PAGE)
    assert "Learning needs 100 comments" in page.text
    assert "Learn from corrections" not in page.text
    assert states(database) == {}


def test_what_an_administrator_asks_for_the_worker_learns_and_the_next_comment_is_judged_by_it(
    administrator: Client, database: Database, reader: Person
) -> None:
    teach(database, reader)
    before = tell(database, NEW)
    analysis.analyse_pending(database)
    assert found(database, before) == (None, False)
    assert "Version 1 will be learnt" in press(administrator, "learn").text
    assert "already" in press_without_button(administrator).text
    learning.learn_asked(database)
    page = administrator.get(PAGE)
    assert "version 1, learnt here from" in page.text
    assert "In use" in page.text

    after = tell(database, NEW)
    assert analysis.analyse_pending(database) == 1
    assert found(database, after) == (1, True)
    assert found(database, before) == (None, False), "an earlier finding was changed silently"
    analysis.forget_findings(database)
    analysis.analyse_pending(database)
    assert found(database, before) == (1, True)
    [(who, facts)] = lines(database, Action.LEARNING_ASKED)
    assert who.startswith("person:")
    assert facts == {"version": 1}
    assert lines(database, Action.THEMES_LEARNT) == [("system", {"version": 1, "state": "active"})]


def press_without_button(client: Client) -> Page:
    """Send the form again that the page no longer offers; the token stands in the sign-out form as well."""
    return press(client, "learn")


def test_one_that_is_worse_is_refused_with_its_figures_and_keeps_no_weights(
    administrator: Client, database: Database, reader: Person
) -> None:
    teach(database, reader)
    learning.learn_now(database)
    teach(database, reader)
    take_back(database, "family", but=9)
    version = learning.learn_now(database)
    assert states(database) == {1: ModelState.ACTIVE, 2: ModelState.REFUSED}
    assert version.beside == 1
    assert version.macro is not None
    assert version.macro_beside is not None
    assert version.macro < version.macro_beside
    with database.reading() as session:
        assert set(session.scalars(select(ThemeWeights.number))) == {1}
    assert "Refused" in administrator.get(PAGE).text


def test_an_administrator_goes_back_and_forth(administrator: Client, database: Database, reader: Person) -> None:
    teach(database, reader)
    learning.learn_now(database)
    assert "judges what comes in from now on" in press(administrator, "use", number="0").text
    comment = tell(database, NEW)
    analysis.analyse_pending(database)
    assert found(database, comment) == (None, False)
    assert states(database) == {1: ModelState.KEPT}
    press(administrator, "use", number="1")
    comment = tell(database, NEW)
    analysis.analyse_pending(database)
    assert found(database, comment) == (1, True)
    assert [facts for _, facts in lines(database, Action.THEME_MODEL_CHOSEN)] == [
        {"version": "shipped"},
        {"version": 1},
    ]


def test_a_version_that_is_not_kept_cannot_be_chosen(administrator: Client, database: Database, reader: Person) -> None:
    teach(database, reader)
    learning.learn_now(database)
    assert "cannot be taken into use" in press(administrator, "use", number="1").text
    token = administrator.get(PAGE).markup.hidden["csrf_token"]
    for number, status in (("7", 404), ("-1", 400), (str(2**40), 400), ("one", 400), ("", 400)):
        answer = administrator.http.post(f"{PAGE}use", data={"csrf_token": token, "number": number})
        assert answer.status_code == status, number
    assert states(database) == {1: ModelState.ACTIVE}


def test_without_its_token_nothing_is_done(administrator: Client, database: Database, reader: Person) -> None:
    teach(database, reader)
    assert administrator.http.post(f"{PAGE}learn").status_code == 400
    assert administrator.http.post(f"{PAGE}use", data={"number": "0"}).status_code == 400
    assert states(database) == {}


def test_a_version_of_another_engine_is_not_used_and_the_page_says_so(
    administrator: Client, database: Database, reader: Person
) -> None:
    teach(database, reader)
    learning.learn_now(database)
    with database.transaction() as session:
        session.get_one(ThemeModel, 1).engine = "words-0"
    assert "learnt by an earlier engine" in administrator.get(PAGE).text
    comment = tell(database, NEW)
    analysis.analyse_pending(database)
    assert found(database, comment) == (None, False)


def test_weights_that_cannot_be_read_leave_the_shipped_model_in_charge(database: Database, reader: Person) -> None:
    teach(database, reader)
    learning.learn_now(database)
    with database.transaction() as session:
        session.get_one(ThemeWeights, (1, WHOLE)).weights = b"broken"
    comment = tell(database, SAID["family"])
    analysis.analyse_pending(database)
    assert found(database, comment) == (None, False)
    with database.reading() as session:
        assert session.get_one(Finding, comment).tone != "unassessed"


@pytest.mark.parametrize("backend", ["sqlite"])
def test_only_redacted_words_of_answers_that_were_not_taken_back_or_made_up_are_learnt_from(
    database: Database, reader: Person
) -> None:
    read(database, tell(database, "Zbigniew was late."), "identity", reader, "[name] was late.")
    with database.reading() as session:
        [example] = queries.list_corrections(session)
        assert (example.text, example.themes) == ("[name] was late.", {"identity"})
        assert (example.question, example.language, example.group) == ("what_better", "en", "parent")
    read(database, tell(database, "Made up.", is_demo=True), "identity", reader, "Made up.")
    with database.transaction() as session:
        assert queries.count_corrections(session) == 1
        session.execute(select(Response).where(~Response.is_demo)).scalar_one().is_withdrawn = True
    with database.reading() as session:
        assert queries.count_corrections(session) == 0
        assert queries.list_corrections(session) == []


@pytest.mark.parametrize("backend", ["sqlite"])
def test_what_a_worker_left_unfinished_is_given_up_and_can_be_asked_for_again(
    database: Database, reader: Person
) -> None:
    teach(database, reader)
    with database.transaction() as session:
        learning.ask(session)
    with database.transaction() as session:
        learning.give_up(session)
    assert states(database) == {1: ModelState.ASKED}, "what nobody has begun is not lost"
    with database.transaction() as session:
        session.get_one(ThemeModel, 1).state = ModelState.LEARNING
    with database.transaction() as session:
        learning.give_up(session)
        learning.ask(session)
    assert states(database) == {1: ModelState.REFUSED, 2: ModelState.ASKED}


@pytest.mark.parametrize("backend", ["sqlite"])
def test_one_judged_beside_a_model_no_longer_in_use_waits_for_a_person(
    database: Database, reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    teach(database, reader)
    learning.learn_now(database)
    learn = corrections.learn

    def while_somebody_goes_back(*args: object) -> corrections.Learnt:
        with database.transaction() as session:
            learning.use_shipped(session, by=reader)
        return learn(*args)

    monkeypatch.setattr(corrections, "learn", while_somebody_goes_back)
    learning.learn_now(database)
    assert states(database) == {1: ModelState.KEPT, 2: ModelState.KEPT}


@pytest.mark.parametrize("backend", ["sqlite"])
def test_figures_that_are_final_stay_as_they_are(database: Database, reader: Person) -> None:
    past = Quarter.current().shifted(-2)
    for _ in range(30):
        tell(database, NEW, quarter=past)
    frozen = releases.current(database, past)
    assert frozen.is_frozen
    teach(database, reader)
    learning.learn_now(database)
    analysis.forget_findings(database)
    analysis.analyse_pending(database)
    assert releases.current(database, past) == frozen


@pytest.mark.parametrize("backend", ["sqlite"])
def test_the_command_learns_at_once_and_tells_the_figures(app: Flask, database: Database, reader: Person) -> None:
    run = app.test_cli_runner()
    refused = run.invoke(args=["learn-themes"])
    assert refused.exit_code == 1
    assert "Learning needs 100 comments" in refused.output
    teach(database, reader)
    done = run.invoke(args=["learn-themes"])
    assert done.exit_code == 0, done.output
    assert "version 1:" in done.output
    assert "the shipped model: micro-F1" in done.output
    assert "in use from now on" in done.output
    with database.reading() as session:
        version = queries.get_model(session, 1)
        assert (version.made_by, version.made_on) == (None, clock.today())
