"""The moderator's hands: headings, which idea stands under which, what is taken off the board."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import Max, QuerySet

from kontor.accounts.services import claim_edit
from kontor.listening.models import Board, BoardGroup, BoardPoint, Idea
from kontor.listening.problems import ListeningError
from kontor.listening.services.boards.touching import touch
from kontor.needs.models import NeedTopic

MOST_GROUPS = 60


@transaction.atomic
def add_group(*, board: Board, title: str, ideas: Collection[int] = ()) -> BoardGroup:
    """Return a new group at the end, with `ideas` in it.

    Raises ListeningError "board.no_heading", "board.too_many_groups" or "board.idea_elsewhere".
    """
    if not title.strip():
        raise ListeningError("board.no_heading")
    touch(board.pk, on_phones=True)
    if board.groups.count() >= MOST_GROUPS:
        raise ListeningError("board.too_many_groups", most=MOST_GROUPS)
    last = board.groups.aggregate(last=Max("place"))["last"]
    group = BoardGroup.objects.create(
        cluster_id=board.cluster_id,
        board=board,
        title=title.strip()[:200],
        place=0 if last is None else last + 1,
    )
    if ideas:
        _ideas(board, ideas).update(group=group)
    return group


@transaction.atomic
def change_group(*, group: BoardGroup, expected_version: int, title: str, topic: NeedTopic | None) -> None:
    """Give a group another heading and topic, or raise EditConflict and change nothing.

    Raises ListeningError "board.no_heading" or "board.topic_elsewhere".
    """
    if not title.strip():
        raise ListeningError("board.no_heading")
    if topic is not None and topic.cluster_id != group.cluster_id:
        raise ListeningError("board.topic_elsewhere")
    touch(group.board_id, on_phones=True)
    current = claim_edit(group, expected_version)
    current.title, current.topic = title.strip()[:200], topic
    current.save(update_fields=["title", "topic", "updated_at"])


@transaction.atomic
def merge_group(*, group: BoardGroup, into: BoardGroup) -> None:
    """Move all ideas and points of a group into another one and drop it; each person's points add up.

    Raises ListeningError "board.merge_into_itself" or "board.group_gone".
    """
    if group.pk == into.pk:
        raise ListeningError("board.merge_into_itself")
    if group.board_id != into.board_id:
        raise ListeningError("board.group_gone")
    touch(group.board_id, on_phones=True)
    group.ideas.update(group=into)
    there = {point.participant_id: point for point in into.given_points.all()}
    for point in group.given_points.all():
        if (kept := there.get(point.participant_id)) is not None:
            kept.points += point.points
        else:
            point.group = into
            there[point.participant_id] = point
    BoardPoint.objects.bulk_update(there.values(), ["group", "points"])
    group.delete()


@transaction.atomic
def remove_group(*, group: BoardGroup) -> None:
    """Drop a heading; its ideas are unsorted again.

    Raises ListeningError "board.group_has_points": what people gave is not thrown away, but can be merged.
    """
    touch(group.board_id, on_phones=True)
    if group.given_points.exists():
        raise ListeningError("board.group_has_points")
    group.delete()


@transaction.atomic
def set_topics(*, board: Board, topics: Mapping[int, NeedTopic | None]) -> None:
    """Say what groups are about. topics: group → topic.

    Raises ListeningError "board.topic_elsewhere" or "board.group_gone".
    """
    if any(topic is not None and topic.cluster_id != board.cluster_id for topic in topics.values()):
        raise ListeningError("board.topic_elsewhere")
    touch(board.pk)
    rows = list(BoardGroup.objects.filter(board=board, pk__in=topics))
    if len(rows) != len(topics):
        raise ListeningError("board.group_gone")
    for row in rows:
        if row.topic_id != getattr(topics[row.pk], "pk", None):
            row.topic = topics[row.pk]
            row.version += 1
            row.save(update_fields=["topic", "version", "updated_at"])


@transaction.atomic
def shift_group(*, group: BoardGroup, by: int) -> None:
    """Move a group up (-1) or down (1) among the others; at the end nothing happens."""
    touch(group.board_id, on_phones=True)
    order = list(BoardGroup.objects.filter(board_id=group.board_id))
    here = next(place for place, each in enumerate(order) if each.pk == group.pk)
    there = min(max(here + by, 0), len(order) - 1)
    order.insert(there, order.pop(here))
    for place, each in enumerate(order):
        each.place = place
    BoardGroup.objects.bulk_update(order, ["place"])


@transaction.atomic
def place_ideas(*, board: Board, ideas: Collection[int], group: BoardGroup | None) -> int:
    """Put ideas under a heading, or back among the unsorted, and return how many.

    Raises ListeningError "board.nothing_chosen", "board.idea_elsewhere" or "board.group_gone".
    """
    if not ideas:
        raise ListeningError("board.nothing_chosen")
    if group is not None and group.board_id != board.pk:
        raise ListeningError("board.group_gone")
    touch(board.pk)
    return _ideas(board, ideas).update(group=group)


@transaction.atomic
def hide_ideas(*, board: Board, ideas: Collection[int]) -> int:
    """Take ideas off the board and return how many; they stay stored and can come back.

    Raises ListeningError "board.nothing_chosen" or "board.idea_elsewhere".
    """
    if not ideas:
        raise ListeningError("board.nothing_chosen")
    touch(board.pk)
    return _ideas(board, ideas).update(is_hidden=True)


@transaction.atomic
def show_ideas(*, board: Board, ideas: Collection[int]) -> int:
    """Put hidden ideas back on the board and return how many. Raises as `hide_ideas` does."""
    if not ideas:
        raise ListeningError("board.nothing_chosen")
    touch(board.pk)
    return _ideas(board, ideas).update(is_hidden=False)


def _ideas(board: Board, chosen: Collection[int]) -> QuerySet[Idea]:
    """Return the chosen ideas; all of them belong to the board, or none is touched."""
    rows = Idea.objects.filter(board=board, pk__in=chosen)
    if rows.count() != len(set(chosen)):
        raise ListeningError("board.idea_elsewhere")
    return rows
