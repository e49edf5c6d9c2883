"""The stages of an agreement: open, give up, take up again, amend."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kontor.agreements.models import Acceptance, Agreement, Clause, Side, Wording
from kontor.agreements.problems import AgreementError
from kontor.agreements.services.holding import hold
from kontor.agreements.services.links import prolong_links
from kontor.agreements.services.proposing import is_acceptable
from kontor.agreements.speaker import Speaker


@transaction.atomic
def open_negotiation(*, agreement: Agreement, speaker: Speaker) -> Agreement:
    """Return the agreement open for the other side; our side stands behind its draft from now on.

    Each clause counts as accepted by us, except those with gaps or with a language that lags behind. What
    was left out of the draft is gone. Raises AgreementError "agreement.no_clauses" or one named after its
    state.
    """
    held = hold(agreement, Agreement.State.DRAFT)
    held.clauses.exclude(removed_at=None).delete()
    ours = list(Wording.objects.filter(clause__agreement=held).select_related("clause"))
    if not ours:
        raise AgreementError("agreement.no_clauses")
    now = timezone.now()
    Wording.objects.filter(clause__agreement=held).update(created_at=now)
    for wording in ours:
        if is_acceptable(wording):
            Acceptance.objects.create(wording=wording, side=Side.US, name=speaker.name, accepted_at=now)
    held.state, held.opened_at = Agreement.State.NEGOTIATING, now
    held.save(update_fields=["state", "opened_at", "updated_at"])
    return held


@transaction.atomic
def cancel_agreement(*, agreement: Agreement) -> Agreement:
    """Return the agreement given up before anything was agreed; links show that and take nothing more.

    Raises AgreementError "agreement.is_in_force" where a version has been agreed: then only the amendment
    can be given up.
    """
    held = hold(agreement, Agreement.State.DRAFT, Agreement.State.NEGOTIATING)
    if held.versions.exists():
        raise AgreementError("agreement.is_in_force")
    held.state = Agreement.State.CANCELLED
    held.save(update_fields=["state", "updated_at"])
    return held


@transaction.atomic
def resume_agreement(*, agreement: Agreement) -> Agreement:
    """Return the agreement taken up again where it was given up."""
    held = hold(agreement, Agreement.State.CANCELLED)
    held.state = Agreement.State.NEGOTIATING if held.opened_at else Agreement.State.DRAFT
    held.save(update_fields=["state", "updated_at"])
    return held


@transaction.atomic
def begin_amendment(*, agreement: Agreement, reason: str) -> Agreement:
    """Return the agreement open again for a new round; what was agreed stays in force and untouched.

    Raises AgreementError "agreement.no_reason" or one named after its state.
    """
    held = hold(agreement, Agreement.State.AGREED)
    if not reason.strip():
        raise AgreementError("agreement.no_reason")
    held.state = Agreement.State.NEGOTIATING
    held.round, held.round_reason = held.round + 1, " ".join(reason.split())[:500]
    held.save(update_fields=["state", "round", "round_reason", "updated_at"])
    prolong_links(held)
    return held


@transaction.atomic
def withdraw_amendment(*, agreement: Agreement) -> Agreement:
    """Return the agreement as it was before the amendment; what was proposed in it stays in the history.

    Raises AgreementError "agreement.not_amended" where nothing has been agreed yet.
    """
    held = hold(agreement, Agreement.State.NEGOTIATING)
    version = held.versions.order_by("-number").first()
    if version is None:
        raise AgreementError("agreement.not_amended")
    now = timezone.now()
    of_round = Wording.objects.filter(clause__agreement=held, round=held.round)
    of_round.filter(withdrawn_at=None).update(withdrawn_at=now)
    kept = {each["id"]: each for each in version.content["clauses"]}
    for clause in held.clauses.all():
        if clause.pk in kept:
            _put_back(clause, kept[clause.pk]["wording"], list(kept).index(clause.pk) + 1)
        elif clause.removed_at is None:
            Clause.objects.filter(pk=clause.pk).update(removed_at=now)
    held.state = Agreement.State.AGREED
    held.save(update_fields=["state", "updated_at"])
    return held


def _put_back(clause: Clause, number: int, position: int) -> None:
    agreed = clause.wordings.get(number=number)
    clause.heading, clause.current_number = agreed.heading, agreed.number
    clause.removed_at, clause.position = None, position
    clause.version += 1
    clause.save()
