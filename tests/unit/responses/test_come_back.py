"""Codes to come back with: forty bits, one spelling however they are typed, words that cannot be mixed up."""

from __future__ import annotations

import math
import unicodedata

import pytest

from feedback import i18n
from feedback.responses import come_back
from feedback.security import Hasher

LISTED = 256
WITH_WORDS = [code for code in i18n.LANGUAGES if come_back.word_list(code)]


def test_words_and_digits_are_equally_hard_to_guess() -> None:
    assert math.log2(LISTED) * come_back.WORDS == 40
    assert round(math.log2(10) * come_back.DIGITS) == 40


@pytest.mark.parametrize("language", WITH_WORDS)
def test_a_list_of_words_has_its_length_and_no_two_that_are_spelled_alike(language: str) -> None:
    words = come_back.word_list(language)
    assert len(words) == LISTED
    assert len(come_back.new_code(language).split()) == come_back.WORDS
    assert len({come_back.spelled(word) for word in words}) == len(words)
    for word in words:
        assert " " not in come_back.spelled(word), word
        assert not any(c.isdigit() for c in word), word
        assert all(unicodedata.category(c)[0] in "LM" or c in "\u200c\u200d" for c in word), word


def test_a_language_without_words_gets_digits_in_groups() -> None:
    code = come_back.new_code("zh_Hant")
    assert [len(group) for group in code.split()] == [4, 4, 4]
    assert code.replace(" ", "").isdigit()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  Apple,  KAYAK. lemon ", "apple kayak lemon"),
        ("żółw łódka", "zolw lodka"),
        ("آسمان أحمر", "اسمان احمر"),
        ("مَدْرَسَة", "مدرسه"),
        ("گھر ہاتھی", "گهر هاتهی"),
        ("IŞIK", "ışık"),
        ("1234-5678 9012", "1234 5678 9012"),
        ("١٢٣٤ ۵۶۷۸ 9012", "1234 5678 9012"),
        ("كتاب يد", "کتاب ید"),
        ("தமிழ்  நீர்", "தமிழ் நீர்"),
        ("کتاب\u200cخانه", "کتابخانه"),
        ("café", "cafe\u0301"),
    ],
)
def test_a_code_is_the_same_however_it_is_typed(typed: str, meant: str) -> None:
    assert come_back.spelled(typed) == come_back.spelled(meant)


def test_marks_that_are_vowels_make_a_difference() -> None:
    assert come_back.spelled("நீர்") != come_back.spelled("நார்")


def test_another_code_or_another_key_leads_elsewhere() -> None:
    here, there = Hasher(("one",)), Hasher(("two", "one"))
    assert come_back.locks(here, "a b")[0].place != come_back.locks(here, "a c")[0].place
    places = [lock.place for lock in come_back.locks(there, "a b")]
    assert places[1] == come_back.locks(here, "a b")[0].place, "a code made under an older key still opens"
    assert places[0] != places[1]


def test_two_codes_are_never_the_same() -> None:
    assert len({come_back.new_code("en") for _ in range(200)}) == 200
