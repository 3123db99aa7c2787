"""The commands about words: lines in, lines out; a model from a table."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from flask import Flask

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])


def test_lines_are_answered_in_order_and_a_bad_one_in_its_place(app: Flask) -> None:
    lines = [
        json.dumps({"id": "a", "text": "They listened to me. Call Sarah on 07700 900123.", "language": "en"}),
        "not json",
        json.dumps(
            {"id": 3, "text": "Nikt mnie nie słuchał.", "language": "pl", "question": "what_better", "group": "parent"}
        ),
    ]
    result = app.test_cli_runner().invoke(args=["analyse-text"], input="\n".join(lines))
    assert result.exit_code == 1
    first, second, third = (json.loads(line) for line in result.stdout.splitlines())
    assert (first["id"], third["id"]) == ("a", 3)
    assert "error" in second
    assert "Sarah" not in first["redacted"]
    assert "07700" not in first["redacted"]
    for answer in (first, third):
        assert answer["sentiment"]["label"] in {"positive", "negative", "neutral", "mixed", "unassessed"}
        assert set(answer) == {"id", "language", "sentiment", "themes", "concerns", "redacted", "engine"}


def test_a_table_of_labels_becomes_a_model_that_analyses(app: Flask, tmp_path: Path) -> None:
    table, out = tmp_path / "labels.csv", tmp_path / "model"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "themes"])
        for number in range(40):
            writer.writerow([f"the bus was late again and the car park full {number}", "travel"])
            writer.writerow([f"the tea was warm and the biscuits were nice {number}", "food|kindness"])
    trained = app.test_cli_runner().invoke(args=["train-themes", "--labels", str(table), "--out", str(out)])
    assert trained.exit_code == 0, trained.output
    line = json.dumps({"id": 1, "text": "late bus and a full car park", "language": "en"})
    result = app.test_cli_runner().invoke(args=["analyse-text", "--model", str(out)], input=line)
    assert [theme["id"] for theme in json.loads(result.stdout)["themes"]] == ["travel"]


def test_a_table_without_labels_is_refused_with_a_sentence(app: Flask, tmp_path: Path) -> None:
    table = tmp_path / "labels.csv"
    table.write_text("words,themes\nhello,plan\n")
    result = app.test_cli_runner().invoke(args=["train-themes", "--labels", str(table), "--out", str(tmp_path / "m")])
    assert result.exit_code == 1
    assert "no column text" in result.output
