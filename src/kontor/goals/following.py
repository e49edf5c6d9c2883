"""What follows from a goal further along the red thread: partners, projects, indicators.

Their rooms stand above this one, so it cannot ask for them. As with permissions, each room offers once, when
it is loaded, what it knows of goals.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from kontor.accounts.models import Cluster
from kontor.accounts.rules import Access


class Step(StrEnum):
    """A stretch of the thread after the goals."""

    PARTNER = "partner"
    PROJECT = "project"
    INDICATOR = "indicator"


@dataclass(frozen=True)
class Follow:
    """What follows from one goal. permission: who may go there; others do not see it."""

    goal: int
    label: str
    url: str
    permission: str


# Cluster and keys of goals → what follows from them, in reading order.
Source: TypeAlias = Callable[[Cluster, Collection[int]], Iterable[Follow]]

_sources: dict[Step, list[Source]] = {step: [] for step in Step}


def offer_following(step: Step, source: Source) -> None:
    """Let the thread show what `source` knows of a step; offering it again changes nothing."""
    if source not in _sources[step]:
        _sources[step].append(source)


def following(access: Access, goals: Collection[int]) -> dict[int, dict[str, list[Follow]]]:
    """Return goal → step → what follows from it and the person may see; each label once."""
    found: dict[int, dict[str, list[Follow]]] = {goal: {step: [] for step in Step} for goal in goals}
    for step, sources in _sources.items():
        for follow in (each for source in sources for each in source(access.cluster, goals)):
            known = found[follow.goal][step]
            if access.may(follow.permission) and follow.label not in {each.label for each in known}:
                known.append(follow)
    return found
