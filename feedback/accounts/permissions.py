"""The one table of roles and what they may do. A role that is not here may do nothing."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """The seven roles; a person may hold several, within `FORBIDDEN_TOGETHER`."""

    READER = "reader"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    SECOND_APPROVER = "second_approver"
    MANAGER = "manager"
    ADVOCATE = "advocate"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """What can be permitted."""

    READ_WORDS = "read_words"
    HANDLE_ALERTS = "handle_alerts"
    ASK_FOR_OPENING = "ask_for_opening"
    APPROVE_OPENING = "approve_opening"
    READ_FIGURES = "read_figures"
    READ_SERVICE_FIGURES = "read_service_figures"
    IMPROVE = "improve"
    ASSIST = "assist"
    ADMINISTER = "administer"
    READ_AUDIT = "read_audit"


PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.READER: frozenset({Permission.READ_WORDS}),
    Role.SAFEGUARDING_LEAD: frozenset({Permission.READ_WORDS, Permission.HANDLE_ALERTS, Permission.ASK_FOR_OPENING}),
    Role.SECOND_APPROVER: frozenset({Permission.APPROVE_OPENING}),
    Role.MANAGER: frozenset({Permission.READ_FIGURES, Permission.IMPROVE}),
    Role.ADVOCATE: frozenset({Permission.READ_FIGURES, Permission.ASSIST}),
    Role.ADMINISTRATOR: frozenset({Permission.ADMINISTER}),
    Role.AUDITOR: frozenset({Permission.READ_AUDIT}),
}

SECOND_FACTOR_ROLES = frozenset({Role.SAFEGUARDING_LEAD, Role.SECOND_APPROVER, Role.ADMINISTRATOR, Role.AUDITOR})
"""Roles that sign in with a second factor (off in the demonstration only)."""

FORBIDDEN_TOGETHER = (
    frozenset({Role.SAFEGUARDING_LEAD, Role.SECOND_APPROVER}),
    frozenset({Role.SAFEGUARDING_LEAD, Role.AUDITOR}),
)
"""Nobody checks their own doing."""


NARROWED = {Permission.READ_FIGURES: Permission.READ_SERVICE_FIGURES}
"""What somebody limited to some services may do instead: see those services' figures only."""


def permitted(roles: frozenset[Role], *, is_limited: bool = False) -> frozenset[Permission]:
    """Return everything that these roles together may do; `is_limited` to some services, in its narrower form."""
    held = frozenset[Permission]().union(*(PERMISSIONS[role] for role in roles))
    return frozenset(NARROWED.get(each, each) for each in held) if is_limited else held
