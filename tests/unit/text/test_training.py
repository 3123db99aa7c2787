"""Learning themes from labelled comments."""

import pytest

from feedback.text import features, second_opinion, themes
from feedback.text.hashing import word_buckets
from feedback.text.model import load, shipped
from feedback.text.training import Example, UnusableLabels, read_labels, train_themes

FOOD = ["the soup was cold", "lovely bread", "more soup please", "bread and soup again", "soup soup", "bread gone"]
ROOM = ["the room was dark", "no chairs in the room", "a room with a view", "dark room again", "room too small", "room"]


def rows():
    many = [Example(f"{text} {n}", frozenset({"food"})) for n in range(4) for text in FOOD]
    return many + [Example(f"{text} {n}", frozenset({"room"})) for n in range(4) for text in ROOM]


def told(text, folder):
    return [found.id for found in themes.of(features.read(text, "en"), themes.own(folder))]


def test_it_learns_labels_of_ones_own(tmp_path):
    trained = train_themes(rows(), tmp_path)
    assert trained.saved
    assert trained.labels == ("food", "room")
    assert trained.micro > 0.8
    assert told("cold soup", tmp_path) == ["food"]


def test_no_piece_of_a_word_seen_in_fewer_than_ten_comments_is_kept(tmp_path):
    rare = [Example(f"the soup for Zbigniewka {n}", frozenset({"food"})) for n in range(9)]
    train_themes([*rows(), *rare], tmp_path)
    whole, _ = word_buckets("zbigniewka")
    assert not load(tmp_path / "themes").of_buckets(whole).any()


def test_a_worse_model_does_not_replace_a_better_one(tmp_path):
    train_themes(rows(), tmp_path)
    good = (tmp_path / "themes.npz").read_bytes()
    food, room = rows()[:24], rows()[24:]
    trained = train_themes([*food[:20], *room[:3]], tmp_path)
    assert trained.before[0] > trained.micro
    assert not trained.saved
    assert (tmp_path / "themes.npz").read_bytes() == good


def test_the_model_before_stays_beside_the_new_one(tmp_path):
    train_themes(rows(), tmp_path)
    first = (tmp_path / "themes.npz").read_bytes()
    again = train_themes([*rows(), Example("bread roll", frozenset({"food"}))], tmp_path)
    assert again.saved
    assert (tmp_path / "previous.npz").read_bytes() == first


def test_a_table_of_other_labels_hears_what_the_shipped_models_say(tmp_path):
    train_themes(rows(), tmp_path)
    assert second_opinion.is_heard_by(load(tmp_path / "themes").facts)
    assert not second_opinion.is_heard_by(shipped("themes").facts)


def test_too_little_is_refused(tmp_path):
    with pytest.raises(UnusableLabels):
        train_themes(rows()[:5], tmp_path)


def test_it_reads_a_table(tmp_path):
    table = tmp_path / "labels.csv"
    table.write_text('text,themes,question\n"cold, dark",food|room,what_good\n,food,\nfine,,could_improve\n', "utf-8")
    first, second = read_labels(table)
    assert first == Example("cold, dark", frozenset({"food", "room"}), "what_good", None)
    assert second == Example("fine", frozenset(), "what_better", None)


def test_a_table_without_its_columns_is_refused(tmp_path):
    (tmp_path / "labels.csv").write_text("words,labels\na,b\n")
    with pytest.raises(UnusableLabels, match="text"):
        read_labels(tmp_path / "labels.csv")
