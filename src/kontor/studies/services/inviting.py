"""Who weighs and scores: add people, change and remove them, give them a new link."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from kontor.accounts.models import User
from kontor.accounts.rules import MANAGEMENT
from kontor.actors.models import Organisation, Person
from kontor.actors.queries.people import may_be_written_to
from kontor.studies.models import Assessor, Study
from kontor.studies.problems import StudyError
from kontor.studies.services.inviting_links import links_for, withdraw_links
from kontor.studies.services.locking import locked

# For whom somebody speaks, by the kind of the organisation.
GROUPS = {
    "sme": Assessor.Group.SME,
    "large": Assessor.Group.LARGE,
    "research": Assessor.Group.RESEARCH,
    "university": Assessor.Group.RESEARCH,
}


@transaction.atomic
def add_assessor(
    *,
    study: Study,
    name: str,
    email: str,
    language: str = "de",
    group: str = Assessor.Group.OTHER,
    weighs: bool = True,
    scores_candidates: bool = True,
    user: User | None = None,
) -> Assessor:
    """Return a new assessor; nothing is sent yet.

    Raises StudyError "study.decided", "assessor.no_name", "assessor.bad_address", "assessor.does_nothing" or
    "assessor.known_already".
    """
    current = locked(study)
    assessor = Assessor(
        cluster_id=current.cluster_id,
        study=current,
        name=name.strip(),
        email=email.strip().lower(),
        language=language,
        group=group,
        weighs=weighs,
        scores_candidates=scores_candidates,
        user=user,
    )
    _store(assessor)
    return assessor


@transaction.atomic
def add_people(*, study: Study, person_ids: Iterable[int], group: str = "") -> int:
    """Make assessors of members' people and return how many are new.

    group: for whom they speak; "" takes it from the kind of their organisation. People of other clusters,
    without a consent, or in the study already are left out. Raises StudyError "study.decided".
    """
    current = locked(study)
    taken = {email.lower() for email in current.assessors.values_list("email", flat=True)}
    wanted = Person.objects.filter(may_be_written_to(), cluster=current.cluster_id, pk__in=list(person_ids))
    number = 0
    for person in wanted.select_related("organisation").order_by("pk"):
        address = person.email.strip().lower()
        if address in taken:
            continue
        taken.add(address)
        add_assessor(
            study=current,
            name=str(person),
            email=address,
            language=person.language,
            group=group or group_of(person.organisation),
        )
        number += 1
    return number


@transaction.atomic
def add_team(*, study: Study, user_ids: Iterable[int]) -> int:
    """Make assessors of the people of the cluster office and return how many are new."""
    current = locked(study)
    taken = {email.lower() for email in current.assessors.values_list("email", flat=True)}
    team = User.objects.filter(
        roles__cluster=current.cluster_id, roles__kind__in=MANAGEMENT, pk__in=list(user_ids)
    )
    new = [user for user in team.distinct().order_by("pk") if user.email.lower() not in taken]
    for user in new:
        add_assessor(
            study=current,
            name=user.name or user.email,
            email=user.email,
            language=user.language,
            group=Assessor.Group.MANAGEMENT,
            user=user,
        )
    return len(new)


@transaction.atomic
def update_assessor(*, assessor: Assessor, **fields: Any) -> Assessor:
    """Return the assessor with `fields` changed; a new address makes earlier links lead nowhere.

    fields: any of name, email, language, group, weighs, scores_candidates. Raises as `add_assessor` does.
    """
    locked(assessor.study)
    current = Assessor.objects.select_for_update().get(pk=assessor.pk)
    before = current.email
    for name, value in fields.items():
        setattr(current, name, value.strip() if isinstance(value, str) else value)
    current.email = current.email.lower()
    if current.email != before:
        _forget_link(current)
    current.version += 1
    _store(current)
    return current


@transaction.atomic
def remove_assessor(*, assessor: Assessor) -> None:
    """Take somebody out with everything that this person weighed and scored.

    Once the weights have been opened they count in the result, so that nobody goes any more. Raises
    StudyError "study.decided" or "assessor.counts".
    """
    study = locked(assessor.study)
    if study.state == Study.State.OPEN and has_handed_in(assessor):
        raise StudyError("assessor.counts", name=assessor.name)
    withdraw_links(assessor)
    assessor.delete()


@transaction.atomic
def new_link(*, assessor: Assessor) -> str:
    """Return the token of a fresh link; the earlier one opens nothing any more."""
    locked(assessor.study)
    current = Assessor.objects.select_for_update().get(pk=assessor.pk)
    _forget_link(current)
    current.save()
    return links_for([current])[current.pk]


def group_of(organisation: Organisation) -> str:
    """Return for whom a person of the organisation speaks."""
    return GROUPS.get(organisation.kind, Assessor.Group.OTHER)


def has_handed_in(assessor: Assessor) -> bool:
    """True where this person's weights or scores are in."""
    statement = getattr(assessor, "weight_statement", None)
    return assessor.submitted_scores_at is not None or (
        statement is not None and statement.submitted_at is not None
    )


def _forget_link(assessor: Assessor) -> None:
    withdraw_links(assessor)
    assessor.issue += 1
    assessor.invited_at = assessor.reminded_at = None
    assessor.mail_problem = ""


def _store(assessor: Assessor) -> None:
    if not assessor.name:
        raise StudyError("assessor.no_name")
    try:
        validate_email(assessor.email)
    except ValidationError as problem:
        raise StudyError("assessor.bad_address", email=assessor.email) from problem
    if not (assessor.weighs or assessor.scores_candidates):
        raise StudyError("assessor.does_nothing", name=assessor.name)
    if assessor.group not in Assessor.Group.values or assessor.language not in ("de", "en"):
        raise StudyError("assessor.group_unknown")
    try:
        with transaction.atomic():
            assessor.save()
    except IntegrityError as problem:
        raise StudyError("assessor.known_already", email=assessor.email) from problem
