"""The demo's kick-off: what members sent to the board, and what became of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from kontor.accounts.models import Cluster
from kontor.demo.reading import Entry, entries
from kontor.listening.models import Board, BoardGroup, BoardParticipant, Idea
from kontor.listening.services.boards.planning import create_board, move_to
from kontor.listening.services.boards.sorting import add_group, change_group
from kontor.listening.services.boards.taking_part import give_points, join_board, send_idea
from kontor.listening.services.boards.transferring import take_as_needs
from kontor.needs.models import Need, NeedTopic

DAY = date(2026, 8, 14)
POINTS = 5
_NAMES = uuid.UUID("5f1a3c0e-0b6d-4d7e-9c55-7a1f0d2b8e64")


def said_at_the_meeting() -> tuple[Entry, ...]:
    """Return the needs that were voiced on that day."""
    voiced = entries("needs", "need")
    return tuple(each for each in voiced if each["source"] == "meeting" and each["date"] == DAY.isoformat())


def hold_meeting(cluster: Cluster, on_each: Callable[[], None]) -> None:
    """Collect, sort and weigh the ideas, and take them over as needs with country and urgency."""
    board = create_board(
        cluster=cluster,
        name="Auftakt in Kiel",
        question="Was brauchen Sie, um im Ausland weiterzukommen?",
        held_on=DAY,
        expires_at=timezone.now() + timedelta(hours=1),
        points=POINTS,
    )
    move_to(board=board, phase=Board.Phase.COLLECTING)
    topics = _collect(board)
    move_to(board=board, phase=Board.Phase.GROUPING)
    _sort(board, topics)
    move_to(board=board, phase=Board.Phase.WEIGHING)
    _weigh(board)
    move_to(board=board, phase=Board.Phase.CLOSED)
    take_as_needs(board=board)
    for entry in said_at_the_meeting():
        _complete(board, entry)
        on_each()
    _set_back(board)


def _collect(board: Board) -> dict[str, list[int]]:
    """Send every idea and return topic → ideas."""
    topics: dict[str, list[int]] = {}
    speakers: dict[str, BoardParticipant] = {}
    for number, entry in enumerate((*said_at_the_meeting(), *entries("meeting", "idea"))):
        name = entry.get("organisation", "")
        speaker = speakers.get(name) if name else None
        if speaker is None:
            speaker, _token = join_board(board=board, said_organisation=name)
            speakers[name] = speaker
        text = entry.get("statement") or entry["text"]
        send_idea(participant=speaker, text=text, sent_as=uuid.uuid5(_NAMES, str(number)))
        idea = Idea.objects.filter(board=board).latest("pk")
        topics.setdefault(entry["topic"], []).append(idea.pk)
    return topics


def _sort(board: Board, topics: dict[str, list[int]]) -> None:
    """Put the ideas under headings; a heading has the topic of most of its ideas."""
    known = {topic.code: topic for topic in NeedTopic.objects.filter(cluster=board.cluster)}
    for entry in entries("meeting", "group"):
        ideas = [idea for code in entry["topics"] for idea in topics.get(code, ())]
        group = add_group(board=board, title=entry["title"], ideas=ideas)
        change_group(
            group=group, expected_version=group.version, title=group.title, topic=known[entry["topics"][0]]
        )


def _weigh(board: Board) -> None:
    """Let everybody give points until each heading has as many as it got."""
    groups = dict(BoardGroup.objects.filter(board=board).values_list("title", "pk"))
    points = _one_by_one(groups)
    for _number in range(sum(entry["points"] for entry in entries("meeting", "group")) // POINTS + 1):
        given: dict[int, int] = {}
        for group in (next(points, None) for _point in range(POINTS)):
            if group is not None:
                given[group] = given.get(group, 0) + 1
        if given:
            participant, _token = join_board(board=board)
            give_points(participant=participant, points=given)


def _one_by_one(groups: dict[str, int]) -> Iterator[int]:
    """Yield each heading as often as it got points, in turns."""
    left = {groups[entry["title"]]: entry["points"] for entry in entries("meeting", "group")}
    while any(left.values()):
        for group in left:
            if left[group]:
                left[group] -= 1
                yield group


def _complete(board: Board, entry: Entry) -> None:
    """Add what an idea on a board does not tell: its own topic, the country, how soon."""
    need = Need.objects.get(
        cluster=board.cluster, reference__startswith=f"board:{board.pk}:", statement=entry["statement"]
    )
    topic = NeedTopic.objects.get(cluster=board.cluster, code=entry["topic"])
    need.topic, need.kind = topic, entry["kind"]
    need.country, need.urgency = entry["country"], entry["urgency"]
    need.save(update_fields=["topic", "kind", "country", "urgency"])


def _set_back(board: Board) -> None:
    """Let the board have happened on its day."""
    then = timezone.make_aware(datetime.combine(DAY, time(14, 0)))
    Board.objects.filter(pk=board.pk).update(created_at=then, expires_at=then + timedelta(days=1))
    BoardParticipant.objects.filter(board=board).update(joined_at=then)
    Idea.objects.filter(board=board).update(created_at=then)
