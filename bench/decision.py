"""How fast candidates are ranked, beside pymcdm, scikit-criteria and pyDecision on the same input.

    python -m bench.decision

Each figure is the median of some rounds in one run; what others print or warn of is not shown. SMAA-2 is in
none of the three: its neighbour is pymcdm's weighted sum, asked once for each sample of weights, and reckoned
from the first few of them.
"""

from __future__ import annotations

import contextlib
import io
import sys
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from bench.timing import median_ms
from kontor.methods.decision.preferences import Preference, Shape
from kontor.methods.decision.problem import DecisionProblem, Floats
from kontor.methods.decision.promethee import promethee
from kontor.methods.decision.score_space import UncertainScores
from kontor.methods.decision.smaa import Sampling, smaa2
from kontor.methods.decision.topsis import topsis
from kontor.methods.decision.weight_space import FreeWeights
from kontor.methods.decision.weighted_sum import weighted_sum

CRITERIA = 60
ASKED_TIMES, ASKED_MS = 400, 1_000
SMAA_ASKED_MS = {1_500: 1_000, 100_000: 60_000}
Q, P, S = 0.1, 0.5, 0.2
# pyDecision goes through pairs one by one: a tenth of the candidates has to do.
PAIRS_BY_HAND, FEW_ENOUGH = 100, 1_000
PYMCDM_NAMES = {
    Shape.USUAL: "usual",
    Shape.U_SHAPE: "ushape",
    Shape.V_SHAPE: "vshape",
    Shape.LEVEL: "level",
    Shape.LINEAR: "vshape_2",
    Shape.GAUSSIAN: "gaussian",
}


def main() -> None:
    """Measure all methods and print them."""
    warnings.simplefilter("ignore")
    sys.stdout.write(f"Decisions on {CRITERIA} criteria\n")
    _plain(100_000)
    for shape in Shape:
        _promethee(1_000, shape)
    _promethee(3_000, Shape.LINEAR)
    for shape in Shape:
        _alone(100_000, shape)
    _smaa(1_500, None)
    _smaa(100_000, 100)


def _problem(m: int) -> DecisionProblem:
    chance = np.random.default_rng(m)
    weights = chance.random(CRITERIA)
    return DecisionProblem(chance.random((m, CRITERIA)), weights, np.ones(CRITERIA, dtype=bool))


def _tell(label: str, own_ms: float, asked: str, others: dict[str, float]) -> None:
    beside = "  ".join(f"{name} {ms:,.0f} ms ({ms / own_ms:,.1f}×)" for name, ms in others.items())
    sys.stdout.write(f"{label:<34} {own_ms:>9.1f} ms   asked {asked:<18} {beside}\n")
    sys.stdout.flush()


def _same(label: str, own: Floats, other: Floats) -> None:
    """Refuse to compare speeds where results differ."""
    gap = float(np.abs(own - np.asarray(other, dtype=float).ravel()).max())
    if gap > 1e-9:
        sys.exit(f"{label}: the results differ by {gap}.")


def _plain(m: int) -> None:
    problem = _problem(m)
    for label, own, others in (
        ("TOPSIS", topsis, _topsis_of_others(problem)),
        ("Weighted sum", weighted_sum, _sums_of_others(problem)),
    ):
        result = own(problem)
        for name, work in others.items():
            _same(f"{label}, {name}", result, work())
        own_ms = median_ms(lambda own=own: own(problem), rounds=9)
        times = {name: median_ms(work, rounds=3, warm_up=0) for name, work in others.items()}
        _tell(f"{label}, {m:,}", own_ms, f"≤ {min(times.values()):,.0f} ms", times)


def _topsis_of_others(problem: DecisionProblem) -> dict[str, Callable[[], Floats]]:
    import skcriteria
    from pyDecision.algorithm import topsis_method
    from pymcdm.methods import TOPSIS
    from pymcdm.normalizations import vector_normalization
    from skcriteria.agg.topsis import TOPSIS as SKC_TOPSIS
    from skcriteria.pipelines import mkpipe
    from skcriteria.preprocessing.scalers import VectorScaler

    scores, weights, n = problem.scores, problem.weights, CRITERIA
    first, matrix = TOPSIS(vector_normalization), skcriteria.mkdm(scores, [max] * n, weights=weights)
    second = mkpipe(VectorScaler("matrix"), SKC_TOPSIS())
    return {
        "pymcdm": lambda: first(scores, weights, np.ones(n)),
        "scikit-criteria": lambda: second.evaluate(matrix).e_.similarity,
        "pyDecision": lambda: topsis_method(scores, weights, ["max"] * n, graph=False, verbose=False),
    }


def _sums_of_others(problem: DecisionProblem) -> dict[str, Callable[[], Floats]]:
    import skcriteria
    from pyDecision.algorithm import saw_method
    from pymcdm.methods import WSM
    from pymcdm.normalizations import minmax_normalization
    from skcriteria.agg.simple import WeightedSumModel
    from skcriteria.pipelines import mkpipe
    from skcriteria.preprocessing.scalers import MinMaxScaler

    scores, weights, n = problem.scores, problem.weights, CRITERIA
    first, matrix = WSM(minmax_normalization), skcriteria.mkdm(scores, [max] * n, weights=weights)
    second = mkpipe(MinMaxScaler("matrix"), WeightedSumModel())
    # pyDecision divides by the greatest score only: the scores are brought to 0 … 1 for it beforehand.
    ready = (scores - scores.min(axis=0)) / np.ptp(scores, axis=0)

    def third() -> Floats:
        found: Floats = saw_method(ready, ["max"] * n, weights, graph=False, verbose=False)
        return found[:, 1] if found.ndim == 2 else found

    return {
        "pymcdm": lambda: first(scores, weights, np.ones(n)),
        "scikit-criteria": lambda: second.evaluate(matrix).e_.score,
        "pyDecision": third,
    }


def _promethee(m: int, shape: Shape) -> None:
    problem = _problem(m)
    own = promethee(problem, Preference(shape, Q, P, S)).net
    _same(f"PROMETHEE, {shape}, pymcdm", own, _pymcdm_flows(problem, shape)())
    own_ms = median_ms(lambda: promethee(problem, Preference(shape, Q, P, S)), rounds=25, warm_up=3)
    times = {"pymcdm": median_ms(_pymcdm_flows(problem, shape), rounds=3, warm_up=0)}
    if m <= FEW_ENOUGH:
        by_hand = median_ms(_pydecision_flows(_problem(PAIRS_BY_HAND), shape), rounds=1, warm_up=0)
        times_more = (m // PAIRS_BY_HAND) ** 2
        times[f"pyDecision at {PAIRS_BY_HAND}, × {times_more}"] = by_hand * times_more
    _tell(f"PROMETHEE II, {m:,}, {shape}", own_ms, f"≥ {ASKED_TIMES}× pymcdm", times)


def _pymcdm_flows(problem: DecisionProblem, shape: Shape) -> Callable[[], Floats]:
    """Return how pymcdm computes the flows; it knows no Gaussian and is taught it here in its own way."""
    from pymcdm.methods import PROMETHEE_II
    from pymcdm.methods.partial import promethee_i

    def gaussian(lead: Floats, q: float, p: float) -> Floats:
        preference: Floats = np.where(lead > 0, 1 - np.exp(-(lead**2) / (2 * S * S)), 0.0)
        return preference

    promethee_i._PreferenceFunctions.gaussian = staticmethod(gaussian)
    n = CRITERIA

    def work() -> Floats:
        # Made anew each time: its preference functions can be walked through once only.
        method = PROMETHEE_II(PYMCDM_NAMES[shape], p=np.full(n, P), q=np.full(n, Q))
        flows: Floats = method(problem.scores, problem.weights, np.ones(n))
        return flows

    return work


def _pydecision_flows(problem: DecisionProblem, shape: Shape) -> Callable[[], Any]:
    from pyDecision.algorithm import promethee_ii

    n, name = CRITERIA, f"t{list(Shape).index(shape) + 1}"
    # It numbers the linear function fifth, the level fourth, as the paper does.
    arguments = ([Q] * n, [S] * n, [P] * n, [name] * n)

    def work() -> Any:
        with contextlib.redirect_stdout(io.StringIO()):
            weights = problem.weights.tolist()
            return promethee_ii(problem.scores, weights, *arguments, sort=False, graph=False, verbose=False)

    return work


def _alone(m: int, shape: Shape) -> None:
    problem = _problem(m)
    own_ms = median_ms(lambda: promethee(problem, Preference(shape, Q, P, S)), rounds=3, warm_up=1)
    _tell(f"PROMETHEE II, {m:,}, {shape}", own_ms, f"≤ {ASKED_MS:,} ms", {})


def _smaa(m: int, top: int | None) -> None:
    from pymcdm.methods import WSM
    from pymcdm.normalizations import minmax_normalization

    problem, sampling = _problem(m), Sampling(samples=10_000, top=top)
    scores = UncertainScores(problem.scores, problem.scores)
    own_ms = median_ms(lambda: smaa2(scores, FreeWeights(CRITERIA), sampling), rounds=3, warm_up=1)
    weights = FreeWeights(CRITERIA).draw(np.random.default_rng(1), 0, 20 if m < 10_000 else 2)
    method = WSM(minmax_normalization)

    def few() -> None:
        for each in weights:
            np.argsort(method(problem.scores, each, np.ones(CRITERIA)))

    name = f"pymcdm, {len(weights)} samples × {sampling.samples // len(weights):,}"
    times = {name: median_ms(few, rounds=3, warm_up=0) * sampling.samples / len(weights)}
    ranks = "all ranks" if top is None else f"top {top}"
    _tell(f"SMAA-2, {m:,}, {ranks}", own_ms, f"≤ {SMAA_ASKED_MS[m]:,} ms", times)


if __name__ == "__main__":
    main()
