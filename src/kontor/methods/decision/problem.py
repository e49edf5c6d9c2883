"""What the decision methods take: candidates, criteria, scores and weights, checked once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from kontor.methods.errors import MethodError

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Array = TypeVar("Array", Floats, Bools)
# Beyond this a square no longer fits into a float.
LARGEST = 1e150
# Rows worked on at once, so that what is made on the way stays in the processor's cache.
BLOCK_CELLS = 1 << 16


@dataclass(frozen=True, eq=False)
class DecisionProblem:
    """m candidates judged on n criteria.

    scores:  (m, n) floats, each column in its criterion's own unit; NaN = not known.
    weights: (n,) floats ≥ 0, at least one above 0, in any scale; stored summing to 1.
    benefit: (n,) bools, True where more is better.
    low:     (n,) floats or None: the lower end of each criterion's scale, NaN or None = the column's least.
    high:    (n,) floats or None: the upper end, NaN or None = the column's greatest.

    The arrays are stored read-only. A score outside its scale counts as the nearer end.

    Raises MethodError "decision.nothing" (no candidate or no criterion), "decision.shape",
    "decision.infinite" (a score beyond ±1e150; names candidate and criterion, counted from 1),
    "decision.weights_not_positive" (negative, not finite, or all 0) or "decision.scale_ends" (an infinite
    end, or a lower end that is not below the upper one; names the criterion).
    """

    scores: Floats
    weights: Floats
    benefit: Bools
    low: Floats | None = None
    high: Floats | None = None

    def __post_init__(self) -> None:
        scores = _floats(self.scores)
        if scores.ndim != 2:
            raise MethodError("decision.shape")
        if not scores.size:
            raise MethodError("decision.nothing")
        n = scores.shape[1]
        _require_finite(scores)
        self._keep("scores", scores)
        self._keep("weights", normalised_weights(self.weights, n))
        self._keep("benefit", _of_length(np.asarray(self.benefit, dtype=np.bool_), n))
        for name in ("low", "high"):
            end: Floats | None = getattr(self, name)
            self._keep(name, np.full(n, np.nan) if end is None else _of_length(_floats(end), n))
        _require_order(*self.ends)

    def _keep(self, name: str, array: Floats | Bools) -> None:
        kept = array.view()
        kept.setflags(write=False)
        object.__setattr__(self, name, kept)

    @property
    def ends(self) -> tuple[Floats, Floats]:
        """The ends of the scales as given: two (n,) arrays, NaN = from the column."""
        assert self.low is not None
        assert self.high is not None
        return self.low, self.high

    @property
    def has_unknown(self) -> bool:
        """Whether any score is not known."""
        return bool(np.isnan(self.scores.sum()))

    def row_blocks(self) -> Iterator[slice]:
        """Yield slices of rows that fit into the cache; together they are all rows."""
        m, n = self.scores.shape
        step = max(BLOCK_CELLS // n, 1)
        return (slice(start, min(start + step, m)) for start in range(0, m, step))


def normalised_weights(weights: Floats, n: int) -> Floats:
    """Return n weights that sum to 1, in the proportions of those given.

    Raises MethodError "decision.shape" or "decision.weights_not_positive".

    >>> normalised_weights(np.array([1.0, 3.0]), 2).tolist()
    [0.25, 0.75]
    """
    given = _of_length(_floats(weights), n)
    most = given.max()
    # Divided by the greatest first: the sum of very large weights would be infinite.
    if not (np.isfinite(given).all() and (given >= 0).all() and most > 0):
        raise MethodError("decision.weights_not_positive")
    scaled = given / most
    shares: Floats = scaled / scaled.sum()
    return shares


def utilities(problem: DecisionProblem) -> Floats:
    """Return how good each score is on its criterion: (m, n) floats in [0, 1], NaN where not known.

    0 is the bad end of the scale and 1 the good end, linear between; for criteria where less is better the
    direction is turned. A column without ends in which all known scores are equal tells nothing: 0.5.
    Cost: O(m n) time and memory.

    >>> p = DecisionProblem(np.array([[2.0, 10.0], [1.0, 40.0]]), np.ones(2), np.array([True, False]))
    >>> utilities(p).tolist()
    [[1.0, 1.0], [0.0, 0.0]]
    """
    linear = Linear.of(problem)
    result = np.empty_like(problem.scores)
    for rows in problem.row_blocks():
        linear.apply(problem.scores[rows], result[rows])
    return result


@dataclass(frozen=True, eq=False)
class Linear:
    """The linear value functions of all criteria, `(score - bad) / width`: arrays of length n.

    flat:  True where the criterion tells nothing, because its scale has no width.
    clips: whether scores may lie outside their scale.
    """

    bad: Floats
    width: Floats
    flat: Bools
    clips: bool

    @classmethod
    def of(cls, problem: DecisionProblem) -> Linear:
        """Return the value functions of a problem, with the columns' own ends where no others are given."""
        given_low, given_high = problem.ends
        least, greatest = column_ends(problem)
        low = np.where(np.isnan(given_low), least, given_low)
        high = np.where(np.isnan(given_high), greatest, given_high)
        # Also where one end was given and all scores lie beyond it, or where nothing is known.
        flat = ~(low < high)
        width = np.where(flat, 1.0, high - low)
        return cls(
            bad=np.where(flat, 0.0, np.where(problem.benefit, low, high)),
            width=np.where(problem.benefit, width, -width),
            flat=flat,
            clips=bool((low > least).any() or (high < greatest).any()),
        )

    def apply(self, scores: Floats, out: Floats) -> Floats:
        """Write the values of (k, n) scores into `out` and return it."""
        np.subtract(scores, self.bad, out=out)
        with np.errstate(over="ignore"):
            np.divide(out, self.width, out=out)
        np.add(out, 0.0, out=out)  # no negative zero
        if self.clips:
            np.clip(out, 0.0, 1.0, out=out)
        if self.flat.any():
            flat = out[:, self.flat]
            out[:, self.flat] = np.where(np.isnan(flat), np.nan, 0.5)
        return out


def column_ends(problem: DecisionProblem) -> tuple[Floats, Floats]:
    """Return the least and the greatest known score of each criterion, NaN where nothing is known."""
    least, greatest = (np.fmin, np.fmax) if problem.has_unknown else (np.minimum, np.maximum)
    ends = [
        (least.reduce(block, axis=0), greatest.reduce(block, axis=0))
        for block in (problem.scores[rows] for rows in problem.row_blocks())
    ]
    return least.reduce([low for low, _ in ends]), greatest.reduce([high for _, high in ends])


def _floats(values: object) -> Floats:
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as problem:
        raise MethodError("decision.shape") from problem


def _of_length(array: Array, n: int) -> Array:
    if array.shape != (n,):
        raise MethodError("decision.shape")
    return array


def _require_finite(scores: Floats) -> None:
    # Nothing is made on the way while all is well: NaN and the too large fail this comparison.
    if scores.max() <= LARGEST and scores.min() >= -LARGEST:
        return
    found = np.argwhere(np.abs(scores) > LARGEST)
    if len(found):
        raise MethodError("decision.infinite", candidate=int(found[0, 0]) + 1, criterion=int(found[0, 1]) + 1)


def _require_order(low: Floats, high: Floats) -> None:
    wrong = np.flatnonzero(np.isinf(low) | np.isinf(high) | (low >= high))
    if wrong.size:
        raise MethodError("decision.scale_ends", criterion=int(wrong[0]) + 1)
