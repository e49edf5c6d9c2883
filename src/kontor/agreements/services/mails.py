"""The mails of a negotiation: invitation, news of the day, the final version; each in its reader's language.

None of them quotes a clause or a remark: what is negotiated is read behind the link or the login alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from smtplib import SMTPException

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from kontor.accounts.models import User
from kontor.accounts.services.mail import public_address
from kontor.accounts.services.post import Letter, post_office
from kontor.agreements.models import AgreementVersion, Negotiator, Side
from kontor.agreements.problems import AgreementError
from kontor.agreements.queries.news import News
from kontor.agreements.services.links import lay_link
from kontor.agreements.texts import say
from kontor.agreements.turns import Progress


def send_invitation(*, negotiator: Negotiator, sender: User, note: str = "") -> None:
    """Send a guest the link, with a personal note; not to be called inside a transaction.

    Raises AgreementError "negotiator.mail_refused" where the address is never taken,
    "negotiator.mail_not_sent" where the server is away; the link itself stays valid.
    """
    letter = invitation_letter(negotiator, sender, note)
    try:
        with post_office() as post:
            reason = post(letter)
    except (SMTPException, OSError) as error:
        raise AgreementError("negotiator.mail_not_sent", email=negotiator.email) from error
    mine = Negotiator.objects.filter(pk=negotiator.pk)
    if reason:
        mine.update(bounce_reason=reason[:300])
        raise AgreementError("negotiator.mail_refused", email=negotiator.email, reason=reason)
    mine.update(invited_at=timezone.now(), bounce_reason="")


def invitation_letter(negotiator: Negotiator, sender: User, note: str) -> Letter:
    """Return the invitation; answers to it go to the person who sent it."""
    more = {"sender": str(sender), "sender_email": sender.email, "note": note.strip()}
    letter = _letter(negotiator, "invitation", more)
    return Letter(letter.to, letter.subject, letter.body, {**letter.headers, "Reply-To": sender.email})


def digest_letter(negotiator: Negotiator, news: News, progress: Progress) -> Letter:
    """Return the mail that tells of what the other side has done."""
    mine = progress.seen_by(Side(negotiator.side))
    return _letter(negotiator, "digest", {"news": news, "progress": mine})


def version_letter(negotiator: Negotiator, version: AgreementVersion) -> Letter:
    """Return the mail that tells that a version has been agreed."""
    return _letter(negotiator, "agreed", {"version": version})


def address_of(negotiator: Negotiator) -> str:
    """Return where somebody negotiates: behind the guest's own link, or behind the login."""
    slug = negotiator.agreement.cluster.slug
    if negotiator.side == Side.THEM:
        path = reverse("agreements:guest", args=[slug, lay_link(negotiator)])
    else:
        path = reverse("agreements:detail", args=[slug, negotiator.agreement_id])
    return public_address(path)


def _letter(negotiator: Negotiator, template: str, more: Mapping[str, object]) -> Letter:
    """Return a letter in the reader's language."""
    agreement = negotiator.agreement
    user = negotiator.user
    language = user.language if user else negotiator.language
    side = Side(negotiator.side)
    context = {
        "negotiator": negotiator,
        "agreement": agreement,
        "cluster": agreement.cluster,
        "title": say(agreement.title, language),
        "across": agreement.name_of(side.other),
        "is_guest": side is Side.THEM,
        "address": address_of(negotiator),
        "public_url": settings.PUBLIC_URL,
        **more,
    }
    with translation.override(language):
        subject = render_to_string(f"agreements/mail/{template}_subject.txt", context)
        body = render_to_string(f"agreements/mail/{template}_message.txt", context)
    to = user.email if user else negotiator.email
    headers = {"Auto-Submitted": "auto-generated"}
    return Letter(to, " ".join(subject.split())[:200], body.strip() + "\n", headers)
