"""Sentences as people type them."""

from hypothesis import given
from hypothesis import strategies as st

from feedback.text.sentences import LONGEST, split


def test_it_cuts_at_stops_of_every_script():
    assert split("沒有人聽我說。他們遲到了。") == ["沒有人聽我說。", "他們遲到了。"]
    assert split("আমি ভালো। না") == ["আমি ভালো।", "না"]
    assert split("بات نہیں سنی۔ بہت دیر ہوئی") == ["بات نہیں سنی۔", "بہت دیر ہوئی"]
    assert split("هل سمعتم؟ لا") == ["هل سمعتم؟", "لا"]


def test_it_needs_no_capitals_and_cuts_at_lines_and_emoji():
    assert split("it was ok 😀 but mum cried") == ["it was ok 😀", "but mum cried"]
    assert split("one\ntwo\n\nthree") == ["one", "two", "three"]


def test_it_keeps_an_emoji_with_what_it_comments_on():
    assert split("Great. 😀") == ["Great. 😀"]


def test_it_does_not_cut_after_an_abbreviation():
    assert split("dr. khan came late") == ["dr. khan came late"]


def test_it_cuts_before_but():
    assert split("She was kind, but she left") == ["She was kind", "but she left"]


def test_it_gives_nothing_for_signs_alone():
    assert split("!!! ... ???") == []


def test_it_cuts_a_run_on_without_stops():
    pieces = split("word " * (LONGEST * 3))
    assert len(pieces) == 3
    assert all(len(piece.split()) <= LONGEST for piece in pieces)


@given(st.text())
def test_it_never_loses_a_letter(text):
    kept = "".join("".join(split(text)).split())
    letters = [c for c in text if c.isalnum()]
    assert [c for c in kept if c.isalnum()] == letters
