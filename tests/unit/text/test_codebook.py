"""Word lists that people edit."""

import pytest

from feedback.text.codebook import THEMES, cues
from feedback.text.language import LANGUAGES
from feedback.text.lexicon import read
from feedback.text.tone_words import count_text
from feedback.text.words import words

LISTS = {"positive", "negative", "went_well", "went_wrong", "negators", "strong", "but", "nothing", "unsure"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_theme_and_the_same_ideas_as_english(language):
    book = read("themes", language)
    assert tuple(book) == THEMES
    for theme, ideas in book.items():
        assert set(ideas) <= set(read("themes", "en")[theme])
        assert all(phrases and all(isinstance(phrase, str) for phrase in phrases) for phrases in ideas.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_tone_list(language):
    assert set(read("tone", language)) == LISTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_entry_holds_a_star_that_would_match_everything(language):
    for ideas in read("themes", language).values():
        for phrases in ideas.values():
            assert all(
                len(step.rstrip("*")) > 0 or len(phrase.split()) > 1 for phrase in phrases for step in phrase.split()
            )


def test_cue_words_point_to_their_theme_in_childrens_spelling():
    assert {cue.theme for cue in cues(words("they dint lissen"), "en")} == {"listened"}


def test_a_negation_turns_a_feeling_word_round():
    assert count_text("not kind", "en").bad > 0
    assert count_text("kind", "en").bad == 0
    assert count_text("nie był miły", "pl").bad > 0


def test_a_whole_answer_of_nothing_is_noticed_and_part_of_one_is_not():
    assert count_text("Nothing really", "en").says_nothing
    assert not count_text("Nothing was explained to us at all", "en").says_nothing
