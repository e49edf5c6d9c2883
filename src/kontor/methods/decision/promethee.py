"""PROMETHEE I and II: how far each candidate is preferred to the others, and the others to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from kontor.methods.decision.ordered import Indices, Ordered
from kontor.methods.decision.preference_sums import SUMS
from kontor.methods.decision.preferences import Preference, Shape, preferences_for
from kontor.methods.decision.problem import DecisionProblem, Floats
from kontor.methods.errors import MethodError

# Cells sorted and summed at once: enough to drown the cost of a call, little enough for the cache.
CELLS_AT_ONCE = 3 << 13
# From this many cells on a second thread is worth its start.
CELLS_FOR_TWO = 1 << 18


@dataclass(frozen=True, eq=False)
class Balance:
    """What speaks for and against each of m candidates.

    positive: (m,) floats in [0, 1], how far the candidate is preferred to the others, on average.
    negative: (m,) floats in [0, 1], how far the others are preferred to it.
    net:      (m,) floats in [-1, 1], the difference; sums to 0.
    """

    positive: Floats
    negative: Floats
    net: Floats


@dataclass(frozen=True, eq=False)
class Flows(Balance):
    """A balance with its parts.

    uni: (m, n) floats in [-1, 1], the net flow on each criterion; `net` is `uni @ weights`, so that other
         weights need one product only.
    """

    uni: Floats


def promethee(problem: DecisionProblem, preference: Preference | Sequence[Preference]) -> Flows:
    """Return the flows under one preference function for all criteria or one for each.

    PROMETHEE II ranks by `net`; PROMETHEE I calls a candidate better only where `positive` and `negative`
    agree. A score that is not known is compared with none: on that criterion the candidate neither gains
    nor loses, and nobody against it. One candidate alone has flows of 0; equal candidates have equal flows.
    The ends of the scales are not looked at. Adding a candidate can change the order of the others.

    The sums over all pairs are not taken pair by pair: columns are sorted and counts and running sums give
    the same, exactly for steps, with an error below 1e-15 of range / (p - q) for slopes and below 1e-13 for
    the Gaussian (see `gauss_sums`). Cost: O(n m log m) time, O(m n) memory; two threads for large problems.

    Raises MethodError "decision.shape" where the functions are not one for each criterion.

    Source: Brans & Vincke (1985), A preference ranking organisation method, Management Science 31.

    >>> p = DecisionProblem(np.array([[3.0], [2.0], [1.0]]), np.ones(1), np.array([True]))
    >>> promethee(p, Preference(Shape.V_SHAPE, p=2.0)).net.tolist()
    [0.75, 0.0, -0.75]
    """
    m, n = problem.scores.shape
    each = preferences_for(preference, n)
    uni = np.zeros((n, m))
    sides = np.zeros((2, m))
    blocks = list(_blocks(problem, each))

    def work(block: _Block) -> Floats:
        return _flow(problem, each, block, uni)

    if len(blocks) > 1 and m * n >= CELLS_FOR_TWO:
        with ThreadPoolExecutor(2) as pool:
            parts = list(pool.map(work, blocks))
    else:
        parts = [work(block) for block in blocks]
    # In the order of the blocks, whoever was first to finish: sums of floats depend on their order.
    for part in parts:
        sides += part
    return Flows(positive=sides[0], negative=sides[1], net=sides[0] - sides[1], uni=uni.T)


def flows_from_preferences(preferences: Floats) -> Balance:
    """Return the balance from how far each candidate (row) is preferred to each (column).

    preferences: (m, m) floats ≥ 0, the diagonal is not looked at. One candidate alone has flows of 0.

    Raises MethodError "decision.shape" or "decision.preference_negative" (also for what is not a number).

    >>> flows_from_preferences(np.array([[0.0, 0.75], [0.25, 0.0]])).net.tolist()
    [0.5, -0.5]
    """
    given = np.array(preferences, dtype=np.float64)
    if given.ndim != 2 or given.shape[0] != given.shape[1] or not given.size:
        raise MethodError("decision.shape")
    np.fill_diagonal(given, 0.0)
    if not (np.isfinite(given).all() and (given >= 0).all()):
        raise MethodError("decision.preference_negative")
    others = max(len(given) - 1, 1)
    positive, negative = given.sum(axis=1) / others, given.sum(axis=0) / others
    return Balance(positive, negative, positive - negative)


@dataclass(frozen=True, eq=False)
class _Block:
    """Criteria that are worked on together: all of one shape, known for the same candidates.

    rows: the candidates whose scores are known, or None for all.
    """

    shape: Shape
    criteria: Indices
    rows: Indices | None


def _blocks(problem: DecisionProblem, each: Sequence[Preference]) -> Iterator[_Block]:
    m, n = problem.scores.shape
    at_once = max(CELLS_AT_ONCE // m, 1)
    has_gap = np.isnan(problem.scores).any(axis=0) if problem.has_unknown else np.zeros(n, np.bool_)
    for criterion in np.flatnonzero(has_gap).tolist():
        rows = np.flatnonzero(~np.isnan(problem.scores[:, criterion]))
        if rows.size:
            yield _Block(each[criterion].shape, np.array([criterion]), rows)
    order = sorted(np.flatnonzero(~has_gap).tolist(), key=lambda criterion: each[criterion].shape)
    for shape, group in groupby(order, key=lambda criterion: each[criterion].shape):
        members = np.array(list(group))
        for start in range(0, len(members), at_once):
            yield _Block(shape, members[start : start + at_once], None)


def _flow(problem: DecisionProblem, each: Sequence[Preference], block: _Block, uni: Floats) -> Floats:
    """Write the net flows of a block's criteria into `uni`; return their (2, m) weighted sides."""
    m = len(problem.scores)
    criteria = block.criteria
    columns = np.ascontiguousarray(problem.scores.T[criteria])
    if block.rows is not None:
        columns = columns[:, block.rows]
    columns[~problem.benefit[criteria]] *= -1.0
    ordered = Ordered.of(columns)
    thresholds = [np.array([[getattr(each[c], name)] for c in criteria.tolist()]) for name in ("q", "p", "s")]
    plus, minus = SUMS[block.shape](ordered, *thresholds)
    scale = 1.0 / max(m - 1, 1)
    for_it, against_it = ordered.unsorted(plus * scale), ordered.unsorted(minus * scale)
    weights = problem.weights[criteria]
    part = np.zeros((2, m))
    known = slice(None) if block.rows is None else block.rows
    part[0, known] = np.einsum("cm,c->m", for_it, weights)
    part[1, known] = np.einsum("cm,c->m", against_it, weights)
    if block.rows is None:
        uni[criteria] = for_it - against_it
    else:
        uni[criteria[0], known] = (for_it - against_it)[0]
    return part
