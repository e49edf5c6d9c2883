"""Problems for the tests of decisions, small and random."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kontor.methods.decision.problem import DecisionProblem


def problem(scores, weights=None, benefit=None, low=None, high=None) -> DecisionProblem:
    """Return a problem; None among the scores is not known, weights are equal and more is better."""
    array = np.array(scores, dtype=float)
    n = array.shape[1]
    return DecisionProblem(
        array,
        np.ones(n) if weights is None else np.array(weights, dtype=float),
        np.ones(n, bool) if benefit is None else np.array(benefit, dtype=bool),
        low,
        high,
    )


@st.composite
def problems(draw, *, unknown: bool = False, most: int = 7, criteria: int = 5) -> DecisionProblem:
    """Draw whole scores, so that equal scores are common, with positive weights and both directions."""
    m, n = draw(st.integers(1, most)), draw(st.integers(1, criteria))
    score = st.integers(-20, 20).map(float)
    cells = st.one_of(score, st.just(float("nan"))) if unknown else score
    return DecisionProblem(
        draw(hnp.arrays(np.float64, (m, n), elements=cells)),
        draw(hnp.arrays(np.float64, n, elements=st.integers(1, 9).map(float))),
        draw(hnp.arrays(np.bool_, n)),
    )


def changed(problem: DecisionProblem, **fields) -> DecisionProblem:
    """Return the problem with some of its fields replaced."""
    low, high = problem.ends
    kept = {
        "scores": problem.scores,
        "weights": problem.weights,
        "benefit": problem.benefit,
        "low": low,
        "high": high,
    }
    return DecisionProblem(**(kept | fields))


def dominates(problem: DecisionProblem) -> np.ndarray:
    """Return (m, m) bools: whether the candidate of the row is nowhere worse than that of the column."""
    better = np.where(problem.benefit, problem.scores, -problem.scores)
    return (better[:, None, :] >= better[None, :, :]).all(axis=2)
