"""What may be said about scores without knowing them exactly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from kontor.methods.decision.problem import Bools, DecisionProblem, Floats, utilities
from kontor.methods.decision.products import product
from kontor.methods.errors import MethodError


class ScoreSpace(Protocol):
    """Something that samples of the values of m candidates on n criteria can be drawn from."""

    @property
    def shape(self) -> tuple[int, int]:
        """The numbers m and n of candidates and criteria."""

    @property
    def ends(self) -> tuple[float, float]:
        """Between which numbers all values lie."""

    @property
    def draws(self) -> int:
        """How many random numbers one sample takes; 0 where all values are known."""

    @property
    def middle(self) -> Floats:
        """The values to be expected: (m, n) floats."""

    def totals(self, generator: Generator, weights: Floats) -> Floats:
        """Return the weighted sums of fresh samples: one for each row of (k, n) weights, (k, m) floats."""

    def fresh(self, generator: Generator, count: int) -> Floats:
        """Return fresh samples of the values themselves: (count, m, n) floats."""


@dataclass(frozen=True, eq=False)
class UncertainScores:
    """Values of which some are known, some lie in a range and some are not known.

    low, high: (m, n) floats in [0, 1], low ≤ high; equal where the value is known; NaN in either = not known:
               anything from 0 to 1. Within its range everything is as likely as everything else.

    Raises MethodError "decision.shape", "decision.nothing", "decision.not_utilities" (outside of 0 to 1) or
    "decision.range_reversed" (names candidate and criterion, counted from 1).
    """

    low: Floats
    high: Floats

    def __post_init__(self) -> None:
        low, high = (np.array(bound, dtype=np.float64) for bound in (self.low, self.high))
        if low.ndim != 2 or low.shape != high.shape:
            raise MethodError("decision.shape")
        if not low.size:
            raise MethodError("decision.nothing")
        is_unknown = np.isnan(low) | np.isnan(high)
        low[is_unknown], high[is_unknown] = 0.0, 1.0
        if low.min() < 0 or high.max() > 1:
            raise MethodError("decision.not_utilities")
        wrong = np.argwhere(low > high)
        if len(wrong):
            candidate, criterion = (int(index) + 1 for index in wrong[0])
            raise MethodError("decision.range_reversed", candidate=candidate, criterion=criterion)
        object.__setattr__(self, "low", low)
        object.__setattr__(self, "high", high)

    @property
    def shape(self) -> tuple[int, int]:
        """The numbers of candidates and criteria."""
        m, n = self.low.shape
        return m, n

    @property
    def ends(self) -> tuple[float, float]:
        """Between which numbers all values lie."""
        return 0.0, 1.0

    @property
    def draws(self) -> int:
        """How many random numbers one sample takes."""
        return self._open[0].size

    @cached_property
    def middle(self) -> Floats:
        """The values to be expected: (m, n) floats."""
        middle: Floats = (self.low + self.high) / 2
        return middle

    @cached_property
    def _open(self) -> tuple[NDArray[np.intp], NDArray[np.intp], Floats]:
        """Candidate, criterion and width of each range, by candidate."""
        candidate, criterion = np.nonzero(self.high > self.low)
        return candidate, criterion, (self.high - self.low)[candidate, criterion]

    def totals(self, generator: Generator, weights: Floats) -> Floats:
        """Return the weighted sums of fresh samples: only what is not known is drawn."""
        sums = np.ascontiguousarray(product(self.low, weights.T).T)
        candidate, criterion, width = self._open
        if candidate.size:
            drawn = generator.random((len(weights), candidate.size))
            drawn *= width
            drawn *= weights[:, criterion]
            first = np.flatnonzero(np.diff(candidate, prepend=-1))
            sums[:, candidate[first]] += np.add.reduceat(drawn, first, axis=1)
        return sums

    def fresh(self, generator: Generator, count: int) -> Floats:
        """Return fresh samples of the values themselves: (count, m, n) floats."""
        values = np.repeat(self.low[None], count, axis=0)
        candidate, criterion, width = self._open
        values[:, candidate, criterion] += generator.random((count, candidate.size)) * width
        return values


@dataclass(frozen=True, eq=False)
class SampledScores:
    """Values given by samples, such as the scores of several people or draws from any distribution.

    samples: (k, m, n) finite floats; each of the k is as likely as the others, all values of one together.

    Raises MethodError "decision.shape", "decision.nothing" or "decision.infinite".
    """

    samples: Floats

    def __post_init__(self) -> None:
        samples = np.array(self.samples, dtype=np.float64)
        if samples.ndim != 3:
            raise MethodError("decision.shape")
        if not samples.size:
            raise MethodError("decision.nothing")
        wrong = np.argwhere(~np.isfinite(samples))
        if len(wrong):
            candidate, criterion = (int(index) + 1 for index in wrong[0, 1:])
            raise MethodError("decision.infinite", candidate=candidate, criterion=criterion)
        object.__setattr__(self, "samples", samples)

    @property
    def shape(self) -> tuple[int, int]:
        """The numbers of candidates and criteria."""
        _, m, n = self.samples.shape
        return m, n

    @cached_property
    def ends(self) -> tuple[float, float]:
        """Between which numbers all values lie."""
        return float(self.samples.min()), float(self.samples.max())

    @property
    def draws(self) -> int:
        """How many values one sample takes along."""
        k, m, n = self.samples.shape
        return 0 if k == 1 else m * n

    @cached_property
    def middle(self) -> Floats:
        """The values to be expected: (m, n) floats."""
        middle: Floats = self.samples.mean(axis=0)
        return middle

    def totals(self, generator: Generator, weights: Floats) -> Floats:
        """Return the weighted sums of one sample, chosen by chance, for each row of weights."""
        sums: Floats = np.einsum("kmn,kn->km", self.fresh(generator, len(weights)), weights)
        return sums

    def fresh(self, generator: Generator, count: int) -> Floats:
        """Return samples chosen by chance."""
        return self.samples[generator.integers(len(self.samples), size=count)]


def scores_between(
    lower: ArrayLike, upper: ArrayLike, benefit: Bools, low: Floats | None = None, high: Floats | None = None
) -> UncertainScores:
    """Return uncertain values from scores in their own units.

    lower, upper: (m, n) floats, equal where a score is known, NaN where it is not. benefit, low, high: as in
    DecisionProblem; where no ends of a scale are given the least lower and the greatest upper score are.

    Raises MethodError as DecisionProblem and UncertainScores do.

    >>> found = scores_between([[2.0], [1.0]], [[3.0], [1.0]], np.array([False]))
    >>> found.low.tolist(), found.high.tolist()
    ([[0.0], [1.0]], [[0.5], [1.0]])
    """
    bounds = [np.array(bound, dtype=np.float64) for bound in (lower, upper)]
    if bounds[0].shape != bounds[1].shape or bounds[0].ndim != 2:
        raise MethodError("decision.shape")
    wrong = np.argwhere(bounds[0] > bounds[1])
    if len(wrong):
        candidate, criterion = (int(index) + 1 for index in wrong[0])
        raise MethodError("decision.range_reversed", candidate=candidate, criterion=criterion)
    m, n = bounds[0].shape
    try:
        both = DecisionProblem(np.vstack(bounds), np.ones(n), benefit, low, high)
    except MethodError as problem:
        if "candidate" in problem.params:
            problem.params["candidate"] = (int(str(problem.params["candidate"])) - 1) % m + 1
        raise
    first, second = np.split(utilities(both), 2)
    return UncertainScores(np.minimum(first, second), np.maximum(first, second))
