"""A real SMTP server that keeps what it is given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from socket import socket
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Mailbox:
    """The mails that have arrived, oldest first."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuses: set[str] = set()

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return "550 no such box"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        parser: Any = BytesParser(policy=default)
        self.mails.append(parser.parsebytes(envelope.content))
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if mail["To"] == address]

    def last_text(self, address: str) -> str:
        return self.to(address)[-1].get_content().replace("\r\n", "\n")

    def last_link(self, address: str) -> str:
        """Return the path of the link in the newest mail to an address."""
        found = re.search(r"https?://[^/\s]+(/\S+/)", self.last_text(address))
        assert found, "The mail holds no link."
        return found[1]

    def last_code(self, address: str) -> str:
        """Return the code in the newest mail to an address."""
        found = re.search(r"^    (\S+)$", self.last_text(address), re.MULTILINE)
        assert found, "The mail holds no code."
        return found[1]


@contextmanager
def running() -> Iterator[tuple[Mailbox, int]]:
    """Run the server on a free port and give the mailbox and the port."""
    mailbox = Mailbox()
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield mailbox, port
    finally:
        controller.stop()
