"""Somebody drops out, somebody else takes the place: the next of the group, or one chosen with a reason."""

from __future__ import annotations

from django.db import transaction

from kontor.accounts.services import claim_edit
from kontor.actors.models import Organisation
from kontor.listening.models import Interview, InterviewStudy
from kontor.listening.problems import ListeningError
from kontor.listening.services.interviews.drawing import contacts

_STANDING = (Interview.State.OPEN, Interview.State.APPOINTED)


@transaction.atomic
def decline(*, interview: Interview, expected_version: int, reason: str) -> Interview:
    """Note that the member does not take part, and why; the place is then free.

    Raises EditConflict or ListeningError "interview.not_open".
    """
    current = claim_edit(interview, expected_version)
    if current.state not in _STANDING:
        raise ListeningError("interview.not_open")
    current.state, current.reason = Interview.State.DECLINED, reason.strip()
    current.save()
    return current


@transaction.atomic
def call_reserve(*, interview: Interview) -> Interview:
    """Return the next reserve of the same group, now to be asked in the place of one who declined.

    Raises ListeningError "interview.place_not_free" or "interview.no_reserve".
    """
    _lock_free_place(interview)
    reserve = interview.study.interviews.filter(
        stratum=interview.stratum, role=Interview.Role.RESERVE, state=Interview.State.UNUSED
    )
    found = reserve.order_by("rank").first()
    if found is None:
        raise ListeningError("interview.no_reserve")
    found.state, found.replaces = Interview.State.OPEN, interview
    found.save()
    return found


@transaction.atomic
def choose_stand_in(*, interview: Interview, organisation: Organisation, reason: str) -> Interview:
    """Return the member chosen by hand for the place of one who declined; it needs a reason.

    Raises ListeningError "interview.place_not_free", "interview.reason_needed", "interview.already_listed" or
    "interview.of_another_cluster".
    """
    _lock_free_place(interview)
    if organisation.cluster_id != interview.cluster_id:
        raise ListeningError("interview.of_another_cluster")
    if not reason.strip():
        raise ListeningError("interview.reason_needed")
    known = interview.study.interviews.filter(organisation=organisation).first()
    if known is not None and known.state != Interview.State.UNUSED:
        raise ListeningError("interview.already_listed", name=organisation.name)
    chosen = known or Interview(
        cluster_id=interview.cluster_id,
        study=interview.study,
        organisation=organisation,
        person_id=contacts(interview.cluster, [organisation.pk]).get(organisation.pk),
        stratum=interview.stratum,
        rank=0,
        role=Interview.Role.CHOSEN,
    )
    chosen.state, chosen.replaces, chosen.reason = Interview.State.OPEN, interview, reason.strip()
    chosen.save()
    return chosen


@transaction.atomic
def reopen(*, interview: Interview, expected_version: int) -> Interview:
    """Take a refusal back. Who stands in and has not been asked yet goes back to the reserve.

    Raises EditConflict or ListeningError "interview.not_declined".
    """
    current = claim_edit(interview, expected_version)
    if current.state != Interview.State.DECLINED:
        raise ListeningError("interview.not_declined")
    current.state = Interview.State.APPOINTED if current.appointed_at else Interview.State.OPEN
    current.reason = ""
    current.save()
    stand_in = Interview.objects.filter(replaces=current, state=Interview.State.OPEN, edition=1).first()
    if stand_in is not None and not stand_in.transcript:
        if stand_in.role == Interview.Role.CHOSEN:
            stand_in.delete()
        else:
            stand_in.state, stand_in.replaces, stand_in.reason = Interview.State.UNUSED, None, ""
            stand_in.save()
    return current


def _lock_free_place(interview: Interview) -> None:
    """Let one after the other fill places of a series; refuse where the place is not free."""
    InterviewStudy.objects.select_for_update().get(pk=interview.study_id)
    is_free = Interview.objects.filter(pk=interview.pk, state=Interview.State.DECLINED, replaced_by=None)
    if not is_free.exists():
        raise ListeningError("interview.place_not_free")
