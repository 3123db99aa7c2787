"""Learning from readers' corrections: what may be kept of people's words, and who is judged on what."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.text import corrections, features, learning, themes
from feedback.text.corrections import Correction
from feedback.text.features import word_buckets
from feedback.text.learning import pieces
from feedback.text.model import read, shipped
from feedback.text.training import UnusableLabels

SAID = {"identity": "the blomper was not for us", "family": "then the wendrix came again"}
RARE = "zbigniewka"


def answers(number, *, judged=False):
    """Names of so many answers, all to be learnt from or all to be judged by."""
    names = (f"answer {at}" for at in range(100_000))
    fitting = (name for name in names if corrections.is_for_judging(name) is judged)
    return [next(fitting) for _ in range(number)]


def rows(sources, *, swapped=False):
    """One comment an answer, of either theme in turn."""
    other = {"identity": "family", "family": "identity"}
    for at, source in enumerate(sources):
        theme = list(SAID)[at % 2]
        given = frozenset({other[theme] if swapped else theme})
        yield Correction(f"{SAID[theme]} {at}", given, "what_better", "en", "parent", source)


def enough(*, swapped=False):
    return [*rows(answers(60), swapped=swapped), *rows(answers(20, judged=True))]


def with_rare(times, comments_each=1):
    said = f"the blomper and {RARE} were not for us"
    chosen = [source for source in answers(times) for _ in range(comments_each)]
    return [Correction(said, frozenset({"identity"}), "what_better", "en", "parent", source) for source in chosen]


def learnt_of_rare(model):
    """What the pieces that only the rare word has weigh beyond what the shipped model gives them."""
    others = {
        at for row in [*enough(), *with_rare(1)] for at in pieces(features.read(row.text.replace(RARE, ""), "en"))
    }
    whole, inside = word_buckets(RARE)
    own = [at for at in (*whole, *inside) if at not in others]
    assert len(own) > 5
    return model.of_buckets(own) - shipped("themes").of_buckets(own)


@pytest.mark.parametrize("comments_each", [1, 3])
def test_a_word_in_nine_answers_has_no_weight_however_often_it_stands_in_them(comments_each):
    learnt = corrections.learn([*enough(), *with_rare(9, comments_each)])
    assert not learnt_of_rare(learnt.model).any()


def test_a_word_in_ten_answers_may_have_weight():
    learnt = corrections.learn([*enough(), *with_rare(10)])
    assert learnt_of_rare(learnt.model).any()


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.lists(st.sampled_from(["one", "two", "three"]), min_size=1))))
def test_rows_of_one_owner_count_once(owned):
    writings = [features.read(" ".join(words), "en") for _, words in owned]
    table = learning.Table(writings, [{} for _ in writings])
    counted = table.seen_by([owner for owner, _ in owned])
    for word in ("one", "two", "three"):
        bucket = word_buckets(word)[0][0]
        assert counted[bucket] == len({owner for owner, words in owned if word in words})


def test_it_learns_what_the_shipped_model_does_not_know_and_is_judged_on_other_answers():
    learnt = corrections.learn(enough())
    assert (learnt.learnt_from, learnt.judged_on) == (60, 20)
    assert learnt.score.micro > learnt.beside.micro
    assert not learnt.is_worse
    writing = features.read("a blomper not for us", "en", "what_better", "parent")
    assert "identity" in {found.id for found in themes.of(writing, learnt.model)}


def test_one_that_learnt_nonsense_is_worse_than_the_one_in_use():
    good = corrections.learn(enough())
    bad = corrections.learn(enough(swapped=True), good.model)
    assert bad.beside == good.score
    assert bad.is_worse


def test_role_words_of_redaction_teach_nothing():
    with_names = [replace(row, text=f"[name] {row.text} […] [school]") for row in enough()]
    plain, hidden = corrections.learn(enough()).model, corrections.learn(with_names).model
    assert hidden.dump() == plain.dump()


@pytest.mark.parametrize(("learn_from", "judge_by"), [(59, 20), (60, 19), (0, 0)])
def test_too_few_are_refused_with_how_many_are_needed(learn_from, judge_by):
    few = [*rows(answers(learn_from)), *rows(answers(judge_by, judged=True))]
    with pytest.raises(UnusableLabels, match=f"60 .* 20 .* {learn_from} and {judge_by}"):
        corrections.learn(few)


def test_comments_of_which_redaction_left_nothing_do_not_count():
    blank = [Correction("[…] ", frozenset({"identity"}), "what_good", "en", "child", source) for source in answers(60)]
    with pytest.raises(UnusableLabels, match="0 and 0"):
        corrections.learn(blank)


def test_about_a_quarter_of_answers_is_kept_for_judging():
    kept = sum(corrections.is_for_judging(f"{number:024x}") for number in range(4000))
    assert 900 < kept < 1100


def test_a_damaged_model_is_refused():
    weights, header = corrections.learn(enough()).model.dump()
    for broken in (b"", weights[: len(weights) // 2], b"\0" * 100):
        with pytest.raises(ValueError):  # noqa: PT011 - numpy's own where it sees it first
            read(broken, header)
