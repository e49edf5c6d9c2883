"""Mails of this room: text, in the language of whoever reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from kontor.accounts.services.refused import Refused


def send_mail(
    *,
    template: str,
    to: str,
    language: str,
    context: Mapping[str, object],
    attachments: Sequence[tuple[str, bytes, str]] = (),
) -> None:
    """Send `<template>_subject.txt` and `<template>_message.txt` to one address, in its language.

    attachments: (name of the file, content, type).

    Raises Refused "mail.not_sent" where the mail server does not take it.
    """
    shown = {**context, "public_url": settings.PUBLIC_URL}
    with translation.override(language):
        subject = " ".join(render_to_string(f"{template}_subject.txt", shown).split())
        body = render_to_string(f"{template}_message.txt", shown).strip() + "\n"
    try:
        EmailMessage(subject, body, to=[to], attachments=list(attachments)).send()
    except (SMTPException, OSError) as error:
        raise Refused("mail.not_sent", email=to) from error


def public_address(path: str) -> str:
    """Return the full address of a path, as people outside reach it."""
    return f"{settings.PUBLIC_URL}{path}"
