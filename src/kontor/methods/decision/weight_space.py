"""What may be said about weights without naming them exactly, and samples of all that fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from kontor.methods.decision.problem import Floats, normalised_weights
from kontor.methods.errors import MethodError

# Of bounded weights so many are thrown before walking is cheaper, and so long is the walk for each criterion.
THROWS, STEPS_EACH = 20, 30


class WeightSpace(Protocol):
    """Something that samples of weights can be drawn from."""

    @property
    def n(self) -> int:
        """The number of criteria."""

    def draw(self, generator: Generator, first: int, count: int) -> Floats:
        """Return samples number `first` to `first + count`: (count, n) floats ≥ 0, each row sums to 1."""


@dataclass(frozen=True)
class FreeWeights:
    """All weights are possible, each as likely as any other. n: the number of criteria, ≥ 1.

    Raises MethodError "decision.nothing".
    """

    n: int

    def __post_init__(self) -> None:
        if self.n < 1:
            raise MethodError("decision.nothing")

    def draw(self, generator: Generator, first: int, count: int) -> Floats:
        """Return samples spread evenly over the simplex: exponential numbers divided by their sum."""
        thrown = generator.standard_exponential((count, self.n))
        shares: Floats = thrown / thrown.sum(axis=1, keepdims=True)
        return shares


@dataclass(frozen=True, eq=False)
class OrderedWeights:
    """Only the order of importance is known.

    ranking: (n,) numbers, the least for the most important; between equal ones nothing is said.

    Raises MethodError "decision.nothing" or "decision.ranking" (not finite).
    """

    ranking: NDArray[np.float64]

    def __post_init__(self) -> None:
        ranking = np.array(self.ranking, dtype=np.float64).ravel()
        if not ranking.size:
            raise MethodError("decision.nothing")
        if not np.isfinite(ranking).all():
            raise MethodError("decision.ranking")
        object.__setattr__(self, "ranking", ranking)

    @property
    def n(self) -> int:
        """The number of criteria."""
        return self.ranking.size

    def draw(self, generator: Generator, first: int, count: int) -> Floats:
        """Return samples spread evenly over all weights in this order.

        Free weights are sorted and dealt out by rank; among equal ranks chance decides who gets which.
        """
        dealt = np.sort(FreeWeights(self.n).draw(generator, first, count), axis=1)[:, ::-1]
        chance = generator.random((count, self.n))
        order = np.lexsort((chance, np.broadcast_to(self.ranking, (count, self.n))), axis=1)
        result = np.empty((count, self.n))
        np.put_along_axis(result, order, dealt, axis=1)
        return result


@dataclass(frozen=True, eq=False)
class BoundedWeights:
    """Each weight lies between two bounds.

    low, high: (n,) shares, 0 ≤ low ≤ high ≤ 1, with sums of at most and at least 1.

    Raises MethodError "decision.shape", "decision.nothing" or "decision.weight_bounds".
    """

    low: Floats
    high: Floats

    def __post_init__(self) -> None:
        low, high = (np.array(bound, dtype=np.float64) for bound in (self.low, self.high))
        if low.ndim != 1 or low.shape != high.shape:
            raise MethodError("decision.shape")
        if not low.size:
            raise MethodError("decision.nothing")
        high = np.minimum(high, 1.0)
        if not (
            (low >= 0).all() and (low <= high).all() and low.sum() <= 1 + 1e-9 and high.sum() >= 1 - 1e-9
        ):
            raise MethodError("decision.weight_bounds")
        object.__setattr__(self, "low", low)
        object.__setattr__(self, "high", high)

    @property
    def n(self) -> int:
        """The number of criteria."""
        return self.low.size

    def draw(self, generator: Generator, first: int, count: int) -> Floats:
        """Return samples spread evenly over all weights within the bounds.

        Weights above the lower bounds are thrown evenly, and those above an upper bound thrown away; where
        too few would be left, random walks inside the bounds are taken instead, long enough to forget
        where they began.
        """
        kept = np.empty((0, self.n))
        room = max(1.0 - self.low.sum(), 0.0)
        for _ in range(THROWS):
            thrown = self.low + room * FreeWeights(self.n).draw(generator, first, count)
            kept = np.vstack([kept, thrown[(thrown <= self.high + 1e-12).all(axis=1)]])
            if len(kept) >= count:
                return kept[:count]
            if len(kept) < count // THROWS:
                break
        return self._walked(generator, count)

    def _walked(self, generator: Generator, count: int) -> Floats:
        """Return the ends of `count` walks that shift weight between two criteria in each step."""
        slack = self.high - self.low
        missing = 1.0 - self.low.sum()
        begun = self.low + slack * (missing / slack.sum() if slack.sum() > 0 else 0.0)
        at = np.repeat(begun[:, None], count, axis=1)
        for _ in range(STEPS_EACH * self.n if self.n > 1 else 0):
            one, other = generator.choice(self.n, 2, replace=False)
            both = at[one] + at[other]
            least = np.maximum(self.low[one], both - self.high[other])
            most = np.maximum(np.minimum(self.high[one], both - self.low[other]), least)
            at[one] = least + generator.random(count) * (most - least)
            at[other] = both - at[one]
        inside = np.clip(at.T, 0.0, None)
        shares: Floats = inside / inside.sum(axis=1, keepdims=True)
        return shares


@dataclass(frozen=True, eq=False)
class GivenWeights:
    """Weights that somebody has given: one set, or several of which each counts alike.

    samples: (k, n) or (n,) floats ≥ 0, each row with one above 0, in any scale.

    Raises MethodError "decision.shape", "decision.nothing" or "decision.weights_not_positive".
    """

    samples: Floats

    def __post_init__(self) -> None:
        samples = np.atleast_2d(np.array(self.samples, dtype=np.float64))
        if samples.ndim != 2:
            raise MethodError("decision.shape")
        if not samples.size:
            raise MethodError("decision.nothing")
        rows = np.stack([normalised_weights(row, samples.shape[1]) for row in samples])
        object.__setattr__(self, "samples", rows)

    @property
    def n(self) -> int:
        """The number of criteria."""
        return int(self.samples.shape[1])

    def draw(self, generator: Generator, first: int, count: int) -> Floats:
        """Return the given weights in turn, over and over."""
        return self.samples[np.arange(first, first + count) % len(self.samples)]


def around(weights: ArrayLike, spread: float) -> WeightSpace:
    """Return the space of weights that differ from those given by at most the share `spread` of each.

    weights: (n,) floats ≥ 0, not all 0, in any scale. spread: 0 (exactly these) to 1 (up to double, down to
    nothing).

    Raises MethodError "decision.spread" besides those of weights.

    >>> around([1.0, 3.0], 0.2).draw(np.random.default_rng(1), 0, 1000).min(axis=0).round(2).tolist()
    [0.2, 0.7]
    """
    given = np.asarray(weights, dtype=np.float64)
    centre = normalised_weights(given, given.size)
    if not 0 <= spread <= 1:
        raise MethodError("decision.spread")
    if spread == 0:
        return GivenWeights(centre)
    return BoundedWeights((1 - spread) * centre, (1 + spread) * centre)
