"""What phones send: that they are here, ideas, points. Every transaction is tiny; 300 people wait."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.db.models import Q
from django.utils import timezone

from kontor.accounts.services.tokens import hash_of, new_token
from kontor.listening.models import Board, BoardGroup, BoardParticipant, BoardPoint, Idea
from kontor.listening.problems import ListeningError
from kontor.listening.services.boards.touching import tiny_write, touch

LONGEST_IDEA = 2000
MOST_IDEAS = 100
MOST_PARTICIPANTS = 3000

# An idea typed while ideas were collected may arrive late, from a phone that had no network: nothing is
# lost before the board is closed.
ACCEPTING = (Board.Phase.COLLECTING, Board.Phase.GROUPING, Board.Phase.WEIGHING)


@tiny_write()
def join_board(*, board: Board, said_organisation: str = "") -> tuple[BoardParticipant, str]:
    """Return a new participant and the token that its phone carries; only the token's hash is stored.

    Raises ListeningError "board.closed" or "board.full".
    """
    if not touch(board.pk, only_if=_is_open() & ~Q(phase=Board.Phase.CLOSED)):
        raise ListeningError("board.closed")
    if BoardParticipant.objects.filter(board=board).count() >= MOST_PARTICIPANTS:
        raise ListeningError("board.full")
    token = new_token()
    participant = BoardParticipant.objects.create(
        cluster_id=board.cluster_id,
        board=board,
        key=hash_of(token),
        said_organisation=said_organisation.strip()[:300],
    )
    return participant, token


@tiny_write()
def send_idea(*, participant: BoardParticipant, text: str, sent_as: uuid.UUID) -> None:
    """Store an idea once, however often the phone sends it.

    The same number with other words is another idea: somebody went back in the browser and wrote on.
    Raises ListeningError "board.idea_empty", "board.idea_too_long", "board.not_accepting" or
    "board.too_many_ideas".
    """
    said = "\n".join(text.strip().splitlines())
    if not said:
        raise ListeningError("board.idea_empty")
    if len(said) > LONGEST_IDEA:
        raise ListeningError("board.idea_too_long", length=len(said), most=LONGEST_IDEA)
    if not touch(participant.board_id, only_if=_is_open() & Q(phase__in=ACCEPTING)):
        raise ListeningError("board.not_accepting")
    sent = dict(Idea.objects.filter(participant=participant).values_list("sent_as", "text"))
    if sent.get(sent_as, said) != said:
        sent_as = uuid.uuid5(sent_as, said)
    if sent_as in sent:
        return
    if len(sent) >= MOST_IDEAS:
        raise ListeningError("board.too_many_ideas", most=MOST_IDEAS)
    Idea.objects.create(
        cluster_id=participant.cluster_id,
        board_id=participant.board_id,
        participant=participant,
        sent_as=sent_as,
        text=said,
    )


@tiny_write()
def give_points(*, participant: BoardParticipant, points: Mapping[int, int]) -> None:
    """Replace the participant's points; together never more than the board allows.

    points: group → points, groups with 0 may be left out. `touch` holds the board's row, so two tabs of one
    phone come one after the other and the later one counts whole.
    Raises ListeningError "board.not_weighing", "board.points_too_many" or "board.group_gone".
    """
    given = {group: number for group, number in points.items() if number}
    if not touch(participant.board_id, only_if=_is_open() & Q(phase=Board.Phase.WEIGHING)):
        raise ListeningError("board.not_weighing")
    most = Board.objects.values_list("points", flat=True).get(pk=participant.board_id)
    if any(number < 0 for number in given.values()) or sum(given.values()) > most:
        raise ListeningError("board.points_too_many", most=most)
    groups = BoardGroup.objects.filter(board_id=participant.board_id, pk__in=given)
    if groups.count() != len(given):
        raise ListeningError("board.group_gone")
    BoardPoint.objects.filter(participant=participant).delete()
    BoardPoint.objects.bulk_create(
        BoardPoint(
            cluster_id=participant.cluster_id,
            board_id=participant.board_id,
            participant=participant,
            group_id=group,
            points=number,
        )
        for group, number in given.items()
    )


def _is_open() -> Q:
    return Q(expires_at__gt=timezone.now())
