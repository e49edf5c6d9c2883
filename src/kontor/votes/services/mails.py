"""The mails of a vote, in the language of whoever casts it."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from kontor.accounts.services.mail import public_address
from kontor.accounts.services.post import Letter
from kontor.votes.models import Elector, Vote


def letter_for(vote: Vote, elector: Elector, token: str, *, is_reminder: bool = False) -> Letter:
    """Return the invitation or the reminder to an elector."""
    address = public_address(reverse("votes:cast", args=[vote.cluster.slug, token]))
    with translation.override(elector.language):
        subject, body = written(vote, elector, address, is_reminder=is_reminder)
    return Letter(elector.email, subject, body, {"Auto-Submitted": "auto-generated"})


def written(vote: Vote, elector: Elector, address: str, *, is_reminder: bool) -> tuple[str, str]:
    """Return subject and text in the language that is active."""
    context = {"vote": vote, "elector": elector, "address": address, "is_reminder": is_reminder}
    subject = render_to_string("votes/mails/ballot_subject.txt", context)
    body = render_to_string("votes/mails/ballot_message.txt", context).strip() + "\n"
    return " ".join(subject.split())[:200], body
