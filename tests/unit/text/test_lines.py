"""JSON lines in, JSON lines out."""

import json

import pytest

from feedback.text.lines import analyse_lines


def test_good_lines_are_answered_in_order_with_their_id():
    answers = analyse_lines([json.dumps({"id": n, "text": "they were kind"}) for n in range(3)])
    assert [json.loads(answer)["id"] for answer in answers] == [0, 1, 2]
    assert not answers.any_bad


@pytest.mark.parametrize(
    "line",
    [
        "not json", "[]", "null", '{"id": 7}', '{"id": 7, "text": 5}', '{"id": 7, "text": "x", "language": 3}',
        '{"id": 7, "text": "x", "question": "why"}', '{"id": 7, "text": "x", "group": "dog"}', "[" * 100_000, "",
    ],
)  # fmt: skip
def test_a_bad_line_gets_an_error_in_its_place_and_the_rest_is_done(line):
    answers = analyse_lines([line, '{"text": "thank you"}'])
    first, second = (json.loads(answer) for answer in answers)
    assert "error" in first
    assert "engine" in second
    assert answers.any_bad


def test_an_id_that_could_be_read_is_given_back_with_the_error():
    assert json.loads(next(analyse_lines(['{"id": 7, "text": 5}'])))["id"] == 7


def test_text_that_no_encoding_can_hold_is_still_answered():
    answer = next(analyse_lines(['{"id": 1, "text": "half \\ud800 a letter"}']))
    assert json.loads(answer)["id"] == 1
