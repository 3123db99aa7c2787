"""A manager of one service sees what releases show of that service, and no other figure."""

from __future__ import annotations

import pytest

from feedback.accounts import operations as accounts
from feedback.accounts.permissions import Role
from feedback.clock import Quarter
from feedback.reports import releases, wording
from tests import staff
from tests.client import Client
from tests.html_tables import tables_of
from tests.unit.reports import outputs, people

PAST = Quarter.current().shifted(-2)
WHOLE_COUNCIL = (
    f"/staff/figures/{PAST}",
    f"/staff/figures/{PAST}/experience/heard",
    f"/staff/figures/{PAST}/themes/listened",
    f"/staff/figures/{PAST}/file/csv",
    f"/staff/figures/years/{PAST.year - 1}-{PAST.year % 100:02}",
    f"/staff/participation/{PAST}",
)
pytestmark = pytest.mark.parametrize("backend", ["sqlite"])


def limited(app, database, services):
    """Return a manager limited to services, signed in."""
    person = staff.add(database, Role.MANAGER)
    with database.transaction() as session:
        own = session.merge(person)
        accounts.change_roles(session, person=own, roles=[Role.MANAGER], services=services, by="test")
    client = Client(app.test_client())
    staff.sign_in(client, person.email)
    return client


@pytest.fixture
def release(database):
    """A final quarter of ninety people, some of one service."""
    with database.transaction() as session:
        people.arrive(session, 90, quarter=PAST, seed=3)
    return releases.current(database, PAST)


def test_a_limited_manager_sees_their_service_as_the_release_shows_it(app, database, release):
    page = limited(app, database, ["tapss"]).get(f"/staff/service-figures/{PAST}")
    parts = [part for each in release.figures["constructs"] for part in each["splits"]["event_type_service"]]
    shown = [cells for _, rows in tables_of(page.html) for _, *cells in rows]
    assert len(shown) > 0
    assert [outputs.share_of(cells)["base"] for cells in shown] == [part["favourable"]["base"] for part in parts]
    assert wording.NOT_FOR in page.text


@pytest.mark.usefixtures("release")
def test_of_another_service_they_see_nothing(app, database):
    page = limited(app, database, ["referral"]).get(f"/staff/service-figures/{PAST}")
    assert page.status == 200
    assert tables_of(page.html) == []


@pytest.mark.parametrize("address", WHOLE_COUNCIL)
def test_the_whole_councils_figures_are_closed_to_them(app, database, address):
    assert limited(app, database, ["tapss"]).get(address).status == 403


def test_a_manager_without_limits_reads_the_whole_and_has_no_page_of_one_service(app):
    manager = staff.signed_in(app, Role.MANAGER)
    assert manager.get(f"/staff/figures/{PAST}").status == 200
    assert manager.get("/staff/service-figures/").status == 403


def test_an_administrator_limits_a_manager_to_a_service(app, database):
    person, administrator = staff.add(database, Role.MANAGER), staff.signed_in(app, Role.ADMINISTRATOR)
    address = f"/staff/people/{person.id}"
    administrator.post(administrator.get(address), roles=["manager"], services=["tapss"])
    assert 'value="tapss" checked' in administrator.get(address).html.replace("\n", " ")
    administrator.post(administrator.get(address), roles=["manager"], services=[])
    assert 'value="tapss" checked' not in administrator.get(address).html


def test_a_running_quarter_shows_no_service(app, database):
    with database.transaction() as session:
        people.arrive(session, 40, quarter=Quarter.current(), seed=8)
    page = limited(app, database, ["tapss"]).get(f"/staff/service-figures/{Quarter.current()}")
    assert "once the quarter is final" in page.text
    assert tables_of(page.html) == []
