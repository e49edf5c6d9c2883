"""How sure the order is: SMAA-2 over everything that people said, and over all weights there could be."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from kontor.methods.decision.score_space import UncertainScores
from kontor.methods.decision.smaa import Sampling, smaa2
from kontor.methods.decision.weight_space import BoundedWeights, FreeWeights, WeightSpace
from kontor.studies.figures import Robust
from kontor.studies.matrix import Matrix
from kontor.studies.numbers import Numbers

Floats = NDArray[np.float64]

SPACES = ("said", "free")
SAMPLES, SEED = 10_000, 1
# Where fewer than two people have weighed, each weight may be so much greater or smaller.
DOUBT_OF_ONE = 0.25
# With more candidates only the better places are counted, and only those who lead are compared in pairs.
MANY, PLACES = 50, 20
# Digits that are kept: chance itself is known to half a percent.
DIGITS = 5


def robust(
    found: Numbers, matrix: Matrix, space: str, on_progress: Callable[[int, int], None] | None = None
) -> Robust:
    """Return what SMAA-2 finds for one space of weights; the same study gives the same figures."""
    m = len(found.rows)
    sampling = Sampling(SAMPLES, SEED, top=PLACES if m > MANY else None, compared=MANY)
    weights = _said(found, matrix) if space == "said" else FreeWeights(len(found.columns))
    result = smaa2(UncertainScores(found.low, found.high), weights, sampling, on_progress)
    codes = [column.code for column in found.columns]
    pks = [row.pk for row in found.rows]
    return Robust(
        space=space,
        samples=SAMPLES,
        seed=SEED,
        candidates=tuple(pks),
        ranks=_rows(result.ranks),
        central=tuple(
            {} if np.isnan(row).any() else dict(zip(codes, _plain(row), strict=True))
            for row in result.central_weights
        ),
        confidence=_known(result.confidence),
        expected=_known(result.expected_rank),
        compared=tuple(pks[index] for index in result.compared),
        wins=_rows(result.pairwise),
    )


def _said(found: Numbers, matrix: Matrix) -> WeightSpace:
    """Return all weights between the least and the greatest that anybody, or the group, gave."""
    codes = [column.code for column in found.columns]
    given = [np.array([each.weights.get(code, 0.0) for code in codes]) for each in matrix.people]
    shares = [weights / weights.sum() for weights in given if weights.sum() > 0]
    if not found.has_weights:
        return FreeWeights(len(codes))
    if len(shares) < 2:
        low, high = found.weights * (1 - DOUBT_OF_ONE), found.weights * (1 + DOUBT_OF_ONE)
        return BoundedWeights(low, np.minimum(high, 1.0))
    every = np.vstack([found.weights, *shares])
    return BoundedWeights(every.min(axis=0), every.max(axis=0))


def _plain(row: Floats) -> tuple[float, ...]:
    return tuple(round(float(value), DIGITS) for value in row)


def _rows(array: Floats) -> tuple[tuple[float, ...], ...]:
    return tuple(_plain(row) for row in array)


def _known(row: Floats) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(value) else round(float(value), DIGITS) for value in row)
