"""Decide about people's own words: a need, or none; each decision is kept, so that nobody reads twice."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kontor.accounts.models import User
from kontor.actors.models import Person
from kontor.listening.models import ReadText, SurveyResponse
from kontor.listening.problems import ListeningError
from kontor.listening.queries.texts import digest_of
from kontor.needs.models import Need, NeedTopic
from kontor.needs.services import record_need


@transaction.atomic
def make_need(
    *,
    response: SurveyResponse,
    name: str,
    text: str,
    user: User | None,
    topic: NeedTopic,
    statement: str,
    kind: str = "",
    country: str = "",
    urgency: int = Need.Urgency.SOON,
) -> Need:
    """Record the words as a need of the organisation that wrote them, and remember where it came from.

    Raises ListeningError "text.anonymous" or "text.already_read", NeedError and ValidationError as
    `record_need` does.
    """
    if response.organisation is None:
        raise ListeningError("text.anonymous")
    read = _claim(response, name, text, user)
    when = response.submitted_at or timezone.now()
    need = record_need(
        cluster=response.cluster,
        organisation=response.organisation,
        person=_colleague(response),
        topic=topic,
        statement=statement,
        kind=kind,
        country=country,
        urgency=urgency,
        source=Need.Source.SURVEY,
        recorded_on=timezone.localdate(when),
        reference=f"read:{response.pk.hex}:{read.digest[:32]}",
    )
    read.is_need, read.need = True, need
    read.save(update_fields=["is_need", "need", "read_at"])
    return need


@transaction.atomic
def set_aside(*, response: SurveyResponse, name: str, text: str, user: User | None) -> ReadText:
    """Remember that these words are no need. Raises ListeningError "text.already_read"."""
    return _claim(response, name, text, user)


@transaction.atomic
def read_again(*, response: SurveyResponse, name: str) -> None:
    """Put words that were set aside before the office again; those that became a need stay as they are."""
    ReadText.objects.filter(response=response, question=name, is_need=False).delete()


def _claim(response: SurveyResponse, name: str, text: str, user: User | None) -> ReadText:
    """Return the decision, to be made now; who comes second about the same words is refused."""
    digest = digest_of(name, text)
    SurveyResponse.objects.select_for_update().get(pk=response.pk)
    earlier = ReadText.objects.filter(response=response, question=name).first()
    if earlier is not None and earlier.digest == digest:
        raise ListeningError("text.already_read")
    read, _is_new = ReadText.objects.update_or_create(
        response=response,
        question=name,
        defaults={
            "cluster_id": response.cluster_id,
            "digest": digest,
            "is_need": False,
            "need": None,
            "read_by": user,
        },
    )
    return read


def _colleague(response: SurveyResponse) -> Person | None:
    """Return who answered, if still with the organisation."""
    person = response.person
    return person if person is not None and person.organisation_id == response.organisation_id else None
