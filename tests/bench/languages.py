"""Every page in every language, read by the crawler: how many pages, and how many texts are English still."""

from __future__ import annotations

import tempfile
from pathlib import Path

from feedback import create_app, i18n
from tests.bench.line import report
from tests.conftest import close, configure, prepare
from tests.crawler import english_left, read_all


def measure() -> None:
    """Report the pages read in all languages together, and the untranslated texts on them."""
    with tempfile.TemporaryDirectory() as folder:
        config = configure(Path(folder), f"sqlite:///{folder}/feedback.db", DEMO="1")
        prepare(config)
        app = create_app(config)
        english = frozenset().union(*(page.texts for page in read_all(app, i18n.SOURCE)))
        pages = left = 0
        for code in i18n.available():
            read = list(read_all(app, code))
            pages += len(read)
            left += 0 if code == i18n.SOURCE else len(english_left(read, english, code))
        close(app)
    languages = len(i18n.available())
    report("pages_read_in_all_languages", pages, "pages", reference="languages", reference_value=languages, n=pages)
    report("untranslated_texts", left, "texts", reference="aim", reference_value=0, n=pages)


if __name__ == "__main__":
    measure()
