"""`flask translations`: what an administrator learns about each language."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask import Flask

from feedback import catalogues, i18n

sqlite_only = pytest.mark.parametrize("backend", ["sqlite"])


@pytest.fixture
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Catalogues to spoil."""
    shutil.copytree(catalogues.TRANSLATIONS, tmp_path / "translations")
    monkeypatch.setattr(catalogues, "TRANSLATIONS", tmp_path / "translations")
    return tmp_path / "translations"


def spoil(copies: Path, english: str, *, fuzzy: bool) -> None:
    po = copies / "pl" / "LC_MESSAGES" / "messages.po"
    head, _, rest = po.read_text(encoding="utf-8").partition(f'msgid "{english}"\n')
    line, _, rest = rest.partition("\n")
    flag, text = ("#, fuzzy\n", line) if fuzzy else ("", 'msgstr ""')
    po.write_text(f'{head}{flag}msgid "{english}"\n{text}\n{rest}', encoding="utf-8")


@sqlite_only
def test_every_language_is_listed_with_its_three_parts(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["translations"])
    for code in i18n.available():
        if code != i18n.SOURCE:
            assert sum(line.startswith(f"{code} ") for line in done.output.splitlines()) == len(catalogues.PARTS)
    assert "machine-drafted" in done.output


def test_a_whole_catalogue_is_complete() -> None:
    assert all(each.is_complete for each in catalogues.of_language("pl"))
    assert sum(each.messages for each in catalogues.of_language("pl")) > 700


@sqlite_only
def test_a_gap_and_a_doubt_are_counted_in_their_part_and_end_with_an_exit_code(app: Flask, copies: Path) -> None:
    spoil(copies, "Leave this page", fuzzy=False)
    spoil(copies, "Who are you?", fuzzy=True)
    found = {each.part: (each.missing, each.fuzzy) for each in catalogues.of_language("pl")}
    assert found == {"interface": (0, 1), "questionnaires": (0, 0), "safeguarding": (1, 0)}
    assert app.test_cli_runner().invoke(args=["translations"]).exit_code == 1


def test_the_safeguarding_part_holds_confidentiality_help_and_leaving() -> None:
    texts = catalogues.safeguarding_texts()
    assert {"Leave this page", "We do not ask for your name.", "Childline, for anyone under 19", "Get help"} <= texts
    assert "Yes, a parent or carer" not in texts
    assert {each.state for each in catalogues.standings()} == {"machine-drafted"}, "nobody has checked anything yet"
