"""What an operator may set, read once from the environment.

A default is safe in production and safe to publish, or it is absent. What a council changes without a programmer
(names, numbers, hours) is not here: it is data, in `settings/`.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.fernet import Fernet

from feedback.errors import ConfigurationError

KEY_SETTINGS = ("FEEDBACK_KEYS", "IDENTITY_KEYS", "OFFLINE_KEYS", "HASH_KEYS", "SECRET_KEY")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class Config:
    """The configuration of one running service. Keys are comma-separated lists, newest first.

    `proxies` is how many of the operator's own proxies stand in front and say whom they speak for.
    """

    instance: Path
    database_url: str
    queue_url: str
    redis_url: str | None
    mail_url: str | None
    public_url: str
    proxies: int
    languages: tuple[str, ...]
    demo: bool
    metrics: bool
    encoder_dir: Path | None
    feedback_keys: tuple[str, ...]
    identity_keys: tuple[str, ...]
    offline_keys: tuple[str, ...]
    hash_keys: tuple[str, ...]
    secret_key: str

    @property
    def is_secure(self) -> bool:
        """Whether cookies carry `Secure`: always when the service is reached by https."""
        return urlsplit(self.public_url).scheme == "https"

    @property
    def is_sqlite(self) -> bool:
        """Whether the embedded database is used."""
        return self.database_url.startswith("sqlite")

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> Config:
        """Read the environment. Raise ConfigurationError that names what is missing or malformed."""
        instance = Path(env.get("INSTANCE") or "instance").resolve()
        embedded = f"sqlite:///{instance / 'feedback.db'}"
        database_url = _driver(env.get("DATABASE_URL") or embedded)
        keys = _keys(env, instance, make_missing=database_url == embedded)
        encoder = env.get("ENCODER_DIR")
        return cls(
            instance=instance,
            database_url=database_url,
            queue_url=env.get("QUEUE_URL") or f"sqlite:///{instance / 'queue.db'}",
            redis_url=env.get("REDIS_URL") or None,
            mail_url=env.get("MAIL_URL") or None,
            public_url=_public_url(env),
            proxies=_number(env, "PROXIES"),
            languages=_split(env.get("LANGUAGES", "")),
            demo=env.get("DEMO", "0") not in {"", "0"},
            metrics=env.get("METRICS", "0") not in {"", "0"},
            encoder_dir=Path(encoder) if encoder else None,
            feedback_keys=_fernet_keys("FEEDBACK_KEYS", keys),
            identity_keys=_fernet_keys("IDENTITY_KEYS", keys),
            offline_keys=_split(keys["OFFLINE_KEYS"]),
            hash_keys=_split(keys["HASH_KEYS"]),
            secret_key=keys["SECRET_KEY"],
        )


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _number(env: Mapping[str, str], name: str) -> int:
    text = env.get(name) or "0"
    if not text.isdecimal():
        raise ConfigurationError(f"{name} must be a whole number.")
    return int(text)


def _driver(url: str) -> str:
    """Point every spelling of a PostgreSQL address at the driver we ship."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _public_url(env: Mapping[str, str]) -> str:
    url = env.get("PUBLIC_URL") or f"http://127.0.0.1:{env.get('PORT') or 5000}"
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ConfigurationError("PUBLIC_URL must be a full address such as https://voices.example.org")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ConfigurationError("PUBLIC_URL must start with https:// unless it is this machine's own address.")
    return url.rstrip("/")


def _keys(env: Mapping[str, str], instance: Path, *, make_missing: bool) -> dict[str, str]:
    """Return every key setting; for the embedded database make those that are missing, once, mode 0600."""
    keys = {name: env.get(name, "") for name in KEY_SETTINGS}
    for name in KEY_SETTINGS:
        if not keys[name] and make_missing:
            keys[name] = _kept_key(instance / "keys" / name.lower())
    missing = [name for name in KEY_SETTINGS if not keys[name]]
    if missing:
        raise ConfigurationError(
            f"{', '.join(missing)} must be set: with a database of its own the service never makes keys up."
        )
    return keys


def _kept_key(path: Path) -> str:
    """Read a key file, or make it. Two processes that start together agree on whichever was linked first."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(Fernet.generate_key().decode())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def _fernet_keys(name: str, keys: Mapping[str, str]) -> tuple[str, ...]:
    listed = _split(keys[name])
    for key in listed:
        try:
            Fernet(key)
        except ValueError as error:
            raise ConfigurationError(f"{name} holds a key that is not 32 bytes of url-safe base64.") from error
    return listed
