"""Reads of boards: what stands on them, whose it is, how it was weighed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from kontor.accounts.models import Cluster
from kontor.actors.folding import folded
from kontor.actors.models import Organisation
from kontor.listening.models import Board, BoardGroup, BoardParticipant, BoardPoint, Idea

_ENDED_BY_THE_CLOCK = 1_000_000_000


@dataclass(frozen=True)
class Heap:
    """A group with what lies in it; group None holds the ideas that are not sorted yet.

    points: all points given to it, by `people` participants. share: of the points of the strongest group.
    """

    group: BoardGroup | None
    ideas: tuple[Idea, ...]
    points: int = 0
    people: int = 0
    share: float = 0.0


@dataclass(frozen=True)
class Place:
    """A group in the ranking, with its heap."""

    rank: int
    group: BoardGroup
    heap: Heap


@dataclass(frozen=True)
class Stand:
    """How a board stands now. givers: participants who gave points."""

    phones: int
    ideas: int
    hidden: int
    unsorted: int
    givers: int
    points: int


@dataclass(frozen=True)
class PhoneState:
    """What every phone of a board must know again and again."""

    stage: int
    phase: str


def boards_of(cluster: Cluster) -> QuerySet[Board]:
    """Return the cluster's boards, newest first, each with `idea_number` and `phone_number`."""
    return (
        Board.objects.filter(cluster=cluster)
        .annotate(idea_number=_number_of(Idea), phone_number=_number_of(BoardParticipant))
        .order_by("-held_on", "-pk")
    )


def _number_of(model: type[Model]) -> Coalesce:
    """Return how many rows of `model` a board has; joined, ideas and phones would multiply each other."""
    rows = model._default_manager.filter(board=OuterRef("pk")).order_by().values("board")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


def phone_state(board_id: int) -> PhoneState | None:
    """Return what phones ask for, None where the board is gone. One query."""
    board = Board.objects.only("stage", "phase", "expires_at").filter(pk=board_id).first()
    return phone_state_of(board) if board else None


def phone_state_of(board: Board) -> PhoneState:
    """Return what phones must show; a board ends by the clock too, and that is a stage of its own."""
    if board.phase != Board.Phase.CLOSED and board.expires_at <= timezone.now():
        return PhoneState(board.stage + _ENDED_BY_THE_CLOCK, str(Board.Phase.CLOSED))
    return PhoneState(board.stage, board.phase)


def stand(board: Board) -> Stand:
    """Return the figures of a board. Three queries."""
    ideas = board.ideas.aggregate(
        shown=Count("pk", filter=Q(is_hidden=False)),
        hidden=Count("pk", filter=Q(is_hidden=True)),
        unsorted=Count("pk", filter=Q(is_hidden=False, group=None)),
    )
    given = board.given_points.aggregate(
        points=Sum("points", default=0), givers=Count("participant", distinct=True)
    )
    return Stand(
        phones=board.participants.count(),
        ideas=ideas["shown"],
        hidden=ideas["hidden"],
        unsorted=ideas["unsorted"],
        givers=given["givers"],
        points=given["points"],
    )


def heaps(board: Board) -> list[Heap]:
    """Return the unsorted ideas, then every group in the moderator's order. Three queries.

    Ideas that were taken off the board are left out.
    """
    shown = board.ideas.filter(is_hidden=False).select_related("participant")
    by_group: dict[int | None, list[Idea]] = defaultdict(list)
    for idea in shown:
        by_group[idea.group_id].append(idea)
    rows = board.given_points.values("group").annotate(total=Sum("points"), people=Count("participant"))
    given = {row["group"]: (row["total"], row["people"]) for row in rows}
    most = max((total for total, _people in given.values()), default=0)
    found = [Heap(None, tuple(by_group[None]))]
    for group in board.groups.select_related("topic"):
        points, people = given.get(group.pk, (0, 0))
        found.append(Heap(group, tuple(by_group[group.pk]), points, people, points / most if most else 0.0))
    return found


def ranked(found: Iterable[Heap]) -> list[Place]:
    """Return the groups, most points first; equal points share a rank and stay in the moderator's order.

    >>> [place.rank for place in ranked([])]
    []
    """
    groups = [(heap.group, heap) for heap in found if heap.group]
    groups.sort(key=lambda pair: -pair[1].points)
    all_points = [heap.points for _group, heap in groups]
    return [Place(all_points.index(heap.points) + 1, group, heap) for group, heap in groups]


def hidden_ideas(board: Board) -> list[Idea]:
    """Return what was taken off the board."""
    return list(board.ideas.filter(is_hidden=True).select_related("participant"))


def own_ideas(participant: BoardParticipant) -> list[str]:
    """Return what one phone has sent, newest first; nothing of anybody else."""
    rows = Idea.objects.filter(participant=participant).order_by("-pk")
    return list(rows.values_list("text", flat=True))


def own_points(participant: BoardParticipant) -> dict[int, int]:
    """Return group → points that one phone has given."""
    return dict(BoardPoint.objects.filter(participant=participant).values_list("group_id", "points"))


def known_organisations(board: Board) -> dict[int, Organisation]:
    """Return participant → organisation: named by a person, or the only one of the very name typed. Two
    queries.

    Names are compared folded, so spelling of umlauts and capitals does not matter; a name that two
    organisations bear decides nothing.
    """
    rows = BoardParticipant.objects.filter(board=board).select_related("organisation")
    participants = [row for row in rows if row.organisation_id or row.said_organisation]
    if not participants:
        return {}
    by_name = organisations_by_name(board.cluster)
    found: dict[int, Organisation] = {}
    for row in participants:
        organisation = row.organisation or by_name.get(folded(row.said_organisation))
        if organisation is not None:
            found[row.pk] = organisation
    return found


def organisations_by_name(cluster: Cluster) -> dict[str, Organisation]:
    """Return folded name or short name → organisation, where exactly one bears it. One query."""
    rows = list(Organisation.objects.filter(cluster=cluster).only("cluster", "name", "short_name"))
    names = [({folded(row.name), folded(row.short_name)} - {""}, row) for row in rows]
    borne = Counter(name for own, _row in names for name in own)
    return {name: row for own, row in names for name in own if borne[name] == 1}


def organisations_by_name_shown(cluster: Cluster) -> list[str]:
    """Return the names that a moderator can choose from. One query."""
    return sorted({row.name for row in organisations_by_name(cluster).values()})
