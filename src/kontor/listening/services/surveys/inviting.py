"""Who is invited while a survey runs: more people, another contact, and what became of a mail by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kontor.actors.models import Person
from kontor.actors.queries.people import may_be_written_to
from kontor.actors.queries.segments import segments
from kontor.listening.models import Invitee, Survey
from kontor.listening.problems import ListeningError
from kontor.listening.services.surveys.links import links_for, withdraw_links
from kontor.listening.services.surveys.opening import invite

MARKS = (Invitee.State.BOUNCED, Invitee.State.DECLINED, Invitee.State.SENT)


@transaction.atomic
def add_people(*, survey: Survey, person_ids: Iterable[int], now: datetime) -> int:
    """Invite more people to a running survey and return how many are new.

    People of other clusters, without a consent, or invited before are left out. Raises ListeningError
    "survey.not_running".
    """
    if survey.state != Survey.State.RUNNING:
        raise ListeningError("survey.not_running")
    groups = segments(survey.cluster, timezone.localdate(now), only_members=False)
    taken = set(Invitee.objects.filter(survey=survey).values_list("email", flat=True))
    new: dict[str, Person] = {}
    rows = Person.objects.filter(may_be_written_to(), cluster=survey.cluster_id, pk__in=list(person_ids))
    for person in rows.order_by("pk"):
        if person.email.strip().lower() not in taken:
            new.setdefault(person.email.strip().lower(), person)
    invite(survey, [(person, groups[person.organisation_id]) for person in new.values()])
    return len(new)


@transaction.atomic
def change_contact(*, invitee: Invitee, person: Person) -> None:
    """Ask somebody else of the same organisation; the earlier link opens nothing any more.

    Raises ListeningError "survey.contact_unsuitable", "survey.answered" or "survey.address_taken".
    """
    current = Invitee.objects.select_for_update().select_related("survey").get(pk=invitee.pk)
    is_of_it = person.organisation_id == current.organisation_id
    if not (is_of_it and person.may_be_written_to):
        raise ListeningError("survey.contact_unsuitable")
    if current.is_answered:
        raise ListeningError("survey.answered")
    address = person.email.strip().lower()
    others = Invitee.objects.filter(survey=current.survey_id, email=address).exclude(pk=current.pk)
    if others.exists():
        raise ListeningError("survey.address_taken")
    current.person, current.email, current.language = person, address, person.language
    current.state, current.bounce_reason = Invitee.State.WAITING, ""
    current.sent_at = current.reminded_at = None
    current.issue += 1
    current.save()
    withdraw_links(current)
    if not current.survey.is_anonymous:
        links_for(current.survey, [current])


@transaction.atomic
def mark_invitee(*, invitee: Invitee, state: str, reason: str = "") -> None:
    """Note by hand that a mail came back, that somebody does not want to answer, or take either back.

    Raises ListeningError "survey.unknown_mark".
    """
    if state not in MARKS:
        raise ListeningError("survey.unknown_mark")
    if state == Invitee.State.SENT and invitee.sent_at is None:
        state = Invitee.State.WAITING
    Invitee.objects.filter(pk=invitee.pk).update(state=state, bounce_reason=reason[:300])
