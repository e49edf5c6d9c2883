"""What the tests of this room share."""

from __future__ import annotations

import pytest

from tests import smtp
from tests.listening.conftest import at_once

__all__ = ["at_once", "post"]


@pytest.fixture
def post(settings):
    """Return the mailbox of a real SMTP server to which the mails go."""
    with smtp.running() as (mailbox, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield mailbox
