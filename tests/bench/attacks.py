"""Every output of a release under attack: attempts, and small counts recovered, beside the same with the gate weakened.

Weakened, every population passes the gate by itself and tables hide their small counts and nothing else.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from sqlalchemy import delete

from feedback import create_app
from feedback.accounts.permissions import Role
from feedback.clock import Quarter
from feedback.db import Database
from feedback.reports import disclosure, questions
from feedback.reports.models import Release
from feedback.web.staff.figures.frame import names_of
from tests.bench.line import report
from tests.client import Client
from tests.conftest import close, configure, prepare
from tests.staff import signed_in
from tests.unit.reports import outputs, people, siege

PAST = Quarter.current().shifted(-2)
NUMBER, SEED = 90, 5


def measure() -> None:
    """Attack the pages and files of one quarter, as they are and weakened."""
    with tempfile.TemporaryDirectory() as folder:
        config = configure(Path(folder), f"sqlite:///{folder}/feedback.db")
        prepare(config)
        app = create_app(config)
        database: Database = app.extensions["database"]
        with database.transaction() as session:
            people.arrive(session, NUMBER, quarter=PAST, seed=SEED)
            words = people.write(session, quarter=PAST, seed=SEED)
        staff = signed_in(app, Role.MANAGER)
        safe = _attacked(database, staff, words)
        with database.transaction() as session:
            session.execute(delete(Release))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(questions, "compare", siege.each_alone)
            patch.setattr(disclosure, "two_way_together", siege.only_small_hidden)
            weak = _attacked(database, staff, words)
        close(app)
    for name, (attempts, recovered) in safe.items():
        reference = {"reference": "gate weakened", "reference_value": weak[name][1]}
        report(f"attack on {name}: counts recovered", recovered, "counts", **reference, n=attempts)


def _attacked(database: Database, staff: Client, words: siege.Themes) -> dict[str, tuple[int, int]]:
    """Return for every output how many attempts were made and how many small counts came out."""
    with database.reading() as session:
        raw, names = people.truths(session, PAST), names_of(session)
    labels = outputs.Labels(names, next(iter(raw.values())))
    told = {name: read(staff, PAST, labels) for name, read in (outputs.OUTPUTS | outputs.PDF_OUTPUT).items()}
    told["all of them together"] = outputs.together(list(told.values()))
    found = {name: siege.attack_told(output, raw) for name, output in told.items()}
    themes = {name: read(staff, PAST, names) for name, read in (outputs.THEME_OUTPUTS | outputs.PDF_THEMES).items()}
    found |= {name: siege.attack_themes(output, words) for name, output in themes.items()}
    return {name: (attempts, len(recovered)) for name, (attempts, recovered) in found.items()}


if __name__ == "__main__":
    measure()
