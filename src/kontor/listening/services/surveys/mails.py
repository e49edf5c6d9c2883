"""The mails of a survey: one letter for one invitee."""

from __future__ import annotations

import re
from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac

from kontor.accounts.services.mail import public_address
from kontor.accounts.services.post import Letter
from kontor.listening.models import Invitee, Survey
from kontor.listening.wording import filled, text_of, values_for

HEADER = "X-Kontor-Invitation"
_MARK = re.compile(r"\b(\d{1,18})-([0-9a-f]{16})\b")


def letter_for(survey: Survey, invitee: Invitee, token: str, *, is_reminder: bool = False) -> Letter:
    """Return the invitation or the reminder to an invitee, in its language, with headers for every client."""
    slug, mark = survey.cluster.slug, mark_of(invitee)
    address = public_address(reverse("answering:answer", args=[slug, token]))
    decline = public_address(reverse("answering:decline", args=[slug, token]))
    with translation.override(invitee.language):
        subject, body = written(survey, invitee, address, decline, is_reminder=is_reminder)
    headers = {
        "Message-ID": make_msgid(idstring=f"kontor.{mark}", domain=_domain()),
        HEADER: mark,
        "List-Unsubscribe": f"<{decline}>",
        "Auto-Submitted": "auto-generated",
    }
    if decline.startswith("https:"):  # RFC 8058 allows one click over TLS only
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return Letter(invitee.email, subject, body, headers, return_path(mark))


def written(
    survey: Survey, invitee: Invitee, address: str, decline: str, *, is_reminder: bool
) -> tuple[str, str]:
    """Return subject and text in the language that is active; a text without the link gets it at its end."""
    before = "reminder_" if is_reminder else ""
    values = values_for(survey, invitee, link=address)
    language = translation.get_language() or invitee.language
    message = text_of(survey, f"{before}message", language)
    context = {
        "text": filled(message, values).strip(),
        "address": "" if "{link}" in message else address,
        "decline": decline,
        "survey": survey,
    }
    subject = filled(text_of(survey, f"{before}subject", language), values)
    body = render_to_string("listening/mails/survey.txt", context).strip() + "\n"
    return " ".join(subject.split())[:200], body


def mark_of(invitee: Invitee) -> str:
    """Return what names an invitee in a mail that comes back: its number and a seal, never the token."""
    return f"{invitee.pk}-{_seal(invitee.pk)}"


def invitee_in(text: str) -> int:
    """Return the number of the invitee that a mark in `text` names, 0 where there is none or it is forged."""
    for number, seal in _MARK.findall(text):
        if constant_time_compare(seal, _seal(int(number))):
            return int(number)
    return 0


def return_path(mark: str) -> str:
    """Return the envelope's sender: the operator's box for bounces with the mark in it, "" without a box."""
    box, at, domain = str(getattr(settings, "BOUNCE_ADDRESS", "")).rpartition("@")
    return f"{box}+{mark}@{domain}" if at else ""


def _seal(number: int) -> str:
    return salted_hmac("listening.invitation", str(number), algorithm="sha256").hexdigest()[:16]


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
