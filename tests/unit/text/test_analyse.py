"""The one call the rest of the house makes."""

import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.text.analyse import ENGINE, analyse
from feedback.text.codebook import MOST, THEMES
from feedback.text.findings import Tone
from feedback.text.language import LANGUAGES
from feedback.text.sentiment import NEUTRAL_BELOW


def label(text, question=None, language="en", group="parent"):
    return analyse(text, language=language, question=question, group=group).label


def test_it_writes_what_the_contract_says():
    told = analyse("nobody lissened to me", language="en", question="what_better", group="child").as_json()
    assert set(told) == {"language", "sentiment", "themes", "concerns", "redacted", "engine"}
    assert set(told["sentiment"]) == {"label", "score"}
    assert told["language"] == "en"
    assert told["engine"] == ENGINE
    assert told["redacted"] == "nobody lissened to me"
    for theme in told["themes"]:
        assert set(theme) == {"id", "score", "tone", "words"}
        assert theme["id"] in THEMES


def test_nothing_means_what_the_question_makes_of_it():
    assert label("Nothing", "what_good") is Tone.NEGATIVE
    assert label("Nothing", "what_better") is Tone.POSITIVE
    assert label("nic", "what_good", "pl") is Tone.NEGATIVE
    assert label("沒有", "what_better", "zh_Hant") is Tone.POSITIVE


def test_plain_praise_and_plain_blame_are_told_apart():
    assert label("She was kind and explained everything, thank you", "what_good") is Tone.POSITIVE
    assert label("Nobody listened to me and they never rang back", "what_better") is Tone.NEGATIVE


def test_a_negation_turns_a_good_word():
    good = analyse("they were helpful", language="en", group="parent").score
    assert analyse("they were not helpful", language="en", group="parent").score < good


def test_themes_come_with_the_words_that_mattered():
    found = {theme.id: theme for theme in analyse("the interpreter never came", language="en", group="parent").themes}
    assert "interpreter" in found["language"].words


def test_themes_are_found_in_every_language():
    said = {
        "pl": "nikt mnie nie słuchał", "es": "nadie me escuchó", "ur": "کسی نے میری بات نہیں سنی",
        "zh_Hant": "沒有人聽我說", "ta": "யாரும் நான் சொன்னத கேக்கல", "bn": "কেউ আমার কথা শোনেনি",
    }  # fmt: skip
    for language, text in said.items():
        themes = [theme.id for theme in analyse(text, language=language, question="what_better").themes]
        assert "listened" in themes, language


@pytest.mark.parametrize("text", ["", "   ", "...", "\u200b\u202e", "\x00"])
def test_what_holds_no_word_is_unassessed_never_neutral(text):
    found = analyse(text, language="en")
    assert found.label is Tone.UNASSESSED
    assert found.score is None
    assert found.themes == ()


def test_a_language_nobody_here_knows_is_unassessed():
    assert analyse("እኔ ደስተኛ ነኝ", language="en").label is Tone.UNASSESSED


def test_label_and_score_never_disagree():
    for text in ("good", "bad", "it was ok", "kind but late", "They came at ten."):
        found = analyse(text, language="en", group="young")
        if found.label is Tone.POSITIVE:
            assert found.score >= NEUTRAL_BELOW
        elif found.label is Tone.NEGATIVE:
            assert found.score <= -NEUTRAL_BELOW
        else:
            assert abs(found.score) < NEUTRAL_BELOW


HOSTILE = [
    "a" * 100_000,
    "no " * 33_333,
    "!" * 100_000,
    "😀" * 20_000,
    "(" * 50_000 + ")" * 50_000,
    "a\u0301" * 40_000,
    "\u202e\u200b" * 50_000,
    "مرحبا hello 你好 வணக்கம் " * 4_000,
    ("aaa." * 20 + "'") * 1_000,
    "\ud800 lone half",
    "\n" * 100_000,
    "@" * 30_000 + "." * 30_000 + "com",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_answered(text):
    assert analyse(text, language="en", question="what_good", group="child").engine == ENGINE


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(max_size=300),
    st.sampled_from([None, "xx", *LANGUAGES]),
    st.sampled_from([None, "what_good", "what_better", "anything_else"]),
    st.sampled_from([None, "child", "young", "parent"]),
)
def test_any_text_gets_an_answer_within_bounds(text, language, question, group):
    found = analyse(text, language=language, question=question, group=group)
    assert found.language in {None, *LANGUAGES}
    assert found.score is None or -1 <= found.score <= 1
    assert (found.score is None) == (found.label is Tone.UNASSESSED)
    assert len(found.themes) <= MOST
    assert all(0 <= theme.score <= 1 for theme in found.themes)


def test_heavy_libraries_are_loaded_on_first_use_only():
    code = (
        "import sys, types\n"
        "house = types.ModuleType('feedback'); house.__path__ = ['feedback']; sys.modules['feedback'] = house\n"
        "import feedback.text.analyse\n"
        "print([name for name in ('numpy', 'scipy', 'sklearn', 'textblob', 'nltk', 'flask') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_without_a_question_a_story_with_a_worry_in_it_may_still_be_praise():
    text = "The staff were excellent and kind. I wanted to die and they saved me, I cannot thank them enough."
    assert any(one.level >= 2 for one in analyse(text, language="en").concerns)
    assert analyse(text, language="en").label is Tone.POSITIVE
    assert analyse(text, language="en", question="what_good").label is not Tone.POSITIVE


@pytest.mark.parametrize("question", ["what_good", "what_better", "anything_else"])
@pytest.mark.parametrize(
    "text", ["he hit me and i am scared to go home", "she is nice. uncle comes in my room at night"]
)
def test_what_may_be_harm_never_reads_as_praise(text, question):
    found = analyse(text, language="en", question=question, group="child")
    assert max(concern.level for concern in found.concerns) >= 2
    assert found.label is not Tone.POSITIVE


def test_a_comment_of_thousands_of_different_words_is_read():
    text = " ".join(f"w{at:x}q. " if at % 9 == 0 else f"w{at:x}q" for at in range(15_000))
    assert analyse(text, language="en", question="what_good", group="parent").engine == ENGINE
