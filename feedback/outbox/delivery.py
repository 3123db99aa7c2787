"""Sends what is in the outbox through SMTP. A message may arrive twice after a crash, never not at all."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

import structlog

from feedback.db import Database
from feedback.errors import ConfigurationError
from feedback.outbox import operations, queries
from feedback.outbox.letters import Letter, written
from feedback.outbox.models import Message

PATIENCE = 15
"""Seconds to wait for the mail server."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Mailbox:
    """The mail server that `MAIL_URL` names: `smtp://user:password@host:587?starttls=1&from=desk@council.example`."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    is_encrypted: bool = False
    starts_tls: bool = False

    @classmethod
    def of(cls, url: str) -> Mailbox:
        """Read the address. Raise ConfigurationError when it names no server."""
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise ConfigurationError("MAIL_URL must look like smtp://host:25?from=desk@council.example")
        options = parse_qs(parts.query)
        return cls(
            host=parts.hostname,
            port=parts.port or (465 if parts.scheme == "smtps" else 25),
            sender=options.get("from", [f"your-views@{parts.hostname}"])[0],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            is_encrypted=parts.scheme == "smtps",
            starts_tls=options.get("starttls", ["0"])[0] not in {"", "0"},
        )

    def connect(self) -> smtplib.SMTP:
        """Open a connection, signed in where there is a user."""
        kind = smtplib.SMTP_SSL if self.is_encrypted else smtplib.SMTP
        server = kind(self.host, self.port, timeout=PATIENCE)
        if self.starts_tls:
            server.starttls()
        if self.user:
            server.login(self.user, self.password)
        return server


def send_due(database: Database, *, mail_url: str | None, public_url: str) -> int:
    """Try every message that is due; return how many went out. Without a mail server they stay, and are seen to."""
    if mail_url is None:
        return 0
    mailbox = Mailbox.of(mail_url)
    with database.reading() as session:
        if not queries.has_due(session):
            return 0
    with database.transaction() as session:
        due = operations.take_due(session)
    sent = 0
    for message in due:
        sent += _send(database, mailbox, message, public_url)
    return sent


def _send(database: Database, mailbox: Mailbox, message: Message, public_url: str) -> bool:
    """Send one message and forget it, or note why that failed."""
    try:
        with mailbox.connect() as server:
            server.send_message(_mail(mailbox, message, public_url))
    except (OSError, smtplib.SMTPException, ValueError, LookupError, AttributeError) as error:
        # The last three are what the mail library makes of some addresses; the letters behind must not wait for it.
        log.warning("message_not_sent", message=message.id, letter=message.letter, error=type(error).__name__)
        with database.transaction() as session:
            operations.note_failure(session, message_id=message.id, error=type(error).__name__)
        return False
    with database.transaction() as session:
        operations.forget(session, message_id=message.id)
    log.info("message_sent", message=message.id, letter=message.letter)
    return True


def _mail(mailbox: Mailbox, message: Message, public_url: str) -> EmailMessage:
    mail = EmailMessage()
    subject, text = written(Letter(message.letter), message.facts, address=f"{public_url}/staff/")
    mail["Subject"], mail["From"], mail["To"] = subject, mailbox.sender, message.recipient
    # The same message sent twice carries the same id, so that a mailbox can tell; another message never does.
    moment = int(message.written_at.timestamp() * 1_000_000)
    mail["Message-ID"] = f"<{message.id}.{moment}@{urlsplit(public_url).hostname}>"
    mail.set_content(text)
    return mail
