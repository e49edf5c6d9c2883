"""SMAA-2: which ranks are how likely when weights and scores are uncertain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kontor.methods.decision.confidence import confidence_factors
from kontor.methods.decision.problem import Floats
from kontor.methods.decision.rank_counts import Ints, Standings
from kontor.methods.decision.score_space import ScoreSpace
from kontor.methods.decision.smaa_blocks import Blocks, Found, leading
from kontor.methods.decision.weight_space import WeightSpace
from kontor.methods.errors import MethodError

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Sampling:
    """How much is drawn and counted.

    samples:  how many times weights and scores are drawn, ≥ 1. A share p is known to ±√(p(1-p)/samples).
    seed:     the same seed gives the same result, on any number of processors.
    top:      how many ranks are counted, None for all. With very many candidates a few are enough.
    compared: how many candidates are compared in pairs: those that lead on average.

    Raises MethodError "decision.sampling".
    """

    samples: int = 10_000
    seed: int = 1
    top: int | None = None
    compared: int = 100

    def __post_init__(self) -> None:
        is_sound = self.samples >= 1 and self.seed >= 0 and self.compared >= 0
        if not is_sound or (self.top is not None and self.top < 1):
            raise MethodError("decision.sampling")


@dataclass(frozen=True, eq=False)
class Acceptability:
    """What SMAA-2 tells of m candidates.

    ranks:           (m, r) floats, the share of samples in which the candidate has rank 1, 2, …; candidates
                     that tie share their ranks. Rows sum to 1 where all ranks are counted.
    central_weights: (m, n) floats, the mean of the weights under which the candidate is first; each row sums
                     to 1. NaN where it never is.
    confidence:      (m,) floats in [0, 1], how likely the candidate is first under its central weights, given
                     how uncertain the scores are. NaN where it never is first.
    expected_rank:   (m,) floats, the mean rank, from 1; NaN where not all ranks of the candidate are counted.
    compared:        (p,) indices of the candidates compared in pairs, ascending; all where they are few.
    pairwise:        (p, p) floats, the share of samples in which the candidate of the row is better than that
                     of the column, ties halved; the diagonal is 0.5.
    samples:         how many were drawn.
    """

    ranks: Floats
    central_weights: Floats
    confidence: Floats
    expected_rank: Floats
    compared: Ints
    pairwise: Floats
    samples: int


def smaa2(
    scores: ScoreSpace,
    weights: WeightSpace,
    sampling: Sampling = Sampling(),
    on_progress: Progress | None = None,
) -> Acceptability:
    """Return how acceptable each candidate is over all weights and scores that are possible.

    Weights are drawn from their space and scores from theirs, independently; the value of a candidate is the
    weighted sum. Values that differ by less than 1e-12 tie. Of equal candidates all have the same shares.
    What tells nothing gives even shares: with nothing known of anybody all ranks are about equally likely.
    `on_progress(done, total)` is called with numbers of samples, in the calling thread.

    Cost: O(samples · m · (n + log m)) time; memory for some blocks of samples and the (m, top) result. The
    confidence factors take up to as long again where scores are uncertain.

    Raises MethodError "decision.shape" where weights and scores differ in their criteria.

    Source: Lahdelma & Salminen (2001), SMAA-2: Stochastic multicriteria acceptability analysis for group
    decision making, Operations Research 49; pairwise winning shares: Leskinen et al. (2006).

    >>> from kontor.methods.decision.score_space import UncertainScores
    >>> from kontor.methods.decision.weight_space import FreeWeights
    >>> known = np.array([[1.0, 0.0], [0.0, 1.0]])
    >>> smaa2(UncertainScores(known, known), FreeWeights(2)).ranks.round(1).tolist()
    [[0.5, 0.5], [0.5, 0.5]]
    """
    m, n = scores.shape
    if weights.n != n:
        raise MethodError("decision.shape")
    top = min(sampling.top or m, m)
    compared = leading(scores, weights, sampling.seed, sampling.compared)
    sums = _Sums.zero(m, n, top, compared.size)
    for found in Blocks(scores, weights, sampling.samples, sampling.seed, top, compared).found():
        sums.add(found)
        if on_progress:
            on_progress(sums.done, sampling.samples)
    central = np.full((m, n), np.nan)
    np.divide(sums.central, sums.firsts[:, None], out=central, where=sums.firsts[:, None] > 0)
    ranks = sums.shares()
    is_whole = np.abs(ranks.sum(axis=1) - 1) < 1e-9
    return Acceptability(
        ranks=ranks,
        central_weights=central,
        confidence=confidence_factors(scores, central, sampling.samples, sampling.seed),
        expected_rank=np.where(is_whole, ranks @ np.arange(1.0, top + 1), np.nan),
        compared=compared,
        pairwise=sums.wins / (2 * sampling.samples),
        samples=sampling.samples,
    )


@dataclass
class _Sums:
    """What has been counted so far.

    alone:   (m, top) integers, samples in which a candidate has a rank for itself.
    shared:  (m, top + 1) floats, where ranks are shared: by how much the share rises from rank to rank.
    central: (m, n) floats, the sums of the weights under which a candidate was first.
    firsts:  (m,) floats, samples in which it was.
    """

    alone: Ints
    shared: Floats
    central: Floats
    firsts: Floats
    wins: Ints
    done: int = 0

    @classmethod
    def zero(cls, m: int, n: int, top: int, compared: int) -> _Sums:
        return cls(
            alone=np.zeros((m, top), dtype=np.int64),
            shared=np.zeros((m, top + 1)),
            central=np.zeros((m, n)),
            firsts=np.zeros(m),
            wins=np.zeros((compared, compared), dtype=np.int64),
        )

    def add(self, found: Found) -> None:
        """Count one block; blocks come in their order, so that sums of floats are always the same."""
        standing = found.standings
        self._add_ranks(standing)
        first = np.flatnonzero(standing.rank == 0)
        candidate, share = standing.candidate[first], 1.0 / standing.sharing[first]
        np.add.at(self.firsts, candidate, share)
        np.add.at(self.central, candidate, found.weights[standing.sample[first]] * share[:, None])
        self.wins += found.wins
        self.done += len(found.weights)

    def _add_ranks(self, standing: Standings) -> None:
        top = self.alone.shape[1]
        is_alone = standing.sharing == 1
        everyone = bool(is_alone.all())
        chosen = slice(None) if everyone else is_alone
        np.add.at(self.alone.reshape(-1), standing.candidate[chosen] * top + standing.rank[chosen], 1)
        if everyone:
            return
        candidate, rank, sharing = (
            each[~is_alone] for each in (standing.candidate, standing.rank, standing.sharing)
        )
        flat, width = self.shared.reshape(-1), top + 1
        np.add.at(flat, candidate * width + rank, 1.0 / sharing)
        np.subtract.at(flat, candidate * width + np.minimum(rank + sharing, top), 1.0 / sharing)

    def shares(self) -> Floats:
        """Return the share of each rank for each candidate: (m, top) floats."""
        shared = np.maximum(np.cumsum(self.shared[:, :-1], axis=1), 0.0)
        # What rounding leaves of shares that have ended is not a share.
        shared[shared < 1e-9] = 0.0
        shares: Floats = (self.alone + shared) / self.done
        return shares
