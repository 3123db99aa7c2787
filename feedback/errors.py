"""The few errors that features share. Each says in a sentence what can be done about it."""

from __future__ import annotations


class FeedbackError(Exception):
    """Anything this service raises on purpose."""


class NotFound(FeedbackError):
    """What was asked for by its id is not there."""


class ConfigurationError(FeedbackError):
    """The service cannot start as it is configured; the message names the setting."""
