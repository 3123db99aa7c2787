"""Imports every models module, so that the metadata is whole for migrations and tests."""

from feedback.accounts import models as accounts
from feedback.analysis import models as analysis
from feedback.audit import models as audit
from feedback.db import Base
from feedback.events import models as events
from feedback.identity import models as identity
from feedback.improvements import models as improvements
from feedback.outbox import models as outbox
from feedback.questionnaires import models as questionnaires
from feedback.reports import models as reports
from feedback.responses import models as responses
from feedback.safeguarding import models as safeguarding
from feedback.settings import models as settings

__all__ = [
    "accounts",
    "analysis",
    "audit",
    "events",
    "identity",
    "improvements",
    "metadata",
    "outbox",
    "questionnaires",
    "reports",
    "responses",
    "safeguarding",
    "settings",
]

metadata = Base.metadata
