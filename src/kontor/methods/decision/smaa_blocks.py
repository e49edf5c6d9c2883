"""The work of SMAA-2, one block of samples at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

from kontor.methods.decision.problem import Floats
from kontor.methods.decision.products import product
from kontor.methods.decision.rank_counts import TIE, Ints, Standings, listed, standings
from kontor.methods.decision.score_space import ScoreSpace
from kontor.methods.decision.weight_space import WeightSpace

Singles = NDArray[np.float32]
# Numbers held at once in each thread.
CELLS_AT_ONCE, DRAWS_AT_ONCE = 1 << 18, 1 << 21
# From this many candidates for each rank on, most are ruled out in single precision first.
MANY_FOR_EACH_RANK, SIEVE_SAMPLES, SIEVE_ROWS, SIEVE_CELLS = 20, 256, 1 << 13, 1 << 24
# Candidates that lead on average set the bar for all others: so many for each rank. Single precision is
# wrong by less than the slack.
LEADERS_FOR_EACH_RANK, SLACK = 20, 1e-5
THREADS = 2


@dataclass(frozen=True, eq=False)
class Found:
    """What one block of k samples tells.

    weights:   (k, n) floats, those drawn.
    standings: who has which of the ranks that are counted.
    wins:      (p, p) integers: twice the samples in which the row is better, ties once.
    """

    weights: Floats
    standings: Standings
    wins: Ints


@dataclass(frozen=True, eq=False)
class Blocks:
    """Samples of weights and scores, cut into blocks that depend on the numbers only, not on the machine.

    compared: (p,) indices of the candidates to compare in pairs.
    """

    scores: ScoreSpace
    weights: WeightSpace
    samples: int
    seed: int
    top: int
    compared: Ints

    def found(self) -> Iterator[Found]:
        """Yield what each block tells, in their order; a few blocks are worked on ahead."""
        step = self._step
        firsts = range(0, self.samples, step)
        if len(firsts) == 1:
            yield self._work(0)
            return
        with ThreadPoolExecutor(THREADS) as pool:
            ahead: deque[Future[Found]] = deque()
            try:
                for first in firsts:
                    ahead.append(pool.submit(self._work, first))
                    if len(ahead) > THREADS:
                        yield ahead.popleft().result()
                while ahead:
                    yield ahead.popleft().result()
            finally:
                for waiting in ahead:
                    waiting.cancel()

    @cached_property
    def _is_sieved(self) -> bool:
        return self.scores.draws == 0 and self.scores.shape[0] >= MANY_FOR_EACH_RANK * self.top

    @cached_property
    def _step(self) -> int:
        m = self.scores.shape[0]
        if self._is_sieved:
            return max(min(SIEVE_SAMPLES, SIEVE_CELLS // m), 1)
        return max(min(CELLS_AT_ONCE // m, DRAWS_AT_ONCE // max(self.scores.draws, 1)), 1)

    def _work(self, first: int) -> Found:
        generator = default_rng([self.seed, first])
        weights = self.weights.draw(generator, first, min(self._step, self.samples - first))
        if self._is_sieved:
            rivals = product(self.scores.middle[self.compared], weights.T).T
            return Found(weights, self._sieved(weights), _wins(rivals, self.scores.ends))
        totals = self.scores.totals(generator, weights)
        ranked = standings(totals, self.scores.ends, self.top)
        return Found(weights, ranked, _wins(totals[:, self.compared], self.scores.ends))

    @cached_property
    def _single(self) -> Singles:
        return self.scores.middle.astype(np.float32)

    @cached_property
    def _leaders(self) -> Ints:
        return leading(self.scores, self.weights, self.seed, LEADERS_FOR_EACH_RANK * self.top)

    def _sieved(self, weights: Floats) -> Standings:
        """Return the standings; only those who may reach the last rank counted are looked at closely."""
        leaders = product(self.scores.middle[self._leaders], weights.T)
        place = len(leaders) - self.top
        width = self.scores.ends[1] - self.scores.ends[0]
        bar = np.partition(leaders, place, axis=0)[place] - SLACK * width
        columns = np.ascontiguousarray(weights.T.astype(np.float32))
        k, m = len(weights), self.scores.shape[0]
        hits = []
        for start in range(0, m, SIEVE_ROWS):
            totals: Singles = product(self._single[start : start + SIEVE_ROWS], columns)
            hits.append(np.flatnonzero(totals > bar.astype(np.float32)) + start * k)
        hit = np.concatenate(hits)
        candidate, sample = np.divmod(hit, k)
        order = np.argsort(sample.astype(np.uint16), kind="stable")
        candidate, sample = candidate[order], sample[order]
        return listed(sample, candidate, self._exact(weights, sample, candidate), self.scores.ends, self.top)

    def _exact(self, weights: Floats, sample: Ints, candidate: Ints) -> Floats:
        values = np.empty(sample.size)
        middle = self.scores.middle
        step = max(CELLS_AT_ONCE // middle.shape[1], 1)
        for start in range(0, sample.size, step):
            part = slice(start, start + step)
            values[part] = np.einsum("en,en->e", middle[candidate[part]], weights[sample[part]])
        return values


def leading(scores: ScoreSpace, weights: WeightSpace, seed: int, count: int) -> Ints:
    """Return the indices of the `count` candidates with the greatest expected values, ascending."""
    mean = weights.draw(default_rng([seed, 1 << 62]), 0, 1000).mean(axis=0)
    expected = scores.middle @ mean
    # Ordered by index among equals, however the last digits were rounded.
    return np.sort(np.argsort(-expected.round(12), kind="stable")[:count])


def _wins(totals: Floats, ends: tuple[float, float]) -> Ints:
    """Return how often each of p candidates beats each other in (k, p) totals, counted twice, ties once."""
    k, p = totals.shape
    columns = np.ascontiguousarray(totals.T)
    less = columns - TIE * (ends[1] - ends[0])
    better = np.empty((p, p), dtype=np.int64)
    for one in range(p):
        # Bytes summed in short integers: three times as fast as counting what is true.
        better[one] = np.add.reduce((less[one] > columns).view(np.uint8), axis=1, dtype=np.uint32)
    wins: Ints = k + better - better.T
    return wins
