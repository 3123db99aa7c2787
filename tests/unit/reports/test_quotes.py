"""A person's own words need their consent, a reader, a check and a crowd."""

import pytest

from feedback.reports import disclosure
from feedback.reports.disclosure import Why

FINE = {"base": 10, "has_permission": True, "is_read": True, "is_redaction_checked": True}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, None),
        ({"beside": ["group", "event_type"]}, None),
        ({"base": 9}, Why.FEWER_THAN_TEN),
        ({"has_permission": False}, Why.NO_CONSENT),
        ({"is_read": False}, Why.NOT_READ),
        ({"is_redaction_checked": False}, Why.NOT_REDACTED),
        ({"beside": ["ethnic_group"]}, Why.WITH_ETHNIC_GROUP),
    ],
)
def test_a_quote_needs_all_of_it(change, why):
    assert disclosure.may_quote(**FINE | change).why is why
