"""Weights that make those who answered look like those they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kontor.methods.errors import MethodError

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Margin:
    """One way to group the n answers, and how many the population has in each group.

    codes:      (n,) int, 0 ≤ code < groups.
    population: (groups,) float ≥ 0.
    """

    codes: NDArray[np.int_]
    population: Floats


@dataclass(frozen=True)
class Weights:
    """What was found.

    weights:   (n,) float ≥ 0 that sum to n.
    effective: Kish's effective number of answers, (Σw)² / Σw² ≤ n.
    gap:       largest remaining difference between a weighted share and its target, 0 when matched.
    missing:   for each margin the groups of the population from which nobody answered; their part is shared
               out among the others, in proportion.
    trimmed:   how many answers reached the limit.
    """

    weights: Floats
    effective: float
    gap: float
    missing: tuple[tuple[int, ...], ...]
    trimmed: int


def rake(margins: Sequence[Margin], *, limit: float = 5.0, rounds: int = 200) -> Weights:
    """Return weights under which every margin has the shares of the population.

    One margin is matched in one step (post-stratification), several by turns until all fit (iterative
    proportional fitting). Answers in groups that the population does not have get the weight that the rest
    of their margins give them. No weight exceeds `limit` times the mean, nor falls below a `limit`th of it,
    as far as the margins leave room; `gap` says what that costs. Weights of 1 come back where answers and
    population agree. Cost: O(rounds · margins · n).

    Raises MethodError "weighting.nothing" without margins or answers, "weighting.shape" and
    "weighting.limit" (a limit of 1 or less).

    Source: Deming and Stephan (1940), Annals of Mathematical Statistics 11, 427–444; Kish (1965), Survey
    Sampling, 11.7 for the effective number.

    >>> two = Margin(np.array([0, 0, 0, 1]), np.array([50.0, 50.0]))
    >>> rake([two]).weights.round(3).tolist()
    [0.667, 0.667, 0.667, 2.0]
    """
    n = _checked(margins, limit)
    targets = [_target(margin, n) for margin in margins]
    weights = np.ones(n)
    for _ in range(rounds):
        for margin, target in zip(margins, targets, strict=True):
            weights = _fitted(weights, margin.codes, target)
        if _gap(weights, margins, targets) <= 1e-10:
            break
    weights, trimmed = _trimmed(weights, limit)
    return Weights(
        weights=weights,
        effective=float(weights.sum() ** 2 / (weights**2).sum()),
        gap=_gap(weights, margins, targets),
        missing=tuple(_missing(margin) for margin in margins),
        trimmed=trimmed,
    )


def _checked(margins: Sequence[Margin], limit: float) -> int:
    if not margins or not margins[0].codes.size:
        raise MethodError("weighting.nothing")
    if limit <= 1:
        raise MethodError("weighting.limit", limit=limit)
    n = margins[0].codes.size
    for margin in margins:
        is_sound = margin.codes.shape == (n,) and margin.population.ndim == 1 and margin.population.size
        if not is_sound or margin.codes.min() < 0 or margin.codes.max() >= margin.population.size:
            raise MethodError("weighting.shape")
        if not (np.isfinite(margin.population).all() and (margin.population >= 0).all()):
            raise MethodError("weighting.shape")
    return n


def _target(margin: Margin, n: int) -> Floats:
    """Return what the answers of each group shall weigh together; groups that nobody expected keep theirs."""
    found = np.bincount(margin.codes, minlength=margin.population.size).astype(np.float64)
    is_known = (margin.population > 0) & (found > 0)
    target = np.where(found > 0, found, 0.0)
    room = target[is_known].sum()
    if is_known.any():
        target[is_known] = margin.population[is_known] / margin.population[is_known].sum() * room
    return target


def _fitted(weights: Floats, codes: NDArray[np.int_], target: Floats) -> Floats:
    sums = np.bincount(codes, weights, target.size)
    factors = np.divide(target, sums, out=np.ones_like(target), where=sums > 0)
    fitted: Floats = weights * factors[codes]
    return fitted


def _gap(weights: Floats, margins: Sequence[Margin], targets: Sequence[Floats]) -> float:
    gaps = [
        np.abs(np.bincount(margin.codes, weights, target.size) - target).max() / weights.sum()
        for margin, target in zip(margins, targets, strict=True)
    ]
    return float(max(gaps))


def _trimmed(weights: Floats, limit: float) -> tuple[Floats, int]:
    """Return weights between 1/limit and limit times their mean of 1; what is cut is given to the others."""
    n = weights.size
    kept = np.clip(weights, 1 / limit, limit)
    for _ in range(50):
        rest = n - kept.sum()
        is_free = kept < limit if rest > 0 else kept > 1 / limit
        if abs(rest) <= 1e-9 * n or not is_free.any():
            break
        kept = np.clip(np.where(is_free, kept * (1 + rest / kept[is_free].sum()), kept), 1 / limit, limit)
    kept *= n / kept.sum()
    is_cut = (weights > limit * (1 + 1e-9)) | (weights < (1 - 1e-9) / limit)
    return kept, int(is_cut.sum())


def _missing(margin: Margin) -> tuple[int, ...]:
    found = np.bincount(margin.codes, minlength=margin.population.size)
    return tuple(int(each) for each in np.flatnonzero((found == 0) & (margin.population > 0)))
