"""Plan a board and lead it through its phases."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from kontor.accounts.models import Cluster
from kontor.accounts.services import claim_edit
from kontor.listening.models import Board
from kontor.listening.problems import ListeningError
from kontor.listening.services.boards.codes import new_code
from kontor.listening.services.boards.touching import touch

MOST_POINTS = 50


@transaction.atomic
def create_board(
    *,
    cluster: Cluster,
    name: str,
    question: str,
    held_on: date,
    expires_at: datetime,
    language: str = "de",
    points: int = 5,
) -> Board:
    """Return a new board with a fresh code; nobody can send ideas before it is opened.

    Raises ListeningError "board.no_question", "board.points_per_person" or "board.ends_in_the_past".
    """
    _check(question, points, expires_at)
    return Board.objects.create(
        cluster=cluster,
        name=name.strip(),
        question=question.strip(),
        held_on=held_on,
        expires_at=expires_at,
        language=language,
        points=points,
        code=_free_code(),
    )


@transaction.atomic
def change_board(
    *,
    board: Board,
    expected_version: int,
    name: str,
    question: str,
    held_on: date,
    expires_at: datetime,
    language: str,
    points: int,
) -> Board:
    """Return the board with new details, or raise EditConflict and change nothing.

    Points per person stay as they are once people give them: who has given all must not have given too many.
    Raises as `create_board` does, and "board.points_are_given".
    """
    _check(question, points, expires_at)
    touch(board.pk, on_phones=True)
    current = claim_edit(board, expected_version)
    if points != current.points and current.given_points.exists():
        raise ListeningError("board.points_are_given")
    current.name, current.question = name.strip(), question.strip()
    current.held_on, current.expires_at = held_on, expires_at
    current.language, current.points = language, points
    current.save()
    return current


@transaction.atomic
def move_to(*, board: Board, phase: str) -> None:
    """Lead the board into a phase, forwards or back; phones and screen follow.

    Raises ListeningError "board.phase_unknown", "board.expired" (only closing is possible then) or
    "board.no_groups", where people would have nothing to give their points to.
    """
    if phase not in Board.Phase.values:
        raise ListeningError("board.phase_unknown")
    touch(board.pk, on_phones=True)
    if phase != Board.Phase.CLOSED and board.expires_at <= timezone.now():
        raise ListeningError("board.expired")
    if phase == Board.Phase.WEIGHING and not board.groups.exists():
        raise ListeningError("board.no_groups")
    board.refresh_from_db()
    board.phase = phase
    board.save(update_fields=["phase", "updated_at"])


def _check(question: str, points: int, expires_at: datetime) -> None:
    if not question.strip():
        raise ListeningError("board.no_question")
    if not 1 <= points <= MOST_POINTS:
        raise ListeningError("board.points_per_person", most=MOST_POINTS)
    if expires_at <= timezone.now():
        raise ListeningError("board.ends_in_the_past")


def _free_code() -> str:
    code = new_code()
    while Board.objects.filter(code=code).exists():
        code = new_code()
    return code
