"""Words as they can be compared."""

from feedback.text.sounds import key, keys
from feedback.text.valence import valence
from feedback.text.words import fold, words


def test_accents_case_and_invisible_characters_do_not_matter():
    assert fold("SŁUCHAŁ\u200b") == fold("sluchal")
    assert fold("İyi") == "iyi"


def test_arabic_letters_that_keyboards_write_differently_are_one():
    assert fold("مدرسة") == fold("مدرسه")
    assert fold("كتاب") == fold("کتاب")


def test_indic_signs_stay_in_their_word():
    assert words("புரியவில்லை আমার") == ["புரியவில்லை", "আমার"]


def test_a_word_is_cut_the_same_way_alone_and_among_others():
    pieces = ["Don’t", "café!!", "naïve-looking", "سلامٌ", "ব্যাংক", "社工走了", "x1y22z", "😀ok😀", "it's...", "SOOOO"]
    long = " ".join(pieces * 2)
    assert words(long) == [word for piece in pieces * 2 for word in words(piece)]
    assert words("Well.\nI  don't\tknow!") == ["well", "i", "don't", "know", "!"]


def test_han_characters_and_emoji_are_words():
    assert words("社工走了😀") == ["社", "工", "走", "了", "😀"]


def test_long_drawn_letters_are_shortened():
    assert fold("soooooo") == "soo"


def test_word_values_turn_with_negation_and_weigh_more_after_but():
    assert valence(words("great")) > 0 > valence(words("not great"))
    assert valence(words("awful but great")) > 0
    assert valence(words("the table")) == 0


def test_many_words_sound_together_as_they_do_one_by_one():
    read = ["knight", "night", "wrong", "who", "lamb", "science", "running", "the", "e", "skweezd", "don't"]
    assert keys(read) == [key(word) for word in read]
    assert keys([]) == []
    assert key("knight") == key("night")
