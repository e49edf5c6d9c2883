"""Both views in one picture: how we see a candidate, how it sees us, and where that differs."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kontor.studies.matrix import CriterionColumn
from kontor.studies.models import MutualView
from kontor.studies.reading import Reading
from kontor.studies.settling import settle
from kontor.studies.told import number_text

WIDTH = 300.0
# Views that lie further apart than this share of the scale are named.
APART = 0.25


@dataclass(frozen=True)
class Pair:
    """One criterion from both sides. ours_x, theirs_x: where the dots stand, None where nothing is said.

    gap: theirs of us minus ours of them, as a share of the scale, turned so that more is better.
    """

    name: str
    ours: str
    theirs: str
    ours_x: float | None
    theirs_x: float | None
    gap: float | None
    comment: str

    @property
    def is_apart(self) -> bool:
        """True where the two see each other very differently."""
        return self.gap is not None and abs(self.gap) > APART


def pairs_of(reading: Reading, view: MutualView) -> list[Pair]:
    """Return the criteria that the candidate was asked, in the order of the study."""
    columns = {column.code: column for column in reading.matrix.criteria}
    return [_pair(reading, view, columns[code]) for code in columns if code in view.codes]


def _pair(reading: Reading, view: MutualView, column: CriterionColumn) -> Pair:
    said = reading.matrix.said.get((view.candidate_id, column.pk), ())
    ours = settle(said, scale_length=column.length)
    answer = view.answers.get(column.code, {}) if view.submitted_at else {}
    theirs: float | None = answer.get("value")
    at_ours = _place(column, ours.value if ours.is_known else None)
    at_theirs = _place(column, theirs)
    gap = None if at_ours is None or at_theirs is None else at_theirs - at_ours
    return Pair(
        name=reading.criterion(column.code),
        ours=number_text(ours.value) if ours.is_known else "–",
        theirs="–" if theirs is None else number_text(theirs),
        ours_x=None if at_ours is None else round(at_ours * WIDTH, 1),
        theirs_x=None if at_theirs is None else round(at_theirs * WIDTH, 1),
        gap=gap if gap is None or column.is_benefit else -gap,
        comment=answer.get("comment", ""),
    )


def _place(column: CriterionColumn, value: float | None) -> float | None:
    """Return where a value stands on its scale, 0 to 1; None where it or the scale is not known."""
    if value is None or column.low is None or not column.length:
        return None
    return min(max((value - column.low) / column.length, 0.0), 1.0)


def asymmetry(name: str, pairs: list[Pair]) -> str:
    """Say where both see each other most differently, "" where nothing can be compared."""
    known = [each for each in pairs if each.gap is not None]
    if not known:
        return ""
    widest = max(known, key=lambda each: abs(each.gap or 0.0))
    if not widest.is_apart:
        return _("%(name)s sees us much as we see it.") % {"name": name}
    shown = {"name": name, "criterion": widest.name, "theirs": widest.theirs, "ours": widest.ours}
    if (widest.gap or 0.0) < 0:
        return (
            _("On “%(criterion)s” %(name)s gives us %(theirs)s and we give it %(ours)s: it is more critical.")
            % shown
        )
    return (
        _("On “%(criterion)s” %(name)s gives us %(theirs)s and we give it %(ours)s: it thinks more of us.")
        % shown
    )
