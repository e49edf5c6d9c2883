"""One cell of a sheet of scores as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kontor.studies.forms.scores import cell_prefix, number_shown
from kontor.studies.models import Score, StudyCandidate
from kontor.studies.queries.named import NamedCriterion
from kontor.studies.services.scoring import Kept
from kontor.studies.views.door import Door
from kontor.ui.components import Text
from kontor.ui.errors import explain


@dataclass(frozen=True)
class Choice:
    """One point of a scale to tick. anchor: what it means, "" where nobody wrote that down."""

    value: str
    label: str
    anchor: str
    is_chosen: bool


@dataclass(frozen=True)
class ShownCell:
    """A cell with its fields as typed. choices: the points to tick, () where a number is typed."""

    candidate: StudyCandidate
    criterion: NamedCriterion
    prefix: str
    fields: Mapping[str, str]
    edition: int
    url: str
    choices: tuple[Choice, ...]
    ends: str
    problem: str = ""
    theirs: str = ""
    is_saved: bool = False

    @property
    def state_id(self) -> str:
        """Return the id of the part that tells how the cell stands."""
        return f"{self.prefix}state"

    @property
    def is_unknown(self) -> bool:
        """True where "not known" is ticked."""
        return bool(self.fields.get("unknown"))

    @property
    def has_more(self) -> bool:
        """True where something stands in the fields that are folded away."""
        return any(
            self.fields.get(name) for name in ("low", "high", "evidence", "source", "source_url", "as_of")
        )

    @property
    def confidence(self) -> str:
        """Return how sure the person is, well-founded unless said otherwise."""
        return self.fields.get("confidence", "2")

    @property
    def confidences(self) -> tuple[tuple[str, Text], ...]:
        """Return what can be said about that."""
        return tuple((str(value), label) for value, label in Score.CONFIDENCE)


def shown_cell(
    door: Door, candidate: StudyCandidate, criterion: NamedCriterion, kept: Kept, language: str
) -> ShownCell:
    """Return a cell for the page of the assessor behind `door`."""
    problem = explain(kept.problem) if kept.problem else ""
    theirs = ""
    if kept.theirs is not None:
        value = _("not known") if kept.theirs.is_unknown else number_shown(kept.theirs.value, language[:2])
        theirs = _("Saved there: %(value)s") % {"value": value}
    return ShownCell(
        candidate=candidate,
        criterion=criterion,
        prefix=cell_prefix(candidate.pk, criterion.pk),
        fields=kept.fields,
        edition=kept.edition,
        url=door.url("cell", candidate.pk, criterion.pk),
        choices=choices_of(criterion, kept.fields.get("value", "")),
        ends=ends_of(criterion, language[:2]),
        problem=problem,
        theirs=theirs,
        is_saved=kept.is_saved,
    )


def choices_of(criterion: NamedCriterion, typed: str) -> tuple[Choice, ...]:
    """Return the points to tick for scales of few steps, () for numbers."""
    if criterion.scale == "yes_no":
        pairs = (("1", _("Yes")), ("0", _("No")))
        return tuple(Choice(value, label, "", typed == value) for value, label in pairs)
    low, high = criterion.row.scale_low, criterion.row.scale_high
    if criterion.scale != "points" or low is None or high is None or not _is_few(low, high):
        return ()
    anchors = dict(criterion.anchors)
    return tuple(
        Choice(str(point), str(point), anchors.get(str(point), ""), typed == str(point))
        for point in range(int(low), int(high) + 1)
    )


def ends_of(criterion: NamedCriterion, language: str) -> str:
    """Say from where to where a scale runs, "" where both ends are open."""
    low, high, unit = criterion.row.scale_low, criterion.row.scale_high, criterion.unit
    unit = "%" if criterion.scale == "percent" and not unit else unit
    shown = {"low": number_shown(low, language), "high": number_shown(high, language), "unit": unit}
    if low is not None and high is not None:
        return (_("%(low)s to %(high)s %(unit)s") % shown).strip()
    if low is not None:
        return (_("from %(low)s %(unit)s") % shown).strip()
    if high is not None:
        return (_("up to %(high)s %(unit)s") % shown).strip()
    return unit


def _is_few(low: float, high: float) -> bool:
    return low == int(low) and high == int(high) and 1 <= high - low <= 10
