"""How sure it is that a candidate is first under the weights that speak for it."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from kontor.methods.decision.problem import Floats
from kontor.methods.decision.rank_counts import TIE, Ints
from kontor.methods.decision.score_space import ScoreSpace

# Multiplications spent at most, and samples drawn at least, where scores are uncertain.
MOST_WORK, FEWEST_SAMPLES = 4e9, 50
CELLS_AT_ONCE = 1 << 21


def confidence_factors(scores: ScoreSpace, central_weights: Floats, samples: int, seed: int) -> Floats:
    """Return how likely each candidate is first under its central weights: (m,) floats in [0, 1].

    central_weights: (m, n) floats, NaN rows for candidates without, whose factor is NaN. Where all scores are
    known the answer is yes or no, shared among those who tie. Otherwise up to `samples` scores are drawn,
    fewer where candidates are very many (4·10⁹ multiplications, at least 50 samples).
    """
    m, n = scores.shape
    result = np.full(m, np.nan)
    chosen = np.flatnonzero(~np.isnan(central_weights[:, 0]))
    drawn = 1
    if scores.draws:
        drawn = int(np.clip(MOST_WORK / (m * n * max(chosen.size, 1)), min(FEWEST_SAMPLES, samples), samples))
    tie = TIE * (scores.ends[1] - scores.ends[0])
    at_once = max(CELLS_AT_ONCE // (m * n), 1)
    columns = max(CELLS_AT_ONCE // (m * min(at_once, drawn)), 1)
    counts = np.zeros(chosen.size)
    for number, first in enumerate(range(0, drawn, at_once)):
        count = min(at_once, drawn - first)
        values = _values(scores, seed, number, count)
        for start in range(0, chosen.size, columns):
            part = slice(start, start + columns)
            totals = (values.reshape(-1, n) @ central_weights[chosen[part]].T).reshape(count, m, -1)
            counts[part] += _first_shares(totals, chosen[part], tie)
    result[chosen] = counts / drawn
    return result


def _values(scores: ScoreSpace, seed: int, number: int, count: int) -> Floats:
    if not scores.draws:
        return scores.middle[None]
    return scores.fresh(default_rng([seed, number, 1]), count)


def _first_shares(totals: Floats, own: Ints, tie: float) -> Floats:
    """Return for each column of (k, m, c) totals how often its own candidate is first, ties shared."""
    best = totals.max(axis=1)
    is_first = totals[:, own, np.arange(own.size)] >= best - tie
    sharing = (totals >= best[:, None] - tie).sum(axis=1)
    shares: Floats = (is_first / sharing).sum(axis=0)
    return shares
