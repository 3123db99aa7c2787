"""Our own labelled comments."""

from collections import Counter

from feedback.text import comments
from feedback.text.codebook import THEMES
from feedback.text.language import LANGUAGES

OWN = comments.own()


def test_every_language_has_its_comments():
    counts = Counter(comment.language for comment in OWN)
    assert set(counts) == set(LANGUAGES)
    assert counts["en"] >= 2000
    assert min(counts.values()) >= 300


def test_labels_are_those_of_the_code_book():
    for comment in OWN:
        assert set(comment.themes) <= set(THEMES)
        assert comment.tone in {"positive", "negative", "neutral", "mixed"}
        assert set(comment.themes.values()) <= {"+", "-", "0"}


def test_what_must_be_hidden_stands_in_the_text():
    assert all(item in comment.text for comment in OWN for item in comment.hide)


def test_every_fold_holds_about_a_quarter():
    counts = Counter(comment.fold for comment in OWN)
    assert all(0.2 < n / len(OWN) < 0.3 for n in counts.values())


def test_no_comment_stands_twice():
    assert len({(one.language, one.text.casefold(), one.question) for one in OWN}) == len(OWN)
