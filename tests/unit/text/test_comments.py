"""Our own labelled comments."""

from collections import Counter, defaultdict
from itertools import pairwise
from math import ceil

from feedback.text import comments, set_aside
from feedback.text.codebook import THEMES
from feedback.text.language import LANGUAGES
from feedback.text.words import words

ALIKE = 0.5
"""Share of their word pairs that two near-duplicates have in common (Jaccard)."""
SHORTEST = 4
"""Words below which two honest answers ("all fine thanks") may well be the same."""
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


def _near_duplicates(texts: list[str]) -> int:
    """Return how many texts have more than ALIKE of their word pairs in common with one before them.

    Two such texts share one of each other's rarest pairs (prefix filtering, Chaudhuri et al. 2006), so only texts
    that do are compared.
    """
    every = [set(pairwise(["<", *words(text), ">"])) for text in texts]
    often = Counter(pair for pairs in every for pair in pairs)
    by_pair: dict[tuple[str, str], list[int]] = defaultdict(list)
    near = 0
    for at, pairs in enumerate(every):
        rarest = sorted(pairs, key=lambda pair: (often[pair], pair))[: len(pairs) - ceil(ALIKE * len(pairs)) + 1]
        others = {other for pair in rarest for other in by_pair[pair]}
        near += any(len(pairs & every[other]) > ALIKE * len(pairs | every[other]) for other in others)
        for pair in rarest:
            by_pair[pair].append(at)
    return near


def test_fewer_than_two_in_a_hundred_nearly_repeat_another():
    by_language = defaultdict(list)
    for one in OWN:
        if len(words(one.text)) >= SHORTEST:
            by_language[one.language].append(one.text)
    near = sum(_near_duplicates(texts) for texts in by_language.values())
    assert near / sum(map(len, by_language.values())) < 0.02


def test_the_measure_knows_a_near_duplicate():
    assert _near_duplicates(["she came late on monday again", "she came late on friday again", "he rang twice"]) == 1


def test_nothing_learns_from_the_comments_set_aside():
    aside = comments.own(set_aside.FOLDER)
    assert len(aside) == 1399
    long = {one.text.casefold() for one in aside if len(words(one.text)) >= SHORTEST}
    assert not long & {one.text.casefold() for one in OWN}
    assert all(set(one.themes) <= set(THEMES) and all(item in one.text for item in one.hide) for one in aside)
