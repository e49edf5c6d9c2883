"""Keep a transcript; its passages stay with their words."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from kontor.accounts.services import claim_edit
from kontor.listening.models import Interview, Passage
from kontor.listening.passages import Span, anchored, cleaned
from kontor.listening.problems import ListeningError
from kontor.listening.transcripts import bounded


@dataclass(frozen=True)
class Stored:
    """What became of a new transcript. lost: passages whose words no longer stand in it."""

    interview: Interview
    lost: int


@transaction.atomic
def store_transcript(*, interview: Interview, expected_version: int, text: str) -> Stored:
    """Keep the transcript and find every passage in it again; none is deleted.

    Raises EditConflict and ListeningError "interview.not_open" or "interview.transcript_too_long".
    """
    current = claim_edit(interview, expected_version)
    if current.state in (Interview.State.DECLINED, Interview.State.UNUSED):
        raise ListeningError("interview.not_open")
    old, new = current.transcript, bounded(cleaned(text))
    passages = list(current.passages.all())
    for passage in passages:
        _anchor(passage, old, new)
    Passage.objects.bulk_update(passages, ["start", "end", "is_lost"])
    current.transcript = new
    current.save(update_fields=["transcript", "updated_at"])
    return Stored(current, sum(passage.is_lost for passage in passages))


def _anchor(passage: Passage, old: str, new: str) -> None:
    found = anchored(old, new, Span(passage.start, passage.end), passage.quote)
    passage.is_lost = found is None
    if found is not None:
        passage.start, passage.end = found.start, found.end
