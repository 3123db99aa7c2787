"""The English stays readable: every set of texts at or below the reading age aimed at."""

from __future__ import annotations

import pytest

from tests.bench import reading_age

SETS = reading_age.sets()
CHILD_READS, UNIVERSITY = 7, 18


@pytest.mark.parametrize("name", SETS)
def test_a_set_of_texts_is_at_or_below_its_reading_age(name: str) -> None:
    texts, aim = SETS[name]
    assert reading_age.read(texts).age <= aim


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1),
        ("meeting", 2),
        ("people", 2),
        ("family", 3),
        ("asked", 1),
        ("wanted", 2),
        ("code", 1),
        ("advocate", 3),
    ],
)
def test_syllables_are_counted_by_rule(word: str, count: int) -> None:
    assert reading_age.syllables(word) == count


def test_hard_text_is_told_from_easy_text() -> None:
    easy = reading_age.read(["We read what you write. You can stop."])
    hard = reading_age.read(
        ["Notwithstanding statutory safeguarding obligations, confidentiality considerations prevail."]
    )
    assert easy.age < CHILD_READS < UNIVERSITY < hard.age
