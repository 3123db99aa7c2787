"""Learning from readers' corrections: what may be kept of people's words, and who is judged on what."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.text import corrections, features, learning, themes
from feedback.text.corrections import Correction
from feedback.text.hashing import word_buckets
from feedback.text.learning import pieces
from feedback.text.model import read, shipped
from feedback.text.training import UnusableLabels

SAID = {"identity": "the blomper was not for us", "family": "then the wendrix came again"}
RARE = "zbigniewka"


def rows(number):
    """One comment an answer, of either theme in turn."""
    for at in range(number):
        theme = list(SAID)[at % 2]
        yield Correction(f"{SAID[theme]} {at}", frozenset({theme}), "what_better", "en", "parent", f"answer {at}")


def enough():
    return list(rows(corrections.FEWEST))


def with_rare(times, comments_each=1):
    said = f"the blomper and {RARE} were not for us"
    named = [f"rare {at}" for at in range(times) for _ in range(comments_each)]
    return [Correction(said, frozenset({"identity"}), "what_better", "en", "parent", answer) for answer in named]


def of_rare(model):
    """What the pieces that only the rare word has weigh."""
    others = {
        at for row in [*enough(), *with_rare(1)] for at in pieces(features.read(row.text.replace(RARE, ""), "en"))
    }
    whole, inside = word_buckets(RARE)
    own = [at for at in (*whole, *inside) if at not in others]
    assert len(own) > 5
    return model.of_buckets(own)


@pytest.mark.parametrize("comments_each", [1, 3])
def test_a_word_in_nine_answers_has_no_weight_however_often_it_stands_in_them(comments_each):
    learnt = corrections.learn([*enough(), *with_rare(9, comments_each)])
    for part in (learnt.weights.all, *learnt.weights.without):
        assert not of_rare(part).any()


def test_a_word_in_ten_answers_may_have_weight():
    learnt = corrections.learn([*enough(), *with_rare(10)])
    assert of_rare(learnt.weights.all).any()
    assert not of_rare(learnt.weights.without[corrections.quarter_of("rare 0")]).any()


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.lists(st.sampled_from(["one", "two", "three"]), min_size=1))))
def test_rows_of_one_owner_count_once(owned):
    writings = [features.read(" ".join(words), "en") for _, words in owned]
    table = learning.Table(writings, [{} for _ in writings])
    counted = table.seen_by([owner for owner, _ in owned])
    for word in ("one", "two", "three"):
        bucket = word_buckets(word)[0][0]
        assert counted[bucket] == len({owner for owner, words in owned if word in words})


def test_it_learns_what_the_shipped_model_does_not_know():
    learnt = corrections.learn(enough())
    assert learnt.comments == corrections.FEWEST
    assert learnt.score.micro > learnt.beside.micro
    assert not learnt.is_worse
    writing = features.read("a blomper not for us", "en", "what_better", "parent")
    model = shipped("themes").plus(learnt.weights.all)
    assert "identity" in {found.id for found in themes.of(writing, model)}


def test_every_comment_is_judged_by_weights_that_have_not_seen_its_answer():
    of_one = [row for row in with_rare(120) if corrections.quarter_of(row.answer) == 0]
    learnt = corrections.learn([*enough(), *of_one])
    assert not of_rare(learnt.weights.without[0]).any()
    assert all(of_rare(part).any() for part in (learnt.weights.all, *learnt.weights.without[1:]))


def test_one_that_knows_less_is_worse_than_the_one_in_use():
    knows_both = corrections.learn(rows(200)).weights
    of_identity, of_family = list(rows(200))[::2], list(rows(200))[1::2]
    learnt = corrections.learn([*of_identity, *of_family[:9]], knows_both)
    assert learnt.is_worse
    assert learnt.score.macro < learnt.beside.macro
    assert not corrections.learn([*of_identity, *of_family[:9]]).is_worse, "the shipped model knows less still"


def test_role_words_of_redaction_teach_nothing():
    with_names = [replace(row, text=f"[name] {row.text} […] [school]") for row in enough()]
    plain, hidden = corrections.learn(enough()).weights, corrections.learn(with_names).weights
    assert hidden.all.dump() == plain.all.dump()


def test_too_few_are_refused_with_how_many_are_needed():
    with pytest.raises(UnusableLabels, match=r"needs 100 comments .* there are 99\."):
        corrections.learn(rows(99))


def test_comments_of_which_redaction_left_nothing_do_not_count():
    blank = [Correction("[…] ", frozenset({"identity"}), "what_good", "en", "child", str(at)) for at in range(100)]
    with pytest.raises(UnusableLabels, match=r"there are 0\."):
        corrections.learn(blank)


def test_quarters_are_about_equal():
    found = Counter(corrections.quarter_of(f"{number:024x}") for number in range(4000))
    assert sorted(found) == [0, 1, 2, 3]
    assert all(900 < number < 1100 for number in found.values())


def test_a_damaged_model_is_refused():
    weights, header = corrections.learn(enough()).weights.all.dump()
    for broken in (b"", weights[: len(weights) // 2], b"\0" * 100):
        with pytest.raises(ValueError):  # noqa: PT011 - numpy's own where it sees it first
            read(broken, header)
