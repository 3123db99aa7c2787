"""Finding listed words and phrases."""

from feedback.text.lexicon import Match, Matcher
from feedback.text.words import words


def found(lists, text):
    return Matcher(lists).find(words(text))


def test_it_finds_words_beginnings_and_phrases():
    lists = {"a": ["listen*"], "b": ["cut me off"], "c": ["keep * changing"]}
    assert found(lists, "They never LISTENED and cut me off") == [Match("a", 2, 3), Match("b", 4, 7)]
    assert found(lists, "they keep on changing") == [Match("c", 1, 4)]


def test_it_finds_words_without_their_accents():
    assert found({"a": ["słucha*"]}, "nikt nie sluchal") == [Match("a", 2, 3)]


def test_it_finds_arabic_words_with_what_is_written_together():
    assert found({"a": ["مترجم*"]}, "والمترجم لم يحضر") == [Match("a", 0, 1)]


def test_it_finds_chinese_without_spaces():
    assert found({"a": ["社工"]}, "我的社工走了") == [Match("a", 2, 4)]


def test_one_phrase_may_point_to_two_lists():
    assert {m.name for m in found({"a": ["late"], "b": ["late"]}, "late")} == {"a", "b"}
