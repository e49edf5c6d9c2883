"""From the board to the need records: whose idea it was, and what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from kontor.actors.models import Organisation
from kontor.listening.models import Board, BoardParticipant, Idea
from kontor.listening.problems import ListeningError
from kontor.listening.queries.boards import known_organisations
from kontor.needs.models import Need
from kontor.needs.services import Occasion, note_hearing, record_need


@dataclass(frozen=True)
class Transfer:
    """What came of it. without_topic, without_organisation: ideas that wait for a person's word."""

    needs: int
    heard: int
    without_topic: int
    without_organisation: int


@transaction.atomic
def name_organisations(*, board: Board, named: Mapping[int, Organisation | None]) -> None:
    """Say which organisation participants speak for.

    named: participant → organisation, None takes it back. Needs that were made stay as they are.
    Raises ListeningError "board.participant_elsewhere" or "board.organisation_elsewhere".
    """
    if any(each is not None and each.cluster_id != board.cluster_id for each in named.values()):
        raise ListeningError("board.organisation_elsewhere")
    rows = list(BoardParticipant.objects.filter(board=board, pk__in=named))
    if len(rows) != len(named):
        raise ListeningError("board.participant_elsewhere")
    for row in rows:
        row.organisation = named[row.pk]
    BoardParticipant.objects.bulk_update(rows, ["organisation"])


@transaction.atomic
def take_as_needs(*, board: Board) -> Transfer:
    """Record every idea that stands under a topic and whose organisation is known as a need of it.

    Ideas taken off the board are left out; what was taken over before is not taken twice. Each organisation
    that sent an idea counts as heard on the day of the meeting.
    """
    organisations = known_organisations(board)
    rows = Idea.objects.filter(board=board, is_hidden=False).select_related("group__topic", "need")
    needs = without_topic = without_organisation = 0
    heard: dict[int, Organisation] = {}
    for idea in rows:
        speaker = organisations.get(idea.participant_id or 0)
        if speaker is None:
            without_organisation += idea.need_id is None
            continue
        heard[speaker.pk] = speaker
        if idea.need_id is None and (idea.group is None or idea.group.topic is None):
            without_topic += 1
        elif idea.need_id is None:
            idea.need = _need(board, idea, speaker)
            idea.save(update_fields=["need"])
            needs += 1
    _keep_matches(board, organisations)
    for speaker in heard.values():
        _note(board, speaker)
    return Transfer(needs, len(heard), without_topic, without_organisation)


def _need(board: Board, idea: Idea, speaker: Organisation) -> Need:
    reference = f"board:{board.pk}:i{idea.pk}"
    known = Need.objects.filter(cluster_id=board.cluster_id, reference=reference).first()
    if known is not None:
        return known
    assert idea.group is not None
    assert idea.group.topic is not None
    return record_need(
        cluster=board.cluster,
        organisation=speaker,
        topic=idea.group.topic,
        statement=idea.text,
        source=Need.Source.MEETING,
        recorded_on=board.held_on,
        reference=reference,
    )


def _note(board: Board, speaker: Organisation) -> None:
    reference = f"board:{board.pk}:o{speaker.pk}"
    occasion = Occasion(speaker, Need.Source.MEETING, board.held_on, reference)
    note_hearing(cluster=board.cluster, occasion=occasion)


def _keep_matches(board: Board, organisations: Mapping[int, Organisation]) -> None:
    """Store which organisation each participant was taken for, as it was now."""
    rows = list(BoardParticipant.objects.filter(board=board, organisation=None, pk__in=organisations))
    for row in rows:
        row.organisation = organisations[row.pk]
    BoardParticipant.objects.bulk_update(rows, ["organisation"])
