"""Make an appointment, and write to whom it is with."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import translation

from kontor.accounts.models import User
from kontor.accounts.services import claim_edit
from kontor.accounts.services.mail import send_mail
from kontor.actors.models import Person
from kontor.listening.appointments import appointment_file
from kontor.listening.models import Interview
from kontor.listening.problems import ListeningError

_SHORTEST_MINUTES, _LONGEST_MINUTES = 5, 480


@transaction.atomic
def appoint(
    *,
    interview: Interview,
    expected_version: int,
    appointed_at: datetime | None,
    minutes: int = 45,
    place: str = "",
    person: Person | None = None,
    interviewer: User | None = None,
) -> Interview:
    """Keep when, where and with whom the talk is; without a time the appointment is called off.

    Raises EditConflict and ListeningError "interview.not_open", "interview.minutes",
    "interview.person_of_another_organisation" or "interview.interviewer_without_role".
    """
    current = claim_edit(interview, expected_version)
    if current.state in (Interview.State.DECLINED, Interview.State.UNUSED):
        raise ListeningError("interview.not_open")
    if not _SHORTEST_MINUTES <= minutes <= _LONGEST_MINUTES:
        raise ListeningError("interview.minutes", least=_SHORTEST_MINUTES, most=_LONGEST_MINUTES)
    if person is not None and person.organisation_id != current.organisation_id:
        raise ListeningError("interview.person_of_another_organisation")
    if interviewer is not None and not interviewer.roles.filter(cluster=current.cluster_id).exists():
        raise ListeningError("interview.interviewer_without_role")
    current.appointed_at, current.minutes, current.place = appointed_at, minutes, place.strip()
    current.person, current.interviewer = person, interviewer
    if current.state != Interview.State.HELD:
        current.state = Interview.State.APPOINTED if appointed_at else Interview.State.OPEN
    current.clean_fields(exclude=["fields"])
    current.save()
    return current


def write_invitation(*, interview: Interview, reply_to: str) -> None:
    """Send the contact the appointment with a calendar file, in the contact's language.

    Raises ListeningError "interview.no_appointment" or "interview.no_consent", and Refused "mail.not_sent".
    """
    person = interview.person
    if interview.appointed_at is None or interview.state != Interview.State.APPOINTED:
        raise ListeningError("interview.no_appointment")
    if person is None or not person.may_be_written_to:
        raise ListeningError("interview.no_consent")
    with translation.override(person.language):
        file = appointment_file(interview)
    send_mail(
        template="listening/interviews/mail/invitation",
        to=person.email,
        language=person.language,
        context={
            "interview": interview,
            "person": person,
            "cluster": interview.cluster,
            "reply_to": reply_to,
        },
        attachments=[("interview.ics", file, "text/calendar")],
    )
