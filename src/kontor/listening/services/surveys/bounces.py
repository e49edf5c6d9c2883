"""Read mails that came back and note whose they were (RFC 3464, multipart/report)."""

from __future__ import annotations

import mailbox
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from pathlib import Path

from django.db import transaction

from kontor.accounts.models import Cluster
from kontor.listening.models import Invitee
from kontor.listening.services.surveys.mails import HEADER, invitee_in

_RETURN_PATH = re.compile(r"\+(\d{1,18}-[0-9a-f]{16})@")
LARGEST_MAIL_BYTES = 10_000_000


@dataclass(frozen=True)
class Bounce:
    """A mail that came back for good. invitee: number of who it went to; reason: the server's words."""

    invitee: int
    reason: str


@dataclass(frozen=True)
class Noted:
    """How many mails were read, how many addresses noted, and how many mails were no bounces of ours."""

    read: int
    noted: int
    strange: int


def bounce_in(raw: bytes) -> Bounce | None:
    """Return what a mail says that came back; None for delays, deliveries, other mails and forged marks."""
    if len(raw) > LARGEST_MAIL_BYTES:
        return None
    try:
        mail = message_from_bytes(raw, policy=compat32)
        failures = [part for part in _status_parts(mail) if _says(part, "Action") == "failed"]
        invitee = _whose(mail)
    except RecursionError:  # mails within mails without end: no server sends that
        return None
    if not (failures and invitee):
        return None
    return Bounce(invitee, _reason(failures[0]))


@transaction.atomic
def note_bounces(*, mails: Iterable[bytes], cluster: Cluster | None = None) -> Noted:
    """Mark the invitees whose mails came back; with a cluster, only its own.

    Whoever has answered or does not want to stays so: an answer is better news than a bounce.
    """
    read = noted = strange = 0
    for raw in mails:
        read += 1
        bounce = bounce_in(raw)
        found = Invitee.objects.filter(pk=bounce.invitee) if bounce else Invitee.objects.none()
        if cluster is not None:
            found = found.filter(cluster=cluster)
        if bounce is None or not found.exists():
            strange += 1
            continue
        open_ones = found.filter(is_answered=False).exclude(state=Invitee.State.DECLINED)
        noted += open_ones.update(state=Invitee.State.BOUNCED, bounce_reason=bounce.reason)
    return Noted(read, noted, strange)


def mails_in(path: Path) -> Iterator[bytes]:
    """Yield the mails of a Maildir, of an mbox, or the one of an .eml file; of a folder all .eml files."""
    if path.is_dir() and (path / "cur").is_dir():
        for mail in mailbox.Maildir(path, create=False):
            yield mail.as_bytes()
    elif path.is_dir():
        for file in sorted(path.rglob("*.eml")):
            yield file.read_bytes()
    else:
        yield from split_mails(path.read_bytes())


def split_mails(raw: bytes) -> Iterator[bytes]:
    """Yield the mails of an mbox, or the one mail that the bytes are."""
    if not raw.startswith(b"From "):
        yield raw
        return
    for part in re.split(rb"(?m)^From [^\n]*\n", raw)[1:]:
        yield re.sub(rb"(?m)^>(>*From )", rb"\1", part)


def _status_parts(mail: Message) -> Iterator[Message]:
    """Yield the blocks of fields about each recipient in a delivery status."""
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            for block in part.get_payload():
                if isinstance(block, Message) and block.get("Final-Recipient"):
                    yield block


def _whose(mail: Message) -> int:
    """Return the invitee: by the address that it came back to, or by the headers of the mail inside."""
    for name in ("To", "Delivered-To", "X-Original-To"):
        for line in mail.get_all(name, []):
            mark = _RETURN_PATH.search(str(line))
            if mark and (number := invitee_in(mark[1])):
                return number
    for text in _returned_headers(mail):
        for line in re.findall(rf"(?im)^(?:{HEADER}|Message-ID):\s*([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)", text):
            if number := invitee_in(line):
                return number
    return 0


def _returned_headers(mail: Message) -> Iterator[str]:
    for part in mail.walk():
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            for inner in part.get_payload():
                if isinstance(inner, Message):
                    yield "\n".join(f"{name}: {value}" for name, value in inner.items())
        elif part.get_content_type() == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            yield payload.decode(errors="replace") if isinstance(payload, bytes) else ""


def _says(block: Message, name: str) -> str:
    return str(block.get(name, "")).strip().lower()


def _reason(block: Message) -> str:
    words = str(block.get("Diagnostic-Code", "")).partition(";")[2].strip()
    text = f"{block.get('Status', '')} {words}"
    # Anybody can write to the box for bounces; PostgreSQL stores no U+0000, and nobody reads the others.
    said = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return said[:300] or "5.0.0"
