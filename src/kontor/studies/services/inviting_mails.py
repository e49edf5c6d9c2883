"""The mails to assessors, in the language of whoever reads them."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from kontor.accounts.services.mail import public_address
from kontor.accounts.services.post import Letter
from kontor.studies.models import Assessor, Study


def letter_for(study: Study, assessor: Assessor, token: str, *, is_reminder: bool = False) -> Letter:
    """Return the invitation or the reminder to an assessor."""
    address = public_address(reverse("studies:assess", args=[study.cluster.slug, token]))
    with translation.override(assessor.language):
        subject, body = written(study, assessor, address, is_reminder=is_reminder)
    return Letter(assessor.email, subject, body, {"Auto-Submitted": "auto-generated"})


def written(study: Study, assessor: Assessor, address: str, *, is_reminder: bool) -> tuple[str, str]:
    """Return subject and text in the language that is active."""
    context = {"study": study, "assessor": assessor, "address": address, "is_reminder": is_reminder}
    subject = render_to_string("studies/mails/assess_subject.txt", context)
    body = render_to_string("studies/mails/assess_message.txt", context).strip() + "\n"
    return " ".join(subject.split())[:200], body
