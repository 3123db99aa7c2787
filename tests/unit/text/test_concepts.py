"""What kind of thing a word means: synonyms, misspellings and other languages meet in one kind."""

from __future__ import annotations

import pytest

from feedback.text import features
from feedback.text.concepts import kinds


@pytest.mark.parametrize("words", [("rang", "phoned", "called"), ("scared", "frightened", "skard"), ("mum", "mother")])
def test_words_that_mean_the_same_share_a_kind(words):
    shared = set.intersection(*(set(kinds(word)) for word in words))
    assert shared


def test_opposites_share_none():
    assert not set(kinds("late")) & set(kinds("early"))
    assert not set(kinds("kind")) & set(kinds("rude"))


def test_a_word_that_tells_nothing_has_no_kind():
    assert kinds("the") == () == kinds("xqzv")


def test_no_word_has_more_than_two_kinds():
    assert all(len(kinds(word)) <= 2 for word in ("minutes", "kind", "letter", "dont", "social", "like"))


def test_other_languages_come_to_the_same_kinds():
    english = features.read("she phoned", "en")
    polish = features.read("zadzwoniła", "pl")
    assert set(english.kinds) & set(polish.kinds)
    assert set(english.ideas) & set(polish.ideas)
