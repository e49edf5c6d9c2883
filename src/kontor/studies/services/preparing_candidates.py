"""Choose candidates: add, remove and bring back, order, leave out before the result."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from kontor.accounts.models import User
from kontor.needs.services import Remains, remove
from kontor.partners.models import Partner, Stage
from kontor.partners.services import add_partner
from kontor.studies.models import Score, Study, StudyCandidate
from kontor.studies.problems import StudyError
from kontor.studies.services.locking import locked
from kontor.studies.services.ordering import moved, number

MOST_CANDIDATES = 500


@transaction.atomic
def add_candidates(*, study: Study, partner_ids: Iterable[int]) -> int:
    """Put partner clusters into the study and return how many are new; our own and foreign ones stay out.

    Raises StudyError "study.decided" or "study.too_many_candidates".
    """
    current = locked(study)
    taken = set(current.candidates.values_list("partner_id", flat=True))
    wanted = Partner.objects.filter(
        cluster=current.cluster_id, is_own=False, merged_into=None, pk__in=list(partner_ids)
    )
    new = [partner for partner in wanted.order_by("name", "pk") if partner.pk not in taken]
    if len(taken) + len(new) > MOST_CANDIDATES:
        raise StudyError("study.too_many_candidates", most=MOST_CANDIDATES)
    last = current.candidates.aggregate(last=Max("position"))["last"]
    first = 0 if last is None else last + 1
    StudyCandidate.objects.bulk_create(
        StudyCandidate(cluster_id=current.cluster_id, study=current, partner=partner, position=first + place)
        for place, partner in enumerate(new)
    )
    return len(new)


@transaction.atomic
def add_by_name(*, study: Study, name: str, country: str, by: User | None = None) -> StudyCandidate:
    """Return a candidate whose profile is begun with no more than a name and a country.

    Raises StudyError "study.decided" or "study.candidate_without_name", and PartnerError and ValidationError
    as `partners.services.add_partner` does.
    """
    current = locked(study)
    if not name.strip():
        raise StudyError("study.candidate_without_name")
    partner = add_partner(
        cluster=current.cluster, name=name, country=country, stage=Stage.LONG, by=by, reason=""
    )
    add_candidates(study=current, partner_ids=[partner.pk])
    return current.candidates.get(partner=partner)


@transaction.atomic
def remove_candidate(*, candidate: StudyCandidate) -> Remains:
    """Take a candidate out with its scores; `needs.services.restore` brings back what is returned."""
    locked(candidate.study)
    return remove(candidate)


@transaction.atomic
def remove_candidates(*, study: Study, candidate_ids: Iterable[int]) -> tuple[int, int]:
    """Take several candidates out for good and return how many, and how many scores went with them."""
    current = locked(study)
    going = current.candidates.filter(pk__in=list(candidate_ids))
    scores = Score.objects.filter(candidate__in=going).count()
    candidates = going.count()
    going.delete()
    return candidates, scores


@transaction.atomic
def move_candidate(*, candidate: StudyCandidate, step: str) -> None:
    """Move a candidate up, down, to the top or to the bottom of the list."""
    current = locked(candidate.study)
    number(moved(list(current.candidates.all()), candidate, step))


@transaction.atomic
def leave_out(*, candidate: StudyCandidate, because: str) -> StudyCandidate:
    """Leave a candidate out of the result for a reason that everybody reads; "" lets it take part again.

    Raises StudyError "study.decided".
    """
    locked(candidate.study)
    current = StudyCandidate.objects.select_for_update().get(pk=candidate.pk)
    current.excluded_because = because.strip()
    current.version += 1
    current.save()
    return current
