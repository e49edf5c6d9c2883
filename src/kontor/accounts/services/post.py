"""Many mails over one connection, with word of each: accepted, or refused for good."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from smtplib import SMTPRecipientsRefused
from typing import TypeAlias

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

PERMANENT = 500


@dataclass(frozen=True)
class Letter:
    """A mail to one address. return_path: where bounces go, "" for the sender's own address."""

    to: str
    subject: str
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)
    return_path: str = ""


# Hand over one letter; the answer is "" once it is accepted, else why the server never takes that address.
Post: TypeAlias = Callable[[Letter], str]


@contextmanager
def post_office() -> Iterator[Post]:
    """Open one connection and give the function that posts letters over it.

    Posting raises SMTPException or OSError where the server is away, busy, or refuses the mail itself; the
    letter is then not sent, and nothing is known about its address.
    """
    connection = get_connection()
    connection.open()

    def post(letter: Letter) -> str:
        mail = EmailMessage(
            letter.subject,
            letter.body,
            from_email=letter.return_path or settings.DEFAULT_FROM_EMAIL,
            to=[letter.to],
            headers={"From": settings.DEFAULT_FROM_EMAIL, **letter.headers},
            connection=connection,
        )
        try:
            connection.send_messages([mail])
        except SMTPRecipientsRefused as refused:
            reason = _refusal(refused)
            if not reason:
                raise
            return reason
        return ""

    try:
        yield post
    finally:
        connection.close()


def _refusal(refused: SMTPRecipientsRefused) -> str:
    """Return the server's words where it refuses the address for good, "" where it may take it later."""
    for code, words in refused.recipients.values():
        if code >= PERMANENT:
            said = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
            return f"{code} {said}"
    return ""
