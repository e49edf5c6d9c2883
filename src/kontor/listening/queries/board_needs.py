"""What stands between the ideas of a board and the need records."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz, process

from kontor.actors.folding import folded
from kontor.listening.models import Board, BoardParticipant, Idea
from kontor.listening.queries.boards import known_organisations, organisations_by_name

_NEAR = 60


@dataclass(frozen=True)
class Speaker:
    """What phones typed as their organisation, once for each spelling that folds alike.

    participants: the phones; first: the first of them, which names this row in forms. ideas: how many they
    sent. example: one of them. name: the organisation taken for it, "" where nobody knows. near: names that
    are similar.
    """

    said: str
    participants: tuple[int, ...]
    ideas: int
    example: str
    name: str
    near: tuple[str, ...]

    @property
    def first(self) -> int:
        """Return the phone that names this row."""
        return self.participants[0]


@dataclass(frozen=True)
class TransferState:
    """How many ideas became needs, can become one now, or wait for a topic or an organisation."""

    taken: int
    ready: int
    without_topic: int
    without_organisation: int


def speakers(board: Board) -> list[Speaker]:
    """Return who has sent ideas, those whose organisation is unknown first. Four queries.

    Phones that typed nothing stand alone: nothing says that they belong together.
    """
    ideas = Idea.objects.filter(board=board, is_hidden=False).order_by("pk")
    sent: dict[int, list[str]] = {}
    for participant, text in ideas.values_list("participant_id", "text"):
        sent.setdefault(participant or 0, []).append(text)
    rows: dict[str, list[BoardParticipant]] = {}
    for row in BoardParticipant.objects.filter(board=board, pk__in=sent):
        rows.setdefault(folded(row.said_organisation) or f"#{row.pk}", []).append(row)
    known = known_organisations(board)
    by_name = organisations_by_name(board.cluster)
    shown = {key: organisation.name for key, organisation in by_name.items()}
    found = [
        Speaker(
            said=group[0].said_organisation,
            participants=tuple(row.pk for row in group),
            ideas=sum(len(sent[row.pk]) for row in group),
            example=sent[group[0].pk][0],
            name=known[group[0].pk].name if group[0].pk in known else "",
            near=() if group[0].pk in known else _near(key, shown),
        )
        for key, group in rows.items()
    ]
    return sorted(found, key=lambda each: (bool(each.name), not each.said, each.said.casefold()))


def transfer_state(board: Board) -> TransferState:
    """Return how far the ideas are on their way. Three queries."""
    known = known_organisations(board)
    rows = Idea.objects.filter(board=board, is_hidden=False)
    taken = ready = without_topic = without_organisation = 0
    for participant, need, topic in rows.values_list("participant_id", "need_id", "group__topic_id"):
        if need:
            taken += 1
        elif participant not in known:
            without_organisation += 1
        elif not topic:
            without_topic += 1
        else:
            ready += 1
    return TransferState(taken, ready, without_topic, without_organisation)


def _near(typed: str, shown: dict[str, str]) -> tuple[str, ...]:
    """Return up to three names that are written alike, best first."""
    if typed.startswith("#"):
        return ()
    hits = process.extract(typed, list(shown), scorer=fuzz.token_set_ratio, score_cutoff=_NEAR, limit=5)
    return tuple(dict.fromkeys(shown[key] for key, _score, _place in hits))[:3]
