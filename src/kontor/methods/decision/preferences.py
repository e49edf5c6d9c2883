"""The six preference functions of PROMETHEE."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from kontor.methods.errors import MethodError


class Shape(StrEnum):
    """How a lead d on one criterion becomes a preference between 0 and 1; without a lead it is 0.

    USUAL:    1 for any lead.
    U_SHAPE:  1 above q.
    V_SHAPE:  d / p, at most 1.
    LEVEL:    one half above q, 1 above p.
    LINEAR:   (d - q) / (p - q) between q and p, 1 above p.
    GAUSSIAN: 1 - exp(-d² / 2s²).
    """

    USUAL = "usual"
    U_SHAPE = "u_shape"
    V_SHAPE = "v_shape"
    LEVEL = "level"
    LINEAR = "linear"
    GAUSSIAN = "gaussian"


@dataclass(frozen=True)
class Preference:
    """A preference function with its thresholds, in the unit of the criterion.

    q: the largest lead that does not count, ≥ 0.
    p: the least lead that counts in full, ≥ q; where both are equal the function is a step.
    s: the lead at the turning point of the Gaussian, > 0.
    What a shape does not use is not looked at.

    Raises MethodError "decision.preference_threshold".
    """

    shape: Shape = Shape.USUAL
    q: float = 0.0
    p: float = 0.0
    s: float = 0.0

    def __post_init__(self) -> None:
        needs_q = self.shape in (Shape.U_SHAPE, Shape.LEVEL, Shape.LINEAR)
        needs_p = self.shape in (Shape.V_SHAPE, Shape.LEVEL, Shape.LINEAR)
        q = self.q if needs_q else 0.0
        p = self.p if needs_p else q
        s = self.s if self.shape == Shape.GAUSSIAN else 1.0
        if not (isfinite(q) and isfinite(p) and isfinite(s) and 0 <= q <= p and s > 0):
            raise MethodError("decision.preference_threshold")


def preferences_for(given: Preference | Sequence[Preference], n: int) -> tuple[Preference, ...]:
    """Return one preference function for each of n criteria. Raises MethodError "decision.shape"."""
    each = (given,) * n if isinstance(given, Preference) else tuple(given)
    if len(each) != n:
        raise MethodError("decision.shape")
    return each
