"""Catalogues: fresh, complete, with the same placeholders; never fuzzy."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from feedback import i18n

ROOT = Path(__file__).parents[2]
TRANSLATED = [code for code in i18n.available() if code != i18n.SOURCE]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def catalogue(path: Path) -> Catalog:
    """Read a catalogue."""
    with path.open("rb") as file:
        return read_po(file)


def template() -> Catalog:
    """Return the committed template of all catalogues."""
    return catalogue(ROOT / "translations" / "messages.pot")


def test_the_template_is_what_the_sources_say(tmp_path: Path) -> None:
    made = tmp_path / "messages.pot"
    keywords = ["-k", "_", "-k", "lazy_gettext", "-k", "pgettext:1c,2", "-k", "ngettext:1,2"]
    command = [
        sys.executable,
        "-m",
        "babel.messages.frontend",
        "extract",
        "-F",
        "pyproject.toml",
        *keywords,
        "-o",
        str(made),
        ".",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert {(m.context, str(m.id)) for m in catalogue(made)} == {(m.context, str(m.id)) for m in template()}, (
        "run `make catalogues`"
    )


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_is_complete_and_keeps_its_placeholders(code: str) -> None:
    found = {
        (m.context, str(m.id)): m
        for m in catalogue(ROOT / "translations" / code / "LC_MESSAGES" / "messages.po")
        if m.id
    }
    for message in template():
        if not message.id:
            continue
        own = found.get((message.context, str(message.id)))
        assert own is not None, f"{code} lacks {message.id!r}"
        assert not own.fuzzy, f"{code} is unsure of {message.id!r}"
        texts = own.string if isinstance(own.string, tuple | list) else [own.string]
        english = message.id[-1] if isinstance(message.id, tuple | list) else message.id
        for text in texts:
            assert text.strip(), f"{code} has nothing for {message.id!r}"
            assert set(PLACEHOLDER.findall(text)) <= set(PLACEHOLDER.findall(english)), f"{code}: {text!r}"
            if len(texts) == 1:
                assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(english)), f"{code}: {text!r}"


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_language_says_how_far_it_has_been_checked(code: str) -> None:
    assert set(i18n.sign_off()[code]) == {"interface", "questionnaires", "safeguarding"}
