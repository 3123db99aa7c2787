"""Templates: nothing inline, nothing unescaped, each where its endpoint says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FORBIDDEN = {
    "unescaped text": re.compile(r"\|\s*safe\b|autoescape\s+false"),
    "an inline style": re.compile(r"\sstyle\s*=|<style"),
    "an inline handler": re.compile(r"\son[a-z]+\s*="),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)"),
    "somebody else's address": re.compile(r"(?:src|href)\s*=\s*[\"']\s*(?:https?:)?//"),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_holds_nothing_inline_and_nothing_unescaped(path: Path) -> None:
    text = re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for what, pattern in FORBIDDEN.items():
        assert not pattern.search(text), f"{what} in {path}"


@pytest.mark.parametrize("backend", ["sqlite"])
def test_every_page_template_lies_where_its_endpoint_says(app: Flask) -> None:
    folders = {endpoint.rpartition(".")[0].replace(".", "/") for endpoint in app.view_functions}
    shared = ("survey", "errors", "partials", "email")
    for path in TEMPLATES:
        folder = path.relative_to(ROOT / "templates").parent.as_posix()
        if folder != "." and not folder.startswith(shared):
            assert any(f"{each}/".startswith(f"{folder}/") for each in folders), f"{path} lies in no page's folder"


def test_the_word_that_would_be_a_lie_is_nowhere() -> None:
    """Where a code is used nobody is anonymous (practice 2.2)."""
    for path in [
        *TEMPLATES,
        *(ROOT / "feedback/questionnaires/definitions").glob("*.toml"),
        *(ROOT / "feedback/web").rglob("*.py"),
    ]:
        assert "anonym" not in path.read_text(encoding="utf-8").lower(), path
