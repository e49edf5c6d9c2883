"""How often each candidate takes each place, as cells that are the darker the more often."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kontor.studies.figures import Robust
from kontor.studies.reading import Reading
from kontor.studies.told import listed, percent_text

# So many places and candidates are shown; the files hold all that was counted.
MOST_PLACES, MOST_ROWS = 8, 20
LEVELS = 5
NEVER = 0.0005
# Whoever comes first less often is not named as a rival.
NAMED = 0.05


@dataclass(frozen=True)
class Cell:
    """A share as written, and how dark its cell is: 0 to 5."""

    text: str
    level: int


@dataclass(frozen=True)
class PlaceRow:
    """How often one candidate takes each place. expected: its mean place, None where not counted."""

    candidate: int
    name: str
    cells: tuple[Cell, ...]
    expected: float | None


@dataclass(frozen=True)
class Places:
    """The table of places for one space of weights. hidden: candidates and places that are not shown."""

    space: str
    heads: tuple[int, ...]
    rows: tuple[PlaceRow, ...]
    hidden: int
    samples: int
    sentence: str


def share_cell(share: float) -> Cell:
    """Return a share as a cell."""
    if share < NEVER:
        return Cell("0", 0)
    return Cell(percent_text(share), min(LEVELS, 1 + int(share * LEVELS)))


def places_of(reading: Reading, space: str = "said") -> Places | None:
    """Return how often each candidate takes each place, in the order of the result; None while computing."""
    robust = reading.found.robust.get(space)
    if robust is None:
        return None
    order = [each.candidate for each in reading.plain.standings]
    width = min(MOST_PLACES, len(robust.ranks[0]))
    index = {candidate: row for row, candidate in enumerate(robust.candidates)}
    rows = [
        PlaceRow(
            candidate,
            reading.name(candidate),
            tuple(share_cell(share) for share in robust.ranks[index[candidate]][:width]),
            robust.expected[index[candidate]],
        )
        for candidate in order[:MOST_ROWS]
    ]
    heads = tuple(range(1, width + 1))
    hidden = max(0, len(order) - MOST_ROWS)
    return Places(space, heads, tuple(rows), hidden, robust.samples, first_told(reading, robust))


def first_told(reading: Reading, robust: Robust) -> str:
    """Return in a sentence who comes first how often."""
    chances = sorted(
        ((robust.chance_of_first(each), -place, each) for place, each in _order(reading)), reverse=True
    )
    named = [(chance, candidate) for chance, _place, candidate in chances if chance >= NAMED][:4]
    parts = [
        _("%(name)s in %(share)s of cases") % {"name": reading.name(candidate), "share": percent_text(chance)}
        for chance, candidate in named
    ]
    if not parts:
        return _("Nobody comes first in more than one of twenty cases: the race is wide open.")
    text = (
        _("Within what our people said, the first place goes to %(who)s.")
        if robust.space == "said"
        else _("Whatever the weights, the first place goes to %(who)s.")
    )
    return text % {"who": listed(parts)}


def _order(reading: Reading) -> list[tuple[int, int]]:
    return [(place, each.candidate) for place, each in enumerate(reading.plain.standings)]
