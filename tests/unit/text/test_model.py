"""Weights learnt, saved, loaded and scored."""

import json

import numpy as np
import pytest

from feedback.text import features, hashing, learning
from feedback.text.hashing import word_buckets
from feedback.text.model import load

TEXTS = ["she was kind", "she was rude", "kind and calm", "rude and loud", "so kind", "so rude"]
GOLD = ["good", "bad"] * 3


@pytest.fixture
def fitted():
    writings = [features.read(text, "en") for text in TEXTS]
    facts = [features.tone_facts(writing) for writing in writings]
    table = learning.Table(writings, facts)
    return table, learning.fit_one_of(table, GOLD, strength=10.0), writings, facts


def test_it_learns_what_it_is_shown(fitted):
    _, model, writings, facts = fitted
    said = [model.labels[int(model.scores(w, f).argmax())] for w, f in zip(writings, facts, strict=True)]
    assert said == GOLD


def test_it_scores_as_the_training_matrix_does(fitted):
    table, model, writings, facts = fitted
    weights = np.vstack([model.of_buckets(range(hashing.BUCKETS)), [model.facts[name] for name in table.names]])
    by_matrix = table.matrix @ weights + model.constant
    one_by_one = np.array([model.scores(w, f) for w, f in zip(writings, facts, strict=True)])
    assert np.allclose(by_matrix, one_by_one, atol=1e-4)


def test_what_is_saved_is_what_is_loaded(fitted, tmp_path):
    _, model, writings, facts = fitted
    model.about = {"thresholds": {"*": 0.5}}
    model.save(tmp_path / "tone")
    again = load(tmp_path / "tone")
    assert again.about == model.about
    assert np.allclose(again.scores(writings[0], facts[0]), model.scores(writings[0], facts[0]), atol=0.02)


def test_a_damaged_file_is_refused(tmp_path):
    told = {"buckets": hashing.BUCKETS, "labels": ["a"], "facts": [], "about": {}}
    (tmp_path / "tone.json").write_text(json.dumps(told))
    (tmp_path / "tone.npz").write_bytes(b"not an archive")
    with pytest.raises(ValueError, match="pickle"):
        load(tmp_path / "tone")


def test_rare_pieces_get_no_weight(fitted):
    table, _, _, _ = fitted
    model = learning.fit_one_of(table, GOLD, strength=10.0, rarest=2)
    whole, _ = word_buckets("loud")
    assert not model.of_buckets(whole).any()


def test_words_that_sound_alike_share_a_bucket():
    assert hashing.sound("skared") == hashing.sound("scared")
    assert hashing.sound("befor") == hashing.sound("before")


def test_texts_scored_together_score_as_they_do_alone(fitted):
    _, model, writings, facts = fitted
    empty = features.read("", "en")
    together = model.scores_of([*writings, empty], [*facts, {}])
    for row, writing, some in zip(together, [*writings, empty], [*facts, {}], strict=True):
        assert np.allclose(row, model.scores(writing, some), atol=1e-5)


def test_a_model_of_another_engine_is_refused(fitted, tmp_path):
    _, model, _, _ = fitted
    model.save(tmp_path / "tone")
    told = json.loads((tmp_path / "tone.json").read_text())
    (tmp_path / "tone.json").write_text(json.dumps({**told, "buckets": 1}))
    with pytest.raises(ValueError, match="another version"):
        load(tmp_path / "tone")


def test_what_a_word_weighs_does_not_depend_on_when_it_was_met(fitted):
    _, model, writings, facts = fitted
    fresh = model.plus(learning.fit_one_of(fitted[0], GOLD, strength=10.0))
    together = fresh.scores_of(writings, facts)
    one_by_one = [fresh.plus(model).scores(w, f) for w, f in zip(writings, facts, strict=True)]
    assert np.allclose(fresh.scores_of(writings[::-1], facts[::-1])[::-1], together)
    assert np.allclose(np.array(one_by_one) - together, model.scores_of(writings, facts), atol=1e-4)


@pytest.mark.parametrize("question", ["what_good", "what_better", ""])
def test_a_writing_has_the_same_ideas_whether_read_under_a_question_or_put_under_it(question):
    text = "nobody listened to me, she was kind but 社工走了"
    asked = features.read(text, "zh_Hant", question)
    assert features.ideas_of(features.read(text, "zh_Hant", "anything_else"), question) == features.ideas_of(
        asked, question
    )
    assert len(asked.ideas) > len(asked.thoughts)
