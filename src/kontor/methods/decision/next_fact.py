"""The next best fact: what, if it were found out, would most likely and most usefully change who is first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kontor.methods.decision.arrays import TOLERANCE, first_of
from kontor.methods.decision.problem import Floats, normalised_weights
from kontor.methods.decision.uniform_sums import gain_of_sums
from kontor.methods.errors import MethodError

Ints = NDArray[np.int_]
# Numbers worked on at once over the samples of weights.
BLOCK_CELLS = 1 << 18


@dataclass(frozen=True, eq=False)
class NextFacts:
    """The c uncertain cells, the most useful first.

    candidate, criterion: (c,) indices.
    gain:     (c,) expected gain in value, on the scale of the weighted sum, ≥ 0: how much better the first
              is on average if this one fact is found out before choosing.
    chance:   (c,) probability, 0 to 1, that it changes who is first.
    turning:  (c,) the level of the cell at which it changes, strictly within its range; NaN where none does.
    favours:  (c,) index of who would be first beyond the turning point: the candidate itself, for the
              present first the runner-up, who gains by a bad surprise. -1 with one candidate only.
    leader:   index of who is first on what is expected.
    together_gain, together_chance: (m,) the same for all uncertain cells of a candidate found out at once.
    """

    candidate: Ints
    criterion: Ints
    gain: Floats
    chance: Floats
    turning: Floats
    favours: Ints
    leader: int
    together_gain: Floats
    together_chance: Floats


def next_best_facts(low: ArrayLike, high: ArrayLike, weights: ArrayLike) -> NextFacts:
    """Return the uncertain cells by the expected value of finding each one out (EVPPI), best first.

    low, high: (m, n) floats in [0, 1], low ≤ high: the range of each utility, equal where it is known; NaN in
               either = not known, 0 to 1. Within its range all is taken as equally likely, independently.
    weights:   (n,) floats ≥ 0, not all 0, or (s, n) samples of such weights, each in any scale.

    Exact, nothing is simulated: finding out one cell moves the expected value of one candidate only, by a
    linear function, while the best of the others stays where it is; the expectation of the greater of the
    two is then (reach - |lead|)² / (4 reach) above the present best, with `reach` half the range times the
    weight and `lead` the distance to the best of the others, and nothing where the lead is out of reach. Here
    what is not known counts as the middle of its range; the weighted sum leaves it out, so that another may
    be first there.
    With samples of weights the gain is that at their mean (values are linear in the weights, and these are
    not what is found out); the chance is the mean over the samples, so it says how often the first changes
    whatever weights are right. Several cells of one candidate together: their sum, by a Fourier series,
    exact to a millionth (the chance to a thousandth), at the mean weights.

    Where no single fact can change anything all gains are 0; cells then stand by how near they come. A cell
    without weight, a certain cell and a candidate alone gain 0. Cost: O(m n) for one weight vector, O(s m n)
    for samples, O(256 m n) for cells together.

    Raises MethodError "decision.shape", "decision.nothing", "decision.not_utilities",
    "decision.range_reversed" (names candidate and criterion, counted from 1) or
    "decision.weights_not_positive".

    Source: Felli & Hazen (1998), Medical Decision Making 18, 95–109, for the expected value of partial
    perfect information; the closed forms follow from a uniform range.

    >>> found = next_best_facts([[0.6, 0.6], [0.5, 0.0]], [[0.6, 0.6], [0.5, 1.0]], [0.5, 0.5])
    >>> found.candidate.tolist(), found.criterion.tolist(), found.turning.round(3).tolist()
    ([1], [1], [0.7])
    >>> found.gain.round(4).tolist(), found.chance.round(3).tolist()
    ([0.0225], [0.3])
    """
    least, most = _ranges(low, high)
    samples = _samples(weights, least.shape[1])
    mean = samples.mean(axis=0)
    middle, half = (least + most) / 2, (most - least) / 2
    values = middle @ mean
    leader, lead, runner_up = _leads(values)
    reach = half * mean
    rows, columns = np.nonzero(half > 0)
    gain = _gain(reach, lead[:, None])[rows, columns]
    chance = _chance(middle, half, samples)[rows, columns]
    short = (np.abs(lead)[:, None] - reach)[rows, columns]
    order = np.lexsort((columns, rows, short.round(12), -chance.round(12), -gain.round(15)))
    rows, columns = rows[order], columns[order]
    together = gain_of_sums(reach, lead)
    return NextFacts(
        candidate=rows,
        criterion=columns,
        gain=gain[order],
        chance=chance[order],
        turning=_turning(middle, half, mean, lead)[rows, columns],
        favours=np.where(rows == leader, runner_up, rows) if len(values) > 1 else np.full(rows.size, -1),
        leader=leader,
        together_gain=together[0],
        together_chance=together[1],
    )


def _ranges(low: ArrayLike, high: ArrayLike) -> tuple[Floats, Floats]:
    try:
        least, most = np.array(low, dtype=np.float64), np.array(high, dtype=np.float64)
    except (TypeError, ValueError) as problem:
        raise MethodError("decision.shape") from problem
    if least.ndim != 2 or least.shape != most.shape:
        raise MethodError("decision.shape")
    if not least.size:
        raise MethodError("decision.nothing")
    is_open = np.isnan(least) | np.isnan(most)
    least[is_open], most[is_open] = 0.0, 1.0
    if (least < 0).any() or (most > 1).any():
        raise MethodError("decision.not_utilities")
    reversed_ = np.argwhere(least > most)
    if len(reversed_):
        candidate, criterion = (int(place) + 1 for place in reversed_[0])
        raise MethodError("decision.range_reversed", candidate=candidate, criterion=criterion)
    return least, most


def _samples(weights: ArrayLike, n: int) -> Floats:
    """Return weights as (s, n) floats, each row summing to 1."""
    given = np.asarray(weights, dtype=np.float64)
    if given.ndim == 1:
        return normalised_weights(given, n)[None, :]
    if given.ndim != 2 or given.shape[1] != n or not len(given):
        raise MethodError("decision.shape")
    if not (np.isfinite(given).all() and (given >= 0).all() and (given.max(axis=1) > 0).all()):
        raise MethodError("decision.weights_not_positive")
    scaled = given / given.max(axis=1, keepdims=True)
    shares: Floats = scaled / scaled.sum(axis=1, keepdims=True)
    return shares


def _leads(values: Floats) -> tuple[int, Floats, int]:
    """Return who is first, each one's lead over the best of the others (inf when alone), and the second."""
    leader = first_of(values)
    if values.size == 1:
        return leader, np.array([np.inf]), -1
    others = np.where(np.arange(values.size) == leader, -np.inf, values)
    second = int(others.argmax())
    best_other = np.where(np.arange(values.size) == leader, values[second], values[leader])
    return leader, values - best_other, second


def _gain(reach: Floats, lead: Floats) -> Floats:
    """Return E max(lead + x, 0) - max(lead, 0) for x uniform between -reach and reach."""
    room = np.maximum(reach - np.abs(lead), 0.0)
    gain: Floats = np.divide(room**2, 4 * reach, out=np.zeros_like(room), where=room > 0)
    return gain


def _chance(middle: Floats, half: Floats, samples: Floats) -> Floats:
    """Return the probability that each cell changes who is first: (m, n), mean over the weights."""
    total = np.zeros_like(middle)
    step = max(BLOCK_CELLS // middle.size, 1)
    for start in range(0, len(samples), step):
        block = samples[start : start + step]
        lead = _sample_leads(block @ middle.T)
        reach = half * block[:, None, :]
        room = np.maximum(reach - np.abs(lead)[:, :, None], 0.0)
        total += np.divide(room, 2 * reach, out=np.zeros_like(room), where=room > 0).sum(axis=0)
    return total / len(samples)


def _sample_leads(values: Floats) -> Floats:
    """Return how far each of m candidates is ahead of the best of the others, for s samples: (s, m)."""
    if values.shape[1] == 1:
        return np.full_like(values, np.inf)
    first = values.argmax(axis=1)[:, None]
    second, best = np.partition(values, -2, axis=1)[:, -2:].T
    is_first = np.arange(values.shape[1]) == first
    lead: Floats = values - np.where(is_first, second[:, None], best[:, None])
    return lead


def _turning(middle: Floats, half: Floats, weights: Floats, lead: Floats) -> Floats:
    """Return the level of each cell at which its candidate is level with the best other; NaN outside."""
    move = np.divide(-lead[:, None], weights, out=np.full_like(middle, np.nan), where=weights > 0)
    is_within = np.abs(move) < half - TOLERANCE
    turning: Floats = np.where(is_within, middle + np.where(is_within, move, 0.0), np.nan)
    return turning
