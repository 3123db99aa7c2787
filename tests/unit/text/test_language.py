"""Which language a text is written in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.text.language import LANGUAGES, detect


@pytest.mark.parametrize(
    ("text", "prior", "expected"),
    [
        ("nobody lissened to me", None, "en"),
        ("Nikt mnie nie słuchał", "en", "pl"),
        ("nikt mnie nie sluchal i nic nie jest dobrze", "en", "pl"),
        ("mujhe kuch samajh nahi aya", "en", "ur"),
        ("هیچ کس به من گوش نکرد", "ar", "fa"),
        ("میری بات کسی نے نہیں سنی", None, "ur"),
        ("لم يسمعني أحد", None, "ar"),
        ("Ніхто мене не слухав", None, "uk"),
        ("Никой не ме слуша", None, "bg"),
        ("沒有人聽我說", "en", "zh_Hant"),
        ("எனக்கு புரியவில்லை", None, "ta"),
        ("আমার কথা কেউ শোনেনি", None, "bn"),
    ],
)
def test_it_hears_the_language_over_the_form(text, prior, expected):
    assert detect(text, prior) == expected


def test_it_trusts_the_form_when_the_writing_leaves_it_open():
    assert detect("ok", "tr") == "tr"
    assert detect("😀", "pl") == "pl"


def test_unknown_stays_unknown():
    assert detect("waan ka xumahay inaan la kulmo", None) is None
    assert detect("እኔ ደስተኛ ነኝ", "en") is None
    assert detect("Мне очень плохо", None) is None
    assert detect("😀", None) is None


def test_it_reads_the_codes_that_browsers_send():
    assert detect("ok", "zh-Hant-HK") == "zh_Hant"
    assert detect("ok", "pt-BR") == "pt"
    assert detect("mmm", "xx") is None


@given(st.text(), st.sampled_from([None, *LANGUAGES]))
def test_it_always_answers_one_of_ours_or_nothing(text, prior):
    assert detect(text, prior) in {None, *LANGUAGES}
