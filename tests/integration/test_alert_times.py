"""With everything running, a worried answer is on top of the desk, and told by mail, within seconds."""

from __future__ import annotations

from pathlib import Path

from tests.bench import alerts
from tests.mailbox import received

SECONDS = 20


def test_a_worried_answer_is_on_top_of_the_desk_and_in_the_mailbox_within_seconds(tmp_path: Path) -> None:
    with alerts.running(tmp_path) as service:
        ((to_desk, to_mailbox),) = alerts.times(service, 1)
    assert to_desk < SECONDS
    assert to_mailbox < SECONDS
    assert {str(mail["To"]) for mail in received(tmp_path / "mail")} == {"safeguarding_lead@council.example"}
