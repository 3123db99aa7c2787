"""The slot for a sentence encoder: vectors beside the other features, and the file an encoder is put in."""

import json
import math
import struct

import numpy as np
import pytest

from feedback.text import encoder, encoder_file, features, hashing, learning, measured
from feedback.text.model import load

TEXTS = ["the lift was broken", "the lift went up", "a cup of tea", "a cup of rain"] * 3
GOLD = ["bad", "good", "good", "bad"] * 3
SIZE, HEADS, LAYERS = 8, 2, 2


@pytest.fixture
def seen():
    draw = np.random.default_rng(1)
    means = {"good": 1.0, "bad": -1.0}
    vectors = [(draw.normal(0, 0.1, 6) + means[label]).astype(np.float32) for label in GOLD]
    return [features.read(text, "en")._replace(vector=v) for text, v in zip(TEXTS, vectors, strict=True)]


@pytest.fixture
def fitted(seen):
    facts = [features.tone_facts(writing) for writing in seen]
    table = learning.Table(seen, facts)
    return table, learning.fit_one_of(table, GOLD, strength=10.0), facts


def test_a_model_learns_from_vectors_and_scores_them_as_it_learnt(fitted, seen):
    table, model, facts = fitted
    by_facts = [model.facts[name] for name in table.names]
    weights = np.vstack([model.of_buckets(range(hashing.BUCKETS)), by_facts, model.vector])
    assert np.allclose(table.matrix @ weights + model.constant, model.scores_of(seen, facts), atol=1e-4)
    turned = [writing._replace(vector=-writing.vector) for writing in seen]
    as_seen, as_turned = (model.scores_of(some, facts) for some in (seen, turned))
    gain = (as_seen - as_turned)[np.arange(len(GOLD)), [model.labels.index(label) for label in GOLD]]
    assert (gain > 0).all()


def test_a_text_without_a_vector_is_still_scored(fitted, seen):
    _, model, facts = fitted
    without = seen[0]._replace(vector=None)
    of_nothing = seen[0]._replace(vector=np.zeros(6, np.float32))
    assert np.allclose(model.scores(without, facts[0]), model.scores(of_nothing, facts[0]))


def test_a_model_made_with_an_encoder_is_refused_where_there_is_none(fitted, seen, tmp_path, monkeypatch):
    _, model, facts = fitted
    model.save(tmp_path / "tone")
    with pytest.raises(ValueError, match="ENCODER_DIR"):
        load(tmp_path / "tone")
    monkeypatch.setenv("ENCODER_DIR", str(tmp_path))
    assert np.allclose(load(tmp_path / "tone").scores_of(seen, facts), model.scores_of(seen, facts), atol=0.02)


def test_without_an_encoder_there_is_no_vector(monkeypatch):
    monkeypatch.delenv("ENCODER_DIR", raising=False)
    assert encoder.folder() is None
    assert features.read("she was kind", "en").vector is None


@pytest.fixture
def published(tmp_path):
    """A very small encoder with chance weights, as encoders are published."""
    draw = np.random.default_rng(2)
    shapes = {f"embeddings.{name}_embeddings.weight": (rows, SIZE) for name, rows in
              (("word", len(WORDS)), ("position", 16), ("token_type", 2))}  # fmt: skip
    shapes |= _normal("embeddings.LayerNorm")
    for at in (f"encoder.layer.{layer}" for layer in range(LAYERS)):
        for part in ("query", "key", "value"):
            shapes |= _dense(f"{at}.attention.self.{part}", SIZE, SIZE)
        shapes |= _dense(f"{at}.attention.output.dense", SIZE, SIZE) | _normal(f"{at}.attention.output.LayerNorm")
        shapes |= _dense(f"{at}.intermediate.dense", 2 * SIZE, SIZE) | _dense(f"{at}.output.dense", SIZE, 2 * SIZE)
        shapes |= _normal(f"{at}.output.LayerNorm")
    weights = {name: draw.normal(0, 0.5, shape).astype(np.float32) for name, shape in shapes.items()}
    config = {"model_type": "bert", "hidden_act": "gelu", "hidden_size": SIZE, "num_attention_heads": HEADS,
              "num_hidden_layers": LAYERS, "layer_norm_eps": 1e-12}  # fmt: skip
    folder = tmp_path / "published"
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "model.safetensors").write_bytes(_safetensors(weights))
    (folder / "tokenizer.json").write_text(json.dumps(TOKENIZER))
    return folder, weights


WORDS = ["[UNK]", "[CLS]", "[SEP]", "she", "was", "kind", "rude"]
TOKENIZER = {
    "version": "1.0",
    "normalizer": {"type": "Lowercase"},
    "pre_tokenizer": {"type": "Whitespace"},
    "post_processor": {
        "type": "BertProcessing", "cls": ["[CLS]", 1], "sep": ["[SEP]", 2],
    },
    "model": {"type": "WordLevel", "vocab": {word: at for at, word in enumerate(WORDS)}, "unk_token": "[UNK]"},
}  # fmt: skip


def _dense(at, rows, columns):
    return {f"{at}.weight": (rows, columns), f"{at}.bias": (rows,)}


def _normal(at):
    return {f"{at}.weight": (SIZE,), f"{at}.bias": (SIZE,)}


def _safetensors(weights):
    told, held = {"__metadata__": {"format": "pt"}}, b""
    for name, numbers in weights.items():
        place = [len(held), len(held) + numbers.nbytes]
        told[name] = {"dtype": "F32", "shape": list(numbers.shape), "data_offsets": place}
        held += numbers.tobytes()
    header = json.dumps(told).encode()
    return struct.pack("<Q", len(header)) + header + held


def test_an_encoder_of_another_family_is_refused(published):
    folder, _ = published
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, "model_type": "gpt2"}))
    with pytest.raises(ValueError, match="gpt2"):
        encoder_file.written(folder)


def test_the_file_holds_the_weights_and_names_what_goes_in_and_out(published):
    folder, weights = published
    held = encoder_file.written(folder)
    for name, numbers in weights.items():
        if name.endswith("query.weight"):
            assert numbers.T.tobytes() in held, name
    assert all(name in held for name in (b"input_ids", b"attention_mask", b"last_hidden_state"))


def test_the_file_reckons_as_the_encoder_does(published, tmp_path, monkeypatch):
    pytest.importorskip("onnxruntime", reason="the optional extra `encoder` is not installed")
    folder, weights = published
    encoder_file.main([str(folder), str(tmp_path / "slot")])
    monkeypatch.setenv("ENCODER_DIR", str(tmp_path / "slot"))
    encoder.vector.cache_clear()
    found = encoder.vector("She was KIND")
    mean = _reckoned(weights, [1, 3, 4, 5, 2]).mean(axis=0)
    assert np.allclose(found, 2.0 * mean / np.linalg.norm(mean), atol=1e-5)
    assert encoder.vector("  ") is None
    assert encoder.vector("x" * 100_000).shape == (SIZE,)


def _reckoned(weights, ids):
    """Return an encoder's last state by the book (Devlin et al. 2019)."""
    tables = {name: weights[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position", "token_type")}
    state = tables["word"][ids] + tables["position"][: len(ids)] + tables["token_type"][0]
    state = _spread(weights, "embeddings.LayerNorm", state)
    for at in (f"encoder.layer.{layer}" for layer in range(LAYERS)):
        asks, offers, says = (
            _times(weights, f"{at}.attention.self.{part}", state) for part in ("query", "key", "value")
        )
        heard = np.zeros_like(state)
        for head in range(HEADS):
            of = slice(head * SIZE // HEADS, (head + 1) * SIZE // HEADS)
            near = np.exp(asks[:, of] @ offers[:, of].T / np.sqrt(SIZE / HEADS))
            heard[:, of] = near / near.sum(axis=1, keepdims=True) @ says[:, of]
        heard = _times(weights, f"{at}.attention.output.dense", heard)
        state = _spread(weights, f"{at}.attention.output.LayerNorm", heard + state)
        wide = _times(weights, f"{at}.intermediate.dense", state)
        wide = wide * 0.5 * (1 + np.vectorize(math.erf)(wide / np.sqrt(2)))
        state = _spread(weights, f"{at}.output.LayerNorm", _times(weights, f"{at}.output.dense", wide) + state)
    return state


def _times(weights, at, state):
    return state @ weights[f"{at}.weight"].T + weights[f"{at}.bias"]


def _spread(weights, at, state):
    even = (state - state.mean(axis=1, keepdims=True)) / state.std(axis=1, keepdims=True)
    return even * weights[f"{at}.weight"] + weights[f"{at}.bias"]


def test_figures_with_and_without_are_kept_of_the_same_comments_only(tmp_path, monkeypatch):
    plain = {"own comments": 4, "public comments": 2, "tone": 1}
    (tmp_path / "evaluation.json").write_text(json.dumps(plain))
    monkeypatch.setattr(measured, "MODELS", tmp_path)
    assert measured.with_encoder() is None
    tried = tmp_path / "tried.json"
    tried.write_text(json.dumps({**plain, "tone": 2, "encoder": "small"}))
    measured.keep_with_encoder(tried)
    assert measured.with_encoder() == {"encoder": "small", "with": {**plain, "tone": 2}, "without": plain}
    tried.write_text(json.dumps({**plain, "own comments": 5, "encoder": "small"}))
    with pytest.raises(ValueError, match="other comments"):
        measured.keep_with_encoder(tried)
