"""PROMETHEE: the published example with all six functions, the XMCDA cases, and the sums pair by pair."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kontor.methods.decision.preferences import Preference, Shape
from kontor.methods.decision.promethee import flows_from_preferences, promethee
from kontor.methods.errors import MethodError
from tests.methods.decision.problems import changed, dominates, problem, problems

SHAPES = pytest.mark.parametrize("shape", list(Shape))
NAN, INF = float("nan"), float("inf")

# Brans & Vincke (1985), Management Science 31: six sites for a hydroelectric power station, equal weights.
# Manpower, power, construction cost, maintenance cost, villages to evacuate, security.
SITES = [
    [80, 90, 6, 5.4, 8, 5],
    [65, 58, 2, 9.7, 1, 1],
    [83, 60, 4, 7.2, 4, 7],
    [40, 80, 10, 7.5, 7, 10],
    [52, 72, 6, 2.0, 3, 8],
    [94, 96, 7, 3.6, 5, 6],
]
MORE_IS_BETTER = [False, True, False, False, False, True]
FUNCTIONS = (
    Preference(Shape.U_SHAPE, q=10),
    Preference(Shape.V_SHAPE, p=30),
    Preference(Shape.LINEAR, q=0.5, p=5),
    Preference(Shape.LEVEL, q=1, p=6),
    Preference(Shape.USUAL),
    Preference(Shape.GAUSSIAN, s=5),
)
# As printed, with the rounding of the time: each within 0.0015 of the exact value.
PUBLISHED = [
    [0, 0.296, 0.250, 0.268, 0.100, 0.185],
    [0.462, 0, 0.389, 0.333, 0.296, 0.500],
    [0.236, 0.180, 0, 0.333, 0.056, 0.429],
    [0.399, 0.505, 0.305, 0, 0.223, 0.212],
    [0.444, 0.515, 0.487, 0.380, 0, 0.448],
    [0.286, 0.399, 0.250, 0.432, 0.133, 0],
]


def preference(lead: np.ndarray, function: Preference) -> np.ndarray:
    """Return the preference of each lead, as the definition says it."""
    q, p, s = function.q, function.p, function.s
    if function.shape == Shape.USUAL:
        return (lead > 0) * 1.0
    if function.shape == Shape.U_SHAPE:
        return (lead > q) * 1.0
    if function.shape == Shape.LEVEL:
        return (lead > q) * 0.5 + (lead > p) * 0.5
    if function.shape == Shape.GAUSSIAN:
        return np.where(lead > 0, 1 - np.exp(-(lead**2) / (2 * s * s)), 0)
    start = q if function.shape == Shape.LINEAR else 0.0
    return np.clip((lead - start) / (p - start), 0, 1) if p > start else (lead > start) * 1.0


def pair_by_pair(given_problem, functions) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return positive, negative and net flows from all pairs; what is not known is compared with none."""
    better = np.where(given_problem.benefit, given_problem.scores, -given_problem.scores)
    m = len(better)
    pairs = sum(
        weight * np.nan_to_num(preference(column[:, None] - column[None, :], function))
        for weight, column, function in zip(given_problem.weights, better.T, functions, strict=True)
    )
    positive, negative = pairs.sum(axis=1) / max(m - 1, 1), pairs.sum(axis=0) / max(m - 1, 1)
    return positive, negative, positive - negative


def assert_as_pair_by_pair(given_problem, functions):
    flows = promethee(given_problem, functions)

    for found, wanted in zip(
        (flows.positive, flows.negative, flows.net), pair_by_pair(given_problem, functions), strict=True
    ):
        np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-12)
    np.testing.assert_allclose(flows.uni @ given_problem.weights, flows.net, rtol=0, atol=1e-12)


def test_the_sites_of_brans_and_vincke_flow_as_published():
    flows = promethee(problem(SITES, benefit=MORE_IS_BETTER), FUNCTIONS)
    published = flows_from_preferences(np.array(PUBLISHED))

    np.testing.assert_allclose(flows.positive, published.positive, atol=0.0015)
    np.testing.assert_allclose(flows.negative, published.negative, atol=0.0015)
    np.testing.assert_allclose(flows.net, published.net, atol=0.0015)
    assert np.argsort(-flows.net).tolist() == [4, 1, 3, 5, 2, 0]


@SHAPES
@pytest.mark.parametrize("kind", ["even", "ties", "crowded", "far apart"])
@pytest.mark.parametrize("m", [2, 40, 700])
def test_sums_equal_those_pair_by_pair(shape, kind, m):
    rng = np.random.default_rng(m)
    scores = {
        "even": lambda: rng.random((m, 4)),
        "ties": lambda: rng.integers(0, 5, (m, 4)) / 4,
        "crowded": lambda: rng.normal(size=(m, 4)) ** 7 + 3,
        "far apart": lambda: rng.random((m, 4)) + 50 * rng.integers(0, 40, (m, 4)),
    }[kind]()
    functions = [
        Preference(shape, q=q, p=p, s=s)
        for q, p, s in ((0.1, 0.6, 0.2), (0, 0.25, 2.0), (0.25, 0.25, 0.01), (0.5, 40, 30.0))
    ]

    assert_as_pair_by_pair(problem(scores, [1, 2, 3, 4], [True, False, True, False]), functions)


@SHAPES
def test_columns_too_long_for_one_round_of_sorting_are_as_exact(shape):
    rng = np.random.default_rng(8)
    scores = np.c_[rng.random(5_000), rng.normal(size=5_000) ** 5, rng.integers(0, 9, 5_000)]

    assert_as_pair_by_pair(problem(scores), [Preference(shape, q=0.05, p=0.4, s=0.3)] * 3)


@given(problems(unknown=True), st.data())
def test_sums_equal_those_pair_by_pair_with_gaps(given_problem, data):
    functions = []
    for _ in given_problem.weights:
        q = data.draw(st.integers(0, 5))
        p, s = q + data.draw(st.integers(0, 9)), data.draw(st.sampled_from([0.1, 1.0, 30.0]))
        functions.append(Preference(data.draw(st.sampled_from(list(Shape))), q, p, s))

    assert_as_pair_by_pair(given_problem, functions)


def test_differences_are_those_of_rounded_numbers():
    """0.3 - 0.1 is less than 0.2 in floats; a comparison of 0.1 with 0.3 - 0.2 would say otherwise."""
    scores = np.arange(1, 400)[:, None] * 0.1

    assert_as_pair_by_pair(problem(scores), [Preference(Shape.U_SHAPE, q=0.2)])


@SHAPES
@pytest.mark.parametrize("offset", [0.0, 1e9])
def test_a_crowd_beside_an_outlier_keeps_its_digits(shape, offset):
    crowd = np.random.default_rng(1).integers(0, 64, 300) / 64
    scores = np.r_[crowd + offset, offset + 1e7][:, None]

    assert_as_pair_by_pair(problem(scores), [Preference(shape, q=0.125, p=0.5, s=0.25)])


@SHAPES
@given(data=st.data())
def test_equal_candidates_flow_equally(shape, data):
    given_problem = data.draw(problems(most=30, criteria=3))
    flows = promethee(given_problem, Preference(shape, q=0.3, p=2.7, s=1.1))

    same = (given_problem.scores[:, None] == given_problem.scores[None, :]).all(axis=2)
    for flow in (flows.positive, flows.negative, flows.net):
        assert (flow[:, None] == flow[None, :])[same].all()


@SHAPES
def test_where_all_are_equal_nothing_flows(shape):
    flows = promethee(problem(np.full((30, 4), 0.1)), Preference(shape, s=1))

    np.testing.assert_allclose([flows.positive, flows.negative, flows.net], 0, atol=1e-15)


@SHAPES
@given(data=st.data())
def test_who_is_nowhere_worse_never_comes_behind(shape, data):
    given_problem = data.draw(problems())
    net = promethee(given_problem, Preference(shape, q=1, p=5, s=3)).net

    assert (net[:, None] >= net[None, :] - 1e-12)[dominates(given_problem)].all()


@given(problems(unknown=True), st.data())
def test_another_order_of_candidates_changes_their_order_only(given_problem, data):
    order = data.draw(st.permutations(range(len(given_problem.scores))))
    function = Preference(Shape.LINEAR, q=1, p=5)

    moved = promethee(changed(given_problem, scores=given_problem.scores[order]), function)

    np.testing.assert_allclose(moved.net, promethee(given_problem, function).net[order], atol=1e-12)


@SHAPES
def test_other_units_change_nothing_where_thresholds_change_with_them(shape):
    scores = np.random.default_rng(2).random((50, 3))
    plain = promethee(problem(scores), Preference(shape, q=0.1, p=0.5, s=0.2))
    scaled = promethee(problem(scores * 1024), Preference(shape, q=102.4, p=512, s=204.8))

    np.testing.assert_allclose(scaled.net, plain.net, atol=1e-12)


@given(problems())
def test_a_constant_criterion_changes_nothing(given_problem):
    n = len(given_problem.weights)
    widened = changed(
        given_problem,
        scores=np.c_[given_problem.scores, np.full(len(given_problem.scores), 3.0)],
        weights=np.r_[given_problem.weights, 1.0],
        benefit=np.r_[given_problem.benefit, True],
        low=None,
        high=None,
    )
    function = Preference(Shape.V_SHAPE, p=4)

    # The constant takes half of the weight and gives nothing: all flows are halved, none changes place.
    np.testing.assert_allclose(
        promethee(widened, function).net * 2, promethee(given_problem, function).net, atol=1e-12
    )
    assert promethee(widened, function).uni.shape == (len(given_problem.scores), n + 1)


def test_one_candidate_alone_has_no_flow():
    flows = promethee(problem([[3, 4]]), Preference())

    assert (flows.positive.tolist(), flows.negative.tolist(), flows.net.tolist()) == ([0], [0], [0])


def test_of_whom_nothing_is_known_nothing_is_preferred():
    flows = promethee(problem([[None], [1], [2], [None]]), Preference())

    np.testing.assert_allclose(flows.net, [0, -1 / 3, 1 / 3, 0])


def test_two_threads_give_the_same_bits_as_one():
    scores = np.random.default_rng(4).random((60_000, 5))
    large = problem(scores)

    first, second = (promethee(large, Preference(Shape.LINEAR, 0.1, 0.4)) for _ in range(2))

    assert (first.net == second.net).all()


@pytest.mark.parametrize(
    "thresholds",
    [
        {"shape": Shape.U_SHAPE, "q": -1},
        {"shape": Shape.U_SHAPE, "q": NAN},
        {"shape": Shape.V_SHAPE, "p": -1},
        {"shape": Shape.V_SHAPE, "p": INF},
        {"shape": Shape.LINEAR, "q": 2, "p": 1},
        {"shape": Shape.LEVEL, "q": 2, "p": 1},
        {"shape": Shape.GAUSSIAN},
        {"shape": Shape.GAUSSIAN, "s": NAN},
    ],
)
def test_thresholds_that_make_no_function_are_refused(thresholds):
    with pytest.raises(MethodError) as refused:
        Preference(**thresholds)

    assert refused.value.code == "decision.preference_threshold"


def test_what_a_shape_does_not_use_is_not_looked_at():
    assert Preference(Shape.USUAL, q=-1, p=NAN, s=-3).shape == Shape.USUAL


def test_functions_must_be_one_for_each_criterion():
    with pytest.raises(MethodError) as refused:
        promethee(problem([[1, 2]]), [Preference()])

    assert refused.value.code == "decision.shape"


@given(hnp.arrays(np.float64, st.integers(1, 8).map(lambda m: (m, m)), elements=st.floats(0, 1)))
def test_what_flows_out_flows_in(preferences):
    balance = flows_from_preferences(preferences)

    np.testing.assert_allclose(
        [balance.net.sum(), balance.positive.sum() - balance.negative.sum()], 0, atol=1e-9
    )


def test_the_preference_to_oneself_does_not_count():
    assert flows_from_preferences(np.array([[9.0, 1], [0, 9]])).net.tolist() == [1, -1]


@pytest.mark.parametrize(
    ("preferences", "code"),
    [
        (np.ones((2, 3)), "decision.shape"),
        (np.ones((0, 0)), "decision.shape"),
        (np.array([[0, -0.1], [0, 0]]), "decision.preference_negative"),
        (np.array([[0, NAN], [0, 0]]), "decision.preference_negative"),
    ],
)
def test_preferences_that_make_no_sense_are_refused(preferences, code):
    with pytest.raises(MethodError) as refused:
        flows_from_preferences(preferences)

    assert refused.value.code == code
