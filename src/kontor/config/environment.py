"""The environment, read in one place and turned into typed values."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True)
class Environment:
    """What the operator has said about this installation.

    home:      folder of database, files, outgoing mail and backups.
    database:  "" for SQLite in `home`, else a postgresql:// address.
    mail:      "" keeps mails as files in `home`, else smtp:// or smtps:// with user, password, host, port.
    bounces:   address of a mailbox for mails that come back, which takes "+…" before the @; "" for none.
    public_url: address under which people reach Kontor, used in mails.
    """

    home: Path
    database: str
    mail: str
    mail_from: str
    bounces: str
    public_url: str
    is_debug: bool
    worker_in_server: bool

    @classmethod
    def read(cls) -> Environment:
        """Return the environment of this process, with laptop defaults."""
        return cls(
            home=Path(os.environ.get("KONTOR_HOME") or Path.cwd() / ".kontor").resolve(),
            database=os.environ.get("KONTOR_DATABASE_URL", ""),
            mail=os.environ.get("KONTOR_MAIL_URL", ""),
            mail_from=os.environ.get("KONTOR_MAIL_FROM", "Kontor <kontor@localhost>"),
            bounces=os.environ.get("KONTOR_BOUNCE_ADDRESS", ""),
            public_url=os.environ.get("KONTOR_PUBLIC_URL", "http://localhost:8000"),
            is_debug=os.environ.get("KONTOR_DEBUG", "") == "1",
            worker_in_server=os.environ.get("KONTOR_WORKER_IN_SERVER", "1") != "0",
        )

    def secret_key(self) -> str:
        """Return the signing key, made once and kept in `home`, readable by its owner only."""
        stated = os.environ.get("KONTOR_SECRET_KEY", "")
        if stated:
            return stated
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.home / "secret_key"
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(handle, "w") as file:
            key = secrets.token_urlsafe(50)
            file.write(key)
        return key

    def databases(self) -> dict[str, dict[str, Any]]:
        """Return Django's DATABASES for the address given."""
        if not self.database:
            return {"default": _sqlite(self.home / "kontor.sqlite3")}
        return {"default": _postgresql(self.database)}

    def mail_settings(self) -> dict[str, Any]:
        """Return Django's EMAIL_* settings for the address given."""
        if not self.mail:
            return {
                "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
                "EMAIL_FILE_PATH": str(self.home / "outbox"),
            }
        parts = urlsplit(self.mail)
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": parts.hostname or "localhost",
            "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_SSL": parts.scheme == "smtps",
            "EMAIL_USE_TLS": dict(parse_qsl(parts.query)).get("starttls") == "1",
            "EMAIL_TIMEOUT": 30,
        }


# Requests share threads (kontor.config.threads), and a thread keeps its connection: opening one takes
# longer than most pages.
_KEPT_SECONDS = 60


def _sqlite(path: Path) -> dict[str, Any]:
    # IMMEDIATE takes the write lock at BEGIN: two writers queue up instead of failing half-way.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": _KEPT_SECONDS,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA cache_size=-64000; PRAGMA mmap_size=134217728;"
            ),
        },
    }


def _postgresql(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "kontor",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": _KEPT_SECONDS,
        # A connection that the database has closed meanwhile is noticed and opened anew.
        "CONN_HEALTH_CHECKS": True,
    }
