"""Ask members to confirm their profiles, and take what they answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse

from kontor.accounts.models import Cluster, TaskLink
from kontor.accounts.services import Refused, finish_link, issue_link
from kontor.accounts.services.mail import public_address, send_mail
from kontor.actors.errors import ActorError
from kontor.actors.models import Competence, Organisation, Person
from kontor.actors.queries.people import may_be_written_to
from kontor.actors.services.competence import end_competence, set_level
from kontor.actors.services.organisation import update_organisation
from kontor.actors.services.period import set_size

PURPOSE = "actors.confirm_profile"
DAYS = 30
_LEVEL_UNTIL_SAID_OTHERWISE = 3


@dataclass(frozen=True)
class Asked:
    """How a round of mails went: numbers of organisations."""

    sent: int
    without_contact: int
    not_sent: int


def ask_for_confirmation(*, cluster: Cluster, organisation_ids: Collection[int]) -> Asked:
    """Send one contact of each organisation a link to its profile; only to those who agreed.

    Raises ActorError "confirm.nobody" where no organisation has such a contact.
    """
    people = _contacts(cluster, organisation_ids)
    if not people:
        raise ActorError("confirm.nobody")
    sent = sum(_sent(person, cluster) for person in people)
    known = Organisation.objects.filter(cluster=cluster, pk__in=organisation_ids).count()
    return Asked(sent=sent, without_contact=known - len(people), not_sent=len(people) - sent)


def _contacts(cluster: Cluster, organisation_ids: Collection[int]) -> list[Person]:
    rows = Person.objects.filter(may_be_written_to(), cluster=cluster, organisation__in=organisation_ids)
    first: dict[int, Person] = {}
    for person in rows.select_related("organisation").order_by("pk"):
        first.setdefault(person.organisation_id, person)
    return list(first.values())


def _sent(person: Person, cluster: Cluster) -> bool:
    link, token = issue_link(
        cluster=cluster,
        purpose=PURPOSE,
        target=person.pk,
        email=person.email,
        language=person.language,
        days=DAYS,
    )
    try:
        send_confirmation_mail(link=link, person=person, token=token)
    except Refused:
        link.delete()
        return False
    return True


def send_confirmation_mail(*, link: TaskLink, person: Person, token: str) -> None:
    """Send the link to its address in its language; raises Refused "mail.not_sent"."""
    address = public_address(reverse("actors:confirm", args=[link.cluster.slug, token]))
    context = {"person": person, "cluster": link.cluster, "address": address, "until": link.expires_at}
    send_mail(template="actors/mails/confirm", to=link.email, language=link.language, context=context)


@dataclass(frozen=True)
class Answer:
    """What a member says of itself. fields: of the organisation; kept, added: ids of competences."""

    fields: dict[str, Any]
    size: str
    kept: frozenset[int]
    added: frozenset[int]


@transaction.atomic
def confirm_profile(
    *, link: TaskLink, organisation: Organisation, expected_version: int, answer: Answer, today: date
) -> None:
    """Store the answer and close the link; raises EditConflict, ValidationError or LinkRefused."""
    update_organisation(organisation=organisation, expected_version=expected_version, **answer.fields)
    if answer.size:
        set_size(organisation=organisation, size=answer.size, valid_from=today)
    _settle_competences(organisation, answer, today)
    finish_link(link=link)


def _settle_competences(organisation: Organisation, answer: Answer, today: date) -> None:
    held = [row for row in organisation.competences.all() if row.is_valid_on(today)]
    for row in held:
        if row.competence_id not in answer.kept | answer.added:
            end_competence(held=row, valid_from=today)
    new = answer.added - {row.competence_id for row in held}
    for competence in _of_cluster(organisation, new):
        set_level(
            organisation=organisation,
            competence=competence,
            level=_LEVEL_UNTIL_SAID_OTHERWISE,
            valid_from=today,
        )


def _of_cluster(organisation: Organisation, pks: Iterable[int]) -> Iterable[Competence]:
    return Competence.objects.filter(cluster_id=organisation.cluster_id, pk__in=pks)
