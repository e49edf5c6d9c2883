"""What comes out under other weights, beside what holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kontor.studies.figures import Plain
from kontor.studies.queries.named import NamedCriterion
from kontor.studies.told import Names, listed, percent_text, points_text, tell

MOST_SHOWN = 10


@dataclass(frozen=True)
class TriedRow:
    """Where a candidate stands under other weights. before: its place as it stands, or None."""

    place: int
    before: int | None
    name: str
    points: str
    share: float


@dataclass(frozen=True)
class Tried:
    """What comes out. weights: criterion, its weight now, its weight as it stands."""

    sentence: str
    change: str
    rows: tuple[TriedRow, ...]
    weights: tuple[tuple[str, str, str], ...]
    hidden: int


def tried(
    plain: Plain, base: Plain, candidates: Mapping[int, str], criteria: Sequence[NamedCriterion]
) -> Tried:
    """Return what comes out under other weights."""
    names = Names(candidates, {each.code: each.name for each in criteria})
    held = {each.candidate: each.place for each in base.standings}
    rows = tuple(
        TriedRow(
            each.place,
            held.get(each.candidate),
            candidates[each.candidate],
            points_text(each.value),
            each.value,
        )
        for each in plain.standings[:MOST_SHOWN]
    )
    weights = tuple(
        (
            each.name,
            percent_text(plain.weights.get(each.code, 0.0)),
            percent_text(base.weights.get(each.code, 0.0)),
        )
        for each in criteria
    )
    hidden = max(0, len(plain.standings) - MOST_SHOWN)
    return Tried(tell(plain, None, names).headline, _change(plain, base, candidates), rows, weights, hidden)


def _change(plain: Plain, base: Plain, candidates: Mapping[int, str]) -> str:
    now, before = ({each.candidate for each in found.first} for found in (plain, base))
    if now == before:
        return _("The first place stays as it is.")
    names = listed([candidates[each.candidate] for each in base.first])
    return _("As it stands, %(names)s comes first.") % {"names": names}
