"""What `kontor check` looks at: each finding is a sentence that says what to do."""

from __future__ import annotations

import os
import smtplib
import stat
from collections.abc import Callable

from django.conf import settings
from django.core import mail
from django.core.checks import ERROR, run_checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

Finding = tuple[bool, str]


def findings() -> list[Finding]:
    """Return (is it good, sentence) for the folder, the key, the database, the program and the mail."""
    looks: tuple[Callable[[], Finding], ...] = (_folder, _key, _database, _tables, _program, _mail)
    return [look() for look in looks]


def _folder() -> Finding:
    home = settings.KONTOR_HOME
    if os.access(home, os.W_OK):
        return True, f"The folder {home} can be written to."
    return (
        False,
        f"The folder {home} cannot be written to. Give its user the right, or name another in KONTOR_HOME.",
    )


def _key() -> Finding:
    path = settings.KONTOR_HOME / "secret_key"
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077 and os.name != "nt":
        return False, f"Others can read the signing key. Run: chmod 600 {path}"
    return True, "The signing key is readable by its owner only."


def _database() -> Finding:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA quick_check")
            answer = cursor.fetchone()[0]
            cursor.execute("PRAGMA foreign_key_check")
            if answer != "ok" or cursor.fetchone():
                return False, f"The database is damaged ({answer}). Restore the last backup."
        else:
            cursor.execute("SELECT 1")
    return True, f"The database answers ({connection.vendor})."


def _tables() -> Finding:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return (
            False,
            "The tables are older than the program. Start `kontor serve` once, or restore the backup.",
        )
    return True, "The tables fit the program."


def _program() -> Finding:
    faults = [str(fault.msg) for fault in run_checks() if fault.level >= ERROR]
    return (False, " ".join(faults)) if faults else (True, "The program is complete.")


def _mail() -> Finding:
    if not hasattr(settings, "EMAIL_HOST") or "filebased" in settings.EMAIL_BACKEND:
        return (
            True,
            f"Mails are kept in {settings.KONTOR_HOME / 'outbox'}. Name a server in KONTOR_MAIL_URL.",
        )
    try:
        connected = mail.get_connection()
        connected.open()
        connected.close()
    except (OSError, smtplib.SMTPException) as error:
        return (
            False,
            f"The mail server {settings.EMAIL_HOST} does not answer: {error}. Check KONTOR_MAIL_URL.",
        )
    return True, f"The mail server {settings.EMAIL_HOST} answers."
