"""A study as it stands in a file: candidates, criteria and scores, some of them ranges, some not known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from kontor.methods.decision.preferences import Preference, Shape
from kontor.methods.decision.problem import Bools, Floats
from kontor.methods.errors import MethodError

MOST_CANDIDATES, MOST_CRITERIA, LONGEST_NAME = 20_000, 500, 300
SHAPES = ", ".join(shape.value for shape in Shape)


@dataclass(frozen=True)
class Fault:
    """Something in a file that stands in the way. place: such as "scores, row 3, column C"."""

    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" if self.place else self.sentence


class StudyRefused(ValueError):  # noqa: N818 - a refusal is the answer, not an accident
    """A file that cannot be ranked; `faults` holds everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(map(str, self.faults)))


@dataclass(frozen=True)
class StudyCriterion:
    """One criterion. low, high: the ends of its scale, NaN where the scores give them.

    below, above: a candidate whose score is certainly below or above is knocked out; NaN for none.
    """

    name: str
    weight: float
    is_benefit: bool = True
    low: float = np.nan
    high: float = np.nan
    below: float = np.nan
    above: float = np.nan
    preference: Preference = field(default_factory=Preference)


@dataclass(frozen=True, eq=False)
class RankStudy:
    """m candidates on n criteria.

    lower, upper: (m, n) floats in the criteria's units, equal where a score is known, NaN where it is not.
    """

    title: str
    candidates: tuple[str, ...]
    criteria: tuple[StudyCriterion, ...]
    lower: Floats
    upper: Floats

    @property
    def weights(self) -> Floats:
        """The weights as given."""
        return np.array([criterion.weight for criterion in self.criteria])

    @property
    def benefit(self) -> Bools:
        """Where more is better."""
        return np.array([criterion.is_benefit for criterion in self.criteria], dtype=np.bool_)


Range = tuple[float, float]
UNKNOWN: Range = (np.nan, np.nan)


def preference_of(shape: str, thresholds: dict[str, float]) -> Preference:
    """Return the preference function of this name; raises ValueError with a sentence for the reader."""
    try:
        return Preference(Shape(shape or Shape.USUAL.value), **thresholds)
    except MethodError as problem:
        from kontor.ui.errors import explain

        raise ValueError(explain(problem)) from problem
    except ValueError as problem:
        raise ValueError(f"“{shape}” is no preference function. There are: {SHAPES}.") from problem


def name_faults(names: Sequence[tuple[str, str]], what: str) -> list[Fault]:
    """Return what is wrong with names, given as pairs of place and name: missing, too long, given twice."""
    faults, seen = [], dict[str, str]()
    for place, name in names:
        if not name:
            faults.append(Fault(place, f"The {what} has no name."))
        elif len(name) > LONGEST_NAME:
            faults.append(Fault(place, f"The name has {len(name)} characters; at most {LONGEST_NAME} fit."))
        elif name in seen:
            faults.append(Fault(place, f"“{name}” stands in {seen[name]} already."))
        else:
            seen[name] = place
    return faults


def scale_faults(criterion: StudyCriterion, place: str) -> list[Fault]:
    """Return what is wrong with the scale and the knock-outs of a criterion."""
    faults = []
    if criterion.low >= criterion.high:
        faults.append(Fault(place, "The lower end of the scale must be below the upper end."))
    if criterion.below > criterion.above:
        faults.append(Fault(place, "Every score would be knocked out: “below” is more than “above”."))
    return faults


def weight_faults(criteria: Sequence[StudyCriterion], place: str) -> list[Fault]:
    """Return a fault where no criterion has a weight."""
    if criteria and not any(criterion.weight > 0 for criterion in criteria):
        return [Fault(place, "All weights are zero. At least one must be above zero.")]
    return []


def refuse(faults: Sequence[Fault]) -> None:
    """Raise StudyRefused where there are faults."""
    if faults:
        raise StudyRefused(faults)
