"""Texts of which nobody says who wrote them."""

import pytest

from feedback.text.analyse import analyse
from feedback.text.features import NOBODY, asked_nothing, read
from feedback.text.model import shipped, together
from feedback.text.scales import Weighed
from feedback.text.writer import NAME, models, supposed

FAMILY = "the social worker came to school and told us what the plan was before the conference"
PATIENT = "The nurses on the ward changed my dressing and the doctor at the surgery explained my medication"


def group(text, language="en", question=None, said=None):
    writing = read(text, language, question, said)
    writings = [writing, asked_nothing(writing)]
    whole, *_ = supposed(writings, Weighed(together(models()), writings))[0]
    return whole.group


@pytest.mark.parametrize("question", [None, "what_good"])
def test_what_reads_like_a_familys_counts_as_a_familys(question):
    assert group(FAMILY, question=question) != NOBODY
    assert group(PATIENT, question=question) == NOBODY


def test_in_another_language_only_families_write():
    assert group("Lekarz był miły i pielęgniarka też", "pl") != NOBODY


def test_who_is_known_stays():
    assert group(FAMILY, said="parent") == "parent"
    assert group(PATIENT, said="child") == "child"


def test_what_was_weighed_is_still_known():
    writing = read(FAMILY, "en", "what_good")
    writings = [writing, asked_nothing(writing)]
    before = Weighed(together(models()), writings)
    now, after = supposed(writings, before)
    columns = after.scales.columns[0]
    assert (after.of(now, columns) == before.of(writings, columns)).all()
    assert before.of(now, columns) is None


def test_the_model_keeps_no_facts_about_who_answered():
    assert not shipped(NAME).facts


def test_a_comment_is_read_alike_whether_or_not_its_writer_is_named():
    named = analyse(FAMILY, language="en", question="what_good", group="young")
    unnamed = analyse(FAMILY, language="en", question="what_good")
    assert (unnamed.label, unnamed.score, unnamed.themes) == (named.label, named.score, named.themes)
