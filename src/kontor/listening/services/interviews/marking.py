"""Mark a passage of a transcript, and record the need that it tells."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from kontor.accounts.services import claim_edit
from kontor.listening.models import Interview, Passage
from kontor.listening.passages import Span, anchored, trimmed
from kontor.listening.problems import ListeningError
from kontor.needs.models import Need, NeedTopic
from kontor.needs.services import record_need

LONGEST_QUOTE = 10_000


@transaction.atomic
def mark_passage(*, interview: Interview, span: Span, quote: str, comment: str = "") -> Passage:
    """Return the new passage. quote: the words as the marking person saw them.

    Where the transcript changed meanwhile the words are looked for again. Raises ListeningError
    "interview.words_not_found", "interview.passage_empty" or "interview.passage_too_long".
    """
    current = Interview.objects.select_for_update().get(pk=interview.pk)
    text = current.transcript
    found: Span | None = span
    if span.of(text) != quote:
        found = anchored(interview.transcript, text, span, quote) if quote else None
    if found is None:
        raise ListeningError("interview.words_not_found")
    place = trimmed(text, found)
    if place.start >= place.end:
        raise ListeningError("interview.passage_empty")
    if place.end - place.start > LONGEST_QUOTE:
        raise ListeningError("interview.passage_too_long", most=LONGEST_QUOTE)
    return Passage.objects.create(
        cluster_id=current.cluster_id,
        interview=current,
        start=place.start,
        end=place.end,
        quote=place.of(text),
        comment=comment.strip(),
    )


@transaction.atomic
def mark_need(
    *, interview: Interview, span: Span, quote: str, comment: str = "", need: dict[str, Any]
) -> Passage:
    """Return the new passage with the need that it tells. need: as `need_of_passage` takes it."""
    passage = mark_passage(interview=interview, span=span, quote=quote, comment=comment)
    need_of_passage(passage=passage, **need)
    return passage


@transaction.atomic
def need_of_passage(
    *,
    passage: Passage,
    topic: NeedTopic,
    statement: str,
    kind: str = "",
    country: str = "",
    urgency: int = Need.Urgency.SOON,
) -> Need:
    """Return the need that the passage tells, recorded for the member with the day of the talk.

    A need of this passage that was deleted and brought back is taken up again. Raises ListeningError
    "interview.passage_has_need", and what needs.services.record_need raises.
    """
    if passage.need_id is not None:
        raise ListeningError("interview.passage_has_need")
    interview = passage.interview
    known = Need.objects.filter(cluster=passage.cluster_id, reference=reference_of(passage)).first()
    passage.need = known or record_need(
        cluster=interview.cluster,
        organisation=interview.organisation,
        topic=topic,
        statement=statement,
        kind=kind,
        country=country,
        urgency=urgency,
        source=Need.Source.INTERVIEW,
        recorded_on=interview.held_on,
        person=interview.person,
        reference=reference_of(passage),
    )
    passage.save(update_fields=["need", "updated_at"])
    return passage.need


@transaction.atomic
def unlink_need(*, passage: Passage) -> None:
    """Let the passage tell no need any more; the need itself stays on record, by hand from now on."""
    need = passage.need
    if need is not None:
        need.reference = ""
        need.save(update_fields=["reference", "updated_at"])
        passage.need = None
        passage.save(update_fields=["need", "updated_at"])


@transaction.atomic
def change_passage(
    *, passage: Passage, expected_version: int, comment: str, need: dict[str, Any] | None = None
) -> Passage:
    """Return the passage with another comment, and with the need that it tells where one is given.

    need: as `need_of_passage` takes it. Raises EditConflict, and what `need_of_passage` raises.
    """
    current = claim_edit(passage, expected_version)
    current.comment = comment.strip()
    current.save(update_fields=["comment", "updated_at"])
    if need is not None:
        need_of_passage(passage=current, **need)
    return current


@transaction.atomic
def delete_passage(*, passage: Passage) -> None:
    """Take the marking off; the words stay in the transcript and a need stays on record."""
    unlink_need(passage=passage)
    passage.delete()


def reference_of(passage: Passage) -> str:
    """Return where the need of a passage was said."""
    return f"interview:{passage.interview_id}:p{passage.pk}"
