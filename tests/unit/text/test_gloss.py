"""Reading words of any language as English ideas."""

import pytest

from feedback.text.gloss import MOST, glosses, ideas, ideas_of
from feedback.text.language import LANGUAGES


def flat(text: str, language: str) -> set[str]:
    return {one for some in ideas_of(text, language) for one in some}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_list(language):
    assert len(glosses(language)) > 400


def test_forms_of_an_english_word_are_one_idea():
    assert ideas_of("said", "en") == ideas_of("says", "en") == ideas_of("sed", "en")


def test_an_english_word_nobody_listed_stands_for_itself():
    assert ideas_of("xylophone", "en") == (("xylophone",),)


@pytest.mark.parametrize(
    ("text", "language"), [("mi madre", "es"), ("moja mama", "pl"), ("媽媽", "zh_Hant"), ("அம்மா", "ta"), ("أمي", "ar")]
)
def test_a_mother_is_one_in_every_language(text, language):
    assert flat(text, language) & (flat("mum", "en") | {"mother"})


def test_what_no_list_knows_says_nothing():
    assert ideas_of("brzdęk", "pl") == ()
    assert ideas(["whatever"], "xx") == ()


def test_a_word_stands_for_few_ideas():
    assert all(len(some) <= MOST for some in ideas_of("que de la escuela con su madre no me", "es"))
