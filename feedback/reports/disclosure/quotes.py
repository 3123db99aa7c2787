"""When a person's own words may be shown. Must not know the words."""

from __future__ import annotations

from collections.abc import Collection

from feedback.reports.disclosure.rules import MIN_BASE, Released, Why


def may_quote(
    *, base: int, has_permission: bool, is_read: bool, is_redaction_checked: bool, beside: Collection[str] = ()
) -> Released[bool]:
    """Decide whether a quote may be shown (practice 3.7 rule 9).

    `base` is the smallest number of responses among all it would be shown with: the group, the event type in that
    quarter, the theme. `beside` are the variables named next to it; ethnic group is never one of them.
    """
    reasons = {
        Why.NO_CONSENT: not has_permission,
        Why.NOT_READ: not is_read,
        Why.NOT_REDACTED: not is_redaction_checked,
        Why.WITH_ETHNIC_GROUP: "ethnic_group" in beside,
        Why.FEWER_THAN_TEN: base < MIN_BASE,
    }
    why = next((why for why, holds in reasons.items() if holds), None)
    return Released(None, why) if why else Released(True)
