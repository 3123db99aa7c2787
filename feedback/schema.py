"""Imports every models module, so that the metadata is whole for migrations and tests."""

from sqlalchemy import MetaData

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
from feedback.subscriptions import models as subscriptions

__all__ = [
    "accounts",
    "analysis",
    "audit",
    "events",
    "identity",
    "improvements",
    "metadata",
    "metadata_of",
    "outbox",
    "questionnaires",
    "reports",
    "responses",
    "safeguarding",
    "settings",
    "subscriptions",
]

metadata = Base.metadata


def metadata_of(dialect: str) -> MetaData:
    """Return the tables as a database holds them: on SQLite without schemas."""
    if dialect != "sqlite":
        return metadata
    flat = MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.sorted_tables:
        table.to_metadata(flat, schema=None)  # type: ignore[arg-type] # documented, though its type does not say so
    return flat
