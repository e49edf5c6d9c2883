"""What the explaining methods take: utilities that may have gaps, checked in one place."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from kontor.methods.decision.problem import Floats
from kontor.methods.decision.weighted_sum import weighted_mean
from kontor.methods.errors import MethodError

# Differences of values below this are rounding, not advantage.
TOLERANCE = 1e-12


def checked_utilities(utilities: ArrayLike) -> Floats:
    """Return utilities as an (m, n) array of floats in [0, 1], NaN where not known.

    Raises MethodError "decision.shape", "decision.nothing" (no candidate or no criterion) or
    "decision.not_utilities" (outside of 0 to 1).
    """
    try:
        given = np.asarray(utilities, dtype=np.float64)
    except (TypeError, ValueError) as problem:
        raise MethodError("decision.shape") from problem
    if given.ndim != 2:
        raise MethodError("decision.shape")
    if not given.size:
        raise MethodError("decision.nothing")
    if (given < 0).any() or (given > 1).any():
        raise MethodError("decision.not_utilities")
    return given


def first_of(values: Floats) -> int:
    """Return the index of the greatest value, of (nearly) equal ones the first, -1 where none is known."""
    if np.isnan(values).all():
        return -1
    return int((values >= np.nanmax(values) - TOLERANCE).argmax())


def leader_of(utilities: Floats, weights: Floats) -> tuple[int, Floats]:
    """Return who is first by the weighted sum, and all values: (m,) floats, NaN where nothing is known.

    Raises MethodError "decision.nothing_known" where no candidate has a value.
    """
    values = weighted_mean(utilities, weights)
    leader = first_of(values)
    if leader < 0:
        raise MethodError("decision.nothing_known")
    return leader, values
