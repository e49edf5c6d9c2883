"""Freeze what both sides agreed to, prove that it is untouched, and note the signatures."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from kontor.accounts.models import User
from kontor.agreements.content import agreement_content
from kontor.agreements.documents import agreement_report
from kontor.agreements.models import Agreement, AgreementVersion, Signing
from kontor.agreements.problems import AgreementError
from kontor.agreements.queries.sheet import sheet_of
from kontor.agreements.services.holding import hold
from kontor.agreements.services.news import tell_of_version
from kontor.reports.stored import to_json


@transaction.atomic
def freeze(*, agreement: Agreement, user: User) -> AgreementVersion:
    """Keep the paper as both sides agreed to it, in all its languages, and tell all negotiators.

    Raises AgreementError "agreement.not_settled" (with how many clauses are open),
    "agreement.nothing_amended" or one named after its state.
    """
    held = hold(agreement, Agreement.State.NEGOTIATING)
    sheet = sheet_of(held)
    if not sheet.progress.is_settled:
        raise AgreementError("agreement.not_settled", open=sheet.progress.total - sheet.progress.settled)
    last = held.versions.order_by("-number").first()
    now = timezone.now()
    content = agreement_content(sheet, number=last.number + 1 if last else 1, at=now, by=str(user))
    if last is not None and _clauses(last.content) == _clauses(content):
        raise AgreementError("agreement.nothing_amended")
    reports = {code: to_json(agreement_report(content, language=code)) for code in held.languages}
    version = AgreementVersion.objects.create(
        cluster_id=held.cluster_id,
        agreement=held,
        number=content["number"],
        content=content,
        reports=reports,
        languages=held.languages,
        digest=digest_of(content, reports),
        frozen_at=now,
        frozen_by=user,
    )
    held.state, held.agreed_at = Agreement.State.AGREED, now
    held.save(update_fields=["state", "agreed_at", "updated_at"])
    tell_of_version(version)
    return version


def digest_of(content: Mapping[str, Any], reports: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a version, the same on every machine and in every database."""
    said = json.dumps(
        {"content": content, "reports": reports}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(said.encode()).hexdigest()


def is_intact(version: AgreementVersion) -> bool:
    """Tell whether a version is still what was frozen."""
    return digest_of(version.content, version.reports) == version.digest


@transaction.atomic
def note_signing(
    *, version: AgreementVersion, signed_on: date, place: str, by_us: str, by_them: str, user: User
) -> Signing:
    """Return the note that a version was signed on paper; a second note corrects the first.

    Raises AgreementError "signing.in_the_future" or "signing.before_it_was_agreed".
    """
    if signed_on > timezone.localdate():
        raise AgreementError("signing.in_the_future")
    if signed_on < timezone.localdate(version.frozen_at):
        raise AgreementError("signing.before_it_was_agreed")
    fields = {"signed_on": signed_on, "place": place.strip(), "noted_by": user}
    fields |= {"signed_by_us": by_us.strip(), "signed_by_them": by_them.strip()}
    return Signing.objects.update_or_create(version=version, defaults=fields)[0]


def _clauses(content: Mapping[str, Any]) -> list[Any]:
    """Return what is compared to see whether an amendment has changed anything."""
    return [(each["id"], each["heading"], each["text"]) for each in content["clauses"]]
