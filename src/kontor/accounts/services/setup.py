"""The first run: a code on the console protects the assistant until somebody has an account."""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.db import transaction

from kontor.accounts.models import Cluster, User
from kontor.accounts.services.founding import found_cluster
from kontor.accounts.services.people import open_account
from kontor.accounts.services.refused import Refused

# No letters that are easily taken for another.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def is_needed() -> bool:
    """True while nobody has an account. One query."""
    return not User.objects.exists()


def setup_code() -> str:
    """Return the code to print on the console, such as "K7PF-3XWM-QD9R"; "" once somebody has an account."""
    if not is_needed():
        _path().unlink(missing_ok=True)
        return ""
    return _stored() or _made()


def is_setup_code(typed: str) -> bool:
    """True for the code on the console; capitals, spaces and hyphens do not matter."""
    expected = _plain(_stored())
    return bool(expected) and hmac.compare_digest(_plain(typed).encode(), expected.encode())


@transaction.atomic
def set_up(*, code: str, account: dict[str, str], cluster: dict[str, object]) -> tuple[User, Cluster]:
    """Make the first account and its cluster; the code is gone afterwards.

    account: email, name, language, password as `open_account` takes them; cluster: as `found_cluster`.
    Raises Refused "setup.wrong_code" or "setup.done", ValidationError where a field is refused.
    """
    if not is_setup_code(code):
        raise Refused("setup.wrong_code")
    if not is_needed():
        raise Refused("setup.done")
    user = open_account(**account)
    user.is_operator = True
    user.save(update_fields=["is_operator"])
    founded = found_cluster(manager=user, **cluster)  # type: ignore[arg-type]
    transaction.on_commit(lambda: _path().unlink(missing_ok=True))
    return user, founded


def _path() -> Path:
    return Path(settings.KONTOR_HOME) / "setup_code"


def _stored() -> str:
    try:
        return _path().read_text().strip()
    except FileNotFoundError:
        return ""


def _made() -> str:
    code = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
    _path().parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(_path(), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return _stored()
    with os.fdopen(handle, "w") as file:
        file.write(code)
    return code


def _plain(code: str) -> str:
    return code.upper().replace("-", "").replace(" ", "")
