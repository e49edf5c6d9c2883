"""How far several people agree on the weights, and what they say together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kontor.methods.errors import MethodError

Floats = NDArray[np.float64]
# Weights and distances nearer than this are the same; what lies below is rounding.
SAME = 1e-12


class GroupMean(StrEnum):
    """How the weights of a group are made of those of its people."""

    ARITHMETIC = "arithmetic"  # everybody's points, shared: one person's zero is outvoted
    GEOMETRIC = (
        "geometric"  # everybody's ratios, averaged: the same from comparisons before or after averaging
    )


@dataclass(frozen=True, eq=False)
class Agreement:
    """How k people agree on n criteria.

    kendall_w:     0 to 1, agreement on the order; 1 = the same order.
    by_chance:     what orders drawn by lot would give on average, 1 / k.
    distances:     (k, k) floats 0 to 1: the share of all weight that one would have to move to agree with the
                   other, half the sum of absolute differences.
    correlations:  (k, k) floats -1 to 1: rank correlation (Spearman); between two who rank nothing 1, between
                   such a one and another 0.
    lowest, highest: (n,) the least and the greatest weight that anybody gives.
    spread:        (n,) standard deviation of the weights between people (divisor k - 1), 0 for one person.
    group_weights: (n,) floats that sum to 1.
    from_others:   (k,) floats 0 to 1: distance of each from what the others say together.
    furthest:      index of who stands furthest from the others; -1 where several are equally far, as two
                   people always are, or nobody stands apart.
    """

    kendall_w: float
    by_chance: float
    distances: Floats
    correlations: Floats
    lowest: Floats
    highest: Floats
    spread: Floats
    group_weights: Floats
    from_others: Floats
    furthest: int


def agreement(
    weights: ArrayLike, importance: ArrayLike | None = None, mean: GroupMean = GroupMean.ARITHMETIC
) -> Agreement:
    """Return how far people agree on weights, who stands apart, and the weights of the group.

    weights:    (k, n) floats ≥ 0, a row for each person, not all 0, in any scale of its own.
    importance: (k,) floats ≥ 0, not all 0, how much each person counts in the group; None = equally. It does
                not count in the agreement itself.
    mean:       how the group's weights are made; the geometric mean takes weights above 0 only.

    One person agrees with itself, one criterion leaves nothing to disagree on, and people who all rank
    nothing say the same: W is then 1. Cost: O(k² n) time, O(k² + k n) memory.

    Raises MethodError "opinions.nothing" (nobody, or no criterion), "opinions.shape",
    "opinions.not_weights" (names the person, counted from 1), "opinions.importance" or
    "opinions.zero_in_geometric_mean".

    Source: Kendall & Babington Smith (1939), Annals of Mathematical Statistics 10, 275–287, with the
    correction for ties of Kendall (1948), Rank Correlation Methods; Aczél & Saaty (1983), Journal of
    Mathematical Psychology 27, 93–102, for the geometric mean.

    >>> found = agreement([[5, 3, 2], [6, 3, 1], [2, 3, 5]])
    >>> round(found.kendall_w, 3), found.furthest, found.group_weights.round(3).tolist()
    (0.111, 2, [0.433, 0.3, 0.267])
    """
    shares = _shares(weights)
    counts = _importance(importance, len(shares))
    if mean == GroupMean.GEOMETRIC and (shares == 0).any():
        raise MethodError("opinions.zero_in_geometric_mean")
    from_others = _from_others(shares, counts, mean)
    return Agreement(
        kendall_w=kendall_w(shares),
        by_chance=1 / len(shares),
        distances=np.stack([np.abs(shares - each).sum(axis=1) / 2 for each in shares]),
        correlations=rank_correlations(shares),
        lowest=shares.min(axis=0),
        highest=shares.max(axis=0),
        spread=shares.std(axis=0, ddof=1) if len(shares) > 1 else np.zeros(shares.shape[1]),
        group_weights=_group(shares, counts, mean),
        from_others=from_others,
        furthest=_furthest(from_others),
    )


def kendall_w(values: ArrayLike) -> float:
    """Return the coefficient of concordance of k rankings of n things: 0 to 1.

    values: (k, n) floats, a row for each judge; only the order within a row counts, ties share the mean rank.
    Where the formula is 0/0, because nobody ranks anything or there is one thing only, all say the same: 1.
    Cost: O(k n log n).

    Source: as for `agreement`.

    >>> kendall_w([[1, 2, 3], [1, 2, 3]])
    1.0
    """
    ranks = mean_ranks(np.asarray(values, dtype=np.float64))
    k, n = ranks.shape
    sums = ranks.sum(axis=0)
    squares = float(((sums - sums.mean()) ** 2).sum())
    # The variance of the ranks of each judge: the usual (n³ - n) / 12, less what ties take away.
    within = float(((ranks - (n + 1) / 2) ** 2).sum())
    return min(squares / (k * within), 1.0) if within > 0 else 1.0


def mean_ranks(values: Floats) -> Floats:
    """Return the ranks within each row, 1 = least, ties sharing the mean: (k, n) floats.

    >>> mean_ranks(np.array([[0.2, 0.5, 0.2]])).tolist()
    [[1.5, 3.0, 1.5]]
    """
    # Rounded, so that shares that differ by the rounding of a division are a tie.
    rounded = values.round(12)
    below = np.stack([(row[None, :] < row[:, None]).sum(axis=1) for row in rounded])
    same = np.stack([(row[None, :] == row[:, None]).sum(axis=1) for row in rounded])
    ranks: Floats = below + (same + 1) / 2
    return ranks


def rank_correlations(values: Floats) -> Floats:
    """Return Spearman's rank correlation between the rows of (k, n) values: (k, k) floats from -1 to 1.

    >>> rank_correlations(np.array([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0]])).tolist()
    [[1.0, -1.0], [-1.0, 1.0]]
    """
    ranks = mean_ranks(values)
    off = ranks - (ranks.shape[1] + 1) / 2
    lengths = np.linalg.norm(off, axis=1)
    is_flat = lengths == 0
    unit = off / np.where(is_flat, 1.0, lengths)[:, None]
    found = np.clip(unit @ unit.T, -1.0, 1.0).round(12)
    return np.where(np.outer(is_flat, is_flat) | np.eye(len(ranks), dtype=np.bool_), 1.0, found)


def _shares(weights: ArrayLike) -> Floats:
    try:
        given = np.asarray(weights, dtype=np.float64)
    except (TypeError, ValueError) as problem:
        raise MethodError("opinions.shape") from problem
    if not given.size:
        raise MethodError("opinions.nothing")
    if given.ndim != 2:
        raise MethodError("opinions.shape")
    most = given.max(axis=1)
    with np.errstate(invalid="ignore"):
        is_sound = np.isfinite(given).all(axis=1) & (given >= 0).all(axis=1) & (most > 0)
    if not is_sound.all():
        raise MethodError("opinions.not_weights", person=int((~is_sound).argmax()) + 1)
    scaled = given / most[:, None]
    shares: Floats = scaled / scaled.sum(axis=1, keepdims=True)
    return shares


def _importance(importance: ArrayLike | None, k: int) -> Floats:
    counts = np.ones(k) if importance is None else np.asarray(importance, dtype=np.float64)
    if counts.shape != (k,) or not (np.isfinite(counts).all() and (counts >= 0).all() and counts.max() > 0):
        raise MethodError("opinions.importance")
    scaled: Floats = counts / counts.max()
    return scaled


def _group(shares: Floats, counts: Floats, mean: GroupMean) -> Floats:
    """Return the weights of a group: (n,) floats that sum to 1."""
    part = counts / counts.sum()
    together = np.exp(part @ np.log(shares)) if mean == GroupMean.GEOMETRIC else part @ shares
    found: Floats = together / together.sum()
    return found


def _from_others(shares: Floats, counts: Floats, mean: GroupMean) -> Floats:
    """Return how far each stands from what the others say together; 0 where nobody else counts."""
    distances = np.zeros(len(shares))
    for person in range(len(shares)):
        others = np.arange(len(shares)) != person
        if (others & (counts > 0)).any():
            group = _group(shares[others], counts[others], mean)
            distances[person] = np.abs(shares[person] - group).sum() / 2
    return distances


def _furthest(distances: Floats) -> int:
    is_furthest = (distances >= distances.max() - SAME) & (distances > SAME)
    return int(distances.argmax()) if is_furthest.sum() == 1 else -1
