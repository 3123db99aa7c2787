"""Structured logs: event names and ids as JSON lines, never words that people wrote."""

from __future__ import annotations

import logging
import sys

import structlog


def init() -> None:
    """Send every log line to standard error as one JSON object."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            _only_the_kind_of_error,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def _only_the_kind_of_error(
    _logger: object, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Drop tracebacks: their messages and values may quote what somebody wrote. Keep where it happened."""
    failure = event.pop("exc_info", None)
    error = failure if isinstance(failure, BaseException) else sys.exception() if failure else None
    if error is None:
        return event
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    event["error"] = type(error).__name__
    if trace is not None:
        event["at"] = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
    return event
