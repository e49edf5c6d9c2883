"""What an analysis is made of: who was a member, who was heard, what was said; now and a year earlier."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kontor.actors.queries.segments import Dimension, Segment
from kontor.ui.components import Text


@dataclass(frozen=True)
class Voice:
    """One thing that a member said. lead: the need that it is counted as; country: "" where none is meant."""

    organisation: int
    topic: int
    kind: str
    country: str
    urgency: int
    source: str
    on: date
    lead: int


@dataclass(frozen=True)
class Expected:
    """What one member expects: of "management" or "cluster"."""

    organisation: int
    of: str
    code: str


@dataclass(frozen=True)
class Side:
    """What was true on a day: its members, those of them who were heard, and what they said."""

    on: date
    members: frozenset[int]
    heard: frozenset[int]
    voices: tuple[Voice, ...]


@dataclass(frozen=True)
class Material:
    """All that the figures of one analysis are counted from.

    segments: groups of today's members. answered: needs, as they are counted, that a standing goal answers.
    topics, expectations: names. expected: what members of today expect.
    """

    now: Side
    before: Side
    segments: Mapping[int, Segment]
    topics: Mapping[int, str]
    answered: frozenset[int]
    expected: tuple[Expected, ...]
    expectations: Mapping[str, str]

    def groups(self, dimension: Dimension) -> tuple[tuple[str, Text], ...]:
        """Return the groups that have members today, in reading order."""
        present = {self.segments[pk].group(dimension) for pk in self.now.members}
        return tuple((group, label) for group, label in dimension.groups.items() if group in present)

    def group_of(self, dimension: Dimension) -> dict[int, str]:
        """Return member → its group today."""
        return {pk: self.segments[pk].group(dimension) for pk in self.now.members}

    def narrowed(self, fits: Callable[[Voice], bool]) -> Material:
        """Return the same members and bases with only what fits of what they said."""
        sides = (replace(side, voices=tuple(filter(fits, side.voices))) for side in (self.now, self.before))
        now, before = sides
        return replace(self, now=now, before=before)
