"""SMAA-2: a published example, cases with exact answers, and what holds for any problem."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kontor.methods.decision.problem import utilities
from kontor.methods.decision.score_space import SampledScores, UncertainScores, scores_between
from kontor.methods.decision.smaa import Sampling, smaa2
from kontor.methods.decision.weight_space import (
    BoundedWeights,
    FreeWeights,
    GivenWeights,
    OrderedWeights,
)
from kontor.methods.errors import MethodError
from tests.methods.decision.problems import dominates, problem, problems

NAN = float("nan")
# Two specialists and an all-rounder: C is first where neither weight exceeds 0.6.
SPECIALISTS = np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.6]])
# Four standard errors of a share at 10,000 samples.
NEAR = 0.02


def certain(values) -> UncertainScores:
    return UncertainScores(np.array(values, dtype=float), np.array(values, dtype=float))


def test_heparin_and_enoxaparin_are_as_acceptable_as_published():
    """The worked example of van Valkenhoef's R package smaa 0.3 (CRAN), 10,000 samples.

    Events in a trial against thrombosis (Lynd & O'Brien 2004, J. Clin. Epidemiol. 57): beta distributions of
    the rates of proximal and distal thrombosis and of bleeding, partial values linear over the ranges given
    in the package's sister project MCDA-elicitation.
    """
    events = {"heparin": [(20, 116), (40, 96), (1, 135)], "enoxaparin": [(8, 121), (32, 97), (5, 124)]}
    ranges = [(0, 0.25), (0.15, 0.4), (0, 0.1)]
    chance = np.random.default_rng(3)
    samples = np.stack(
        [
            np.stack(
                [
                    (worst - chance.beta(*counts, 20_000)) / (worst - best)
                    for counts, (best, worst) in zip(rates, ranges, strict=True)
                ],
                axis=1,
            )
            for rates in events.values()
        ],
        axis=1,
    )

    found = smaa2(SampledScores(samples), FreeWeights(3), Sampling(samples=20_000))

    np.testing.assert_allclose(found.ranks, [[0.3504, 0.6496], [0.6496, 0.3504]], atol=NEAR)
    np.testing.assert_allclose(
        found.central_weights, [[0.187, 0.277, 0.536], [0.407, 0.364, 0.229]], atol=0.015
    )
    np.testing.assert_allclose(found.confidence, [0.6682, 0.8956], atol=NEAR)
    np.testing.assert_allclose(found.pairwise, [[0.5, 0.3504], [0.6496, 0.5]], atol=NEAR)


def test_specialists_and_an_all_rounder_share_the_free_weights_exactly():
    found = smaa2(certain(SPECIALISTS), FreeWeights(2))

    np.testing.assert_allclose(found.ranks[:, 0], [0.4, 0.4, 0.2], atol=NEAR)
    np.testing.assert_allclose(found.ranks[2], [0.2, 0.8, 0.0], atol=NEAR)
    np.testing.assert_allclose(found.central_weights, [[0.8, 0.2], [0.2, 0.8], [0.5, 0.5]], atol=0.01)
    np.testing.assert_allclose(found.expected_rank, [2.1, 2.1, 1.8], atol=0.04)
    np.testing.assert_allclose(found.pairwise, [[0.5, 0.5, 0.4], [0.5, 0.5, 0.4], [0.6, 0.6, 0.5]], atol=NEAR)
    assert found.confidence.tolist() == [1, 1, 1]


def test_the_first_of_three_specialists_has_the_mean_of_the_greatest_share():
    found = smaa2(certain(np.eye(3)), FreeWeights(3))

    wanted = np.full((3, 3), 7 / 36) + np.eye(3) * (11 / 18 - 7 / 36)
    np.testing.assert_allclose(found.ranks, np.full((3, 3), 1 / 3), atol=NEAR)
    np.testing.assert_allclose(found.central_weights, wanted, atol=0.01)


@pytest.mark.parametrize(
    ("weights", "first"),
    [
        (OrderedWeights(np.array([1, 2])), [0.8, 0.0, 0.2]),
        (BoundedWeights(np.array([0.3, 0.5]), np.array([0.5, 0.7])), [0.0, 0.5, 0.5]),
        (GivenWeights(np.array([[3, 1], [1, 1], [1, 3], [1, 9]])), [0.25, 0.5, 0.25]),
    ],
)
def test_what_is_said_of_weights_counts(weights, first):
    found = smaa2(certain(SPECIALISTS), weights)

    np.testing.assert_allclose(found.ranks[:, 0], first, atol=NEAR)


def test_who_is_never_first_has_no_central_weights_and_no_confidence():
    found = smaa2(certain([[1, 1], [0.5, 0.5]]), FreeWeights(2))

    assert np.isnan(found.central_weights).tolist() == [[False, False], [True, True]]
    assert (found.confidence[0], np.isnan(found.confidence[1])) == (1.0, True)


def test_an_unknown_score_lies_anywhere():
    """A has 0.7 for certain, B anything: B is better in three cases of ten."""
    found = smaa2(UncertainScores(np.array([[0.7], [NAN]]), np.array([[0.7], [NAN]])), FreeWeights(1))

    np.testing.assert_allclose(found.ranks, [[0.7, 0.3], [0.3, 0.7]], atol=NEAR)
    np.testing.assert_allclose(found.confidence, [0.7, 0.3], atol=NEAR)
    np.testing.assert_allclose(found.pairwise[0, 1], 0.7, atol=NEAR)


def test_a_range_counts_within_its_bounds():
    """B is between 0.6 and 1: better than A's 0.7 in three quarters."""
    found = smaa2(UncertainScores(np.array([[0.7], [0.6]]), np.array([[0.7], [1.0]])), FreeWeights(1))

    np.testing.assert_allclose(found.ranks[:, 0], [0.25, 0.75], atol=NEAR)


def test_confidence_is_about_scores_under_the_central_weights_alone():
    """Under its central weights A is safe, for B has at most their lesser part; elsewhere B is first."""
    found = smaa2(
        UncertainScores(np.array([[1.0, 0.0], [0.0, NAN]]), np.array([[1.0, 0.0], [0.0, NAN]])),
        FreeWeights(2),
    )

    assert found.confidence[0] == 1.0
    assert 0.3 < found.ranks[1, 0] < 0.32  # 1 - log 2


def test_where_nothing_is_known_all_ranks_are_as_likely():
    unknown = np.full((4, 3), NAN)
    found = smaa2(UncertainScores(unknown, unknown), FreeWeights(3))

    np.testing.assert_allclose(found.ranks, 0.25, atol=NEAR)
    np.testing.assert_allclose(found.confidence, 0.25, atol=NEAR)
    np.testing.assert_allclose(found.pairwise, 0.5, atol=NEAR)


@pytest.mark.parametrize("m", [1, 2, 7, 120])
def test_equal_candidates_share_all_ranks(m):
    found = smaa2(certain(np.full((m, 3), 0.3)), FreeWeights(3), Sampling(samples=300))

    np.testing.assert_allclose(found.ranks, 1 / m, atol=1e-12)
    np.testing.assert_allclose(found.confidence, 1 / m, atol=1e-12)
    np.testing.assert_allclose(found.expected_rank, (m + 1) / 2, atol=1e-9)
    assert (found.pairwise == 0.5).all()


def test_ties_are_shared_by_those_who_tie_alone():
    found = smaa2(certain([[0.9], [0.5], [0.5], [0.1]]), FreeWeights(1), Sampling(samples=10))

    assert found.ranks.tolist() == [[1, 0, 0, 0], [0, 0.5, 0.5, 0], [0, 0.5, 0.5, 0], [0, 0, 0, 1]]
    assert found.expected_rank.tolist() == [1, 2.5, 2.5, 4]


def test_what_ties_but_for_rounding_ties():
    """0.1 · 0.3 + 0.9 · 0.7 and the like differ in the last digit only."""
    weights = np.array([0.1, 0.2, 0.3, 0.4])
    rows = np.array([[4, 0, 0, 0], [0, 2, 0, 0], [0, 0, 4 / 3, 0], [0, 0, 0, 1]]) / 4

    found = smaa2(certain(rows), GivenWeights(weights), Sampling(samples=3))

    np.testing.assert_allclose(found.ranks, 0.25)


@given(problems(most=6, criteria=4), st.integers(0, 5))
@settings(max_examples=30)
def test_rows_and_columns_of_acceptability_sum_to_one(given_problem, seed):
    values = utilities(given_problem)
    m = len(values)
    found = smaa2(UncertainScores(values, values), FreeWeights(values.shape[1]), Sampling(200, seed))

    np.testing.assert_allclose(found.ranks.sum(axis=1), 1, atol=1e-9)
    np.testing.assert_allclose(found.ranks.sum(axis=0), 1, atol=1e-9)
    np.testing.assert_allclose(found.pairwise + found.pairwise.T, 1)
    np.testing.assert_allclose(found.expected_rank.sum(), m * (m + 1) / 2, atol=1e-6)
    # The mean rank is one more than the mean number of those who are better.
    np.testing.assert_allclose(found.expected_rank, 0.5 + (1 - found.pairwise).sum(axis=1), atol=1e-9)


@given(problems(most=6, criteria=4))
@settings(max_examples=30)
def test_who_is_nowhere_worse_never_comes_behind(given_problem):
    values = utilities(given_problem)
    found = smaa2(UncertainScores(values, values), FreeWeights(values.shape[1]), Sampling(200))

    assert (found.pairwise >= 0.5)[dominates(given_problem)].all()
    assert (found.expected_rank[:, None] <= found.expected_rank[None, :] + 1e-9)[
        dominates(given_problem)
    ].all()


@given(st.permutations(range(6)))
@settings(max_examples=10)
def test_another_order_of_candidates_changes_their_order_only(order):
    values = np.random.default_rng(1).random((6, 4))
    plain = smaa2(certain(values), FreeWeights(4), Sampling(500))
    moved = smaa2(certain(values[order]), FreeWeights(4), Sampling(500))

    np.testing.assert_allclose(moved.ranks, plain.ranks[order])
    np.testing.assert_allclose(moved.central_weights, plain.central_weights[order])
    np.testing.assert_allclose(moved.pairwise, plain.pairwise[np.ix_(order, order)])


def test_a_constant_criterion_changes_nothing_for_given_weights():
    values = np.random.default_rng(1).random((6, 4))
    weights = FreeWeights(4).draw(np.random.default_rng(2), 0, 100)
    plain = smaa2(certain(values), GivenWeights(weights), Sampling(100))
    widened = smaa2(
        certain(np.c_[values, np.full(6, 0.5)]),
        GivenWeights(np.c_[weights, np.ones(100)]),
        Sampling(100),
    )

    assert (widened.ranks == plain.ranks).all()
    np.testing.assert_allclose(widened.pairwise, plain.pairwise)


def test_the_same_seed_gives_the_same_bits():
    low = np.random.default_rng(1).random((60, 20)) / 2
    scores = UncertainScores(low, low * 2)

    first, second = (smaa2(scores, FreeWeights(20), Sampling(8_000, seed=4)) for _ in range(2))
    other = smaa2(scores, FreeWeights(20), Sampling(8_000, seed=5))

    for name in ("ranks", "central_weights", "confidence", "pairwise"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))
    assert (first.ranks != other.ranks).any()


@pytest.mark.parametrize("is_known", [True, False])
def test_the_first_ranks_alone_are_the_same_as_among_all(is_known):
    low = np.random.default_rng(1).random((400, 6)).round(1)
    scores = UncertainScores(low, low if is_known else np.minimum(low + 0.1, 1))
    weights = GivenWeights(FreeWeights(6).draw(np.random.default_rng(2), 0, 600).round(1) + 0.1)

    every = smaa2(scores, weights, Sampling(600, compared=5))
    few = smaa2(scores, weights, Sampling(600, top=4, compared=5))

    if is_known:
        np.testing.assert_allclose(few.ranks, every.ranks[:, :4], atol=1e-12)
        np.testing.assert_allclose(few.central_weights, every.central_weights)
    assert few.ranks.shape == (400, 4)
    assert few.compared.tolist() == every.compared.tolist()
    np.testing.assert_allclose(few.ranks.sum(axis=0), 1, atol=1e-9)


def test_the_mean_rank_is_not_told_where_ranks_are_missing():
    few = smaa2(certain([[1, 1], [0.4, 0.5], [0.5, 0.4]]), FreeWeights(2), Sampling(100, top=1))

    assert few.expected_rank[0] == 1
    assert np.isnan(few.expected_rank[1:]).all()


def test_those_who_lead_are_compared_where_candidates_are_many():
    values = np.linspace(0, 1, 300)[:, None]
    found = smaa2(certain(values), FreeWeights(1), Sampling(10, compared=3))

    assert found.compared.tolist() == [297, 298, 299]
    assert found.pairwise.tolist() == [[0.5, 0, 0], [1, 0.5, 0], [1, 1, 0.5]]


def test_progress_is_told_up_to_the_end():
    told = []
    smaa2(
        certain(np.random.default_rng(1).random((900, 3))),
        FreeWeights(3),
        Sampling(1_000),
        lambda *at: told.append(at),
    )

    assert [total for _, total in told] == [1_000] * len(told)
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert (len(told) > 2, told[-1][0]) == (True, 1_000)


def test_scores_in_their_own_units_become_ranges_of_values():
    scores = scores_between(
        [[1, 20], [3, NAN], [5, 10]], [[2, 20], [3, NAN], [5, 30]], np.array([True, False])
    )

    np.testing.assert_allclose(scores.low, [[0, 0.5], [0.5, 0], [1, 0]])
    np.testing.assert_allclose(scores.high, [[0.25, 0.5], [0.5, 1], [1, 1]])


def test_known_scores_become_the_same_values_as_everywhere():
    plain = problem([[1, 20], [3, 15], [5, 10]], benefit=[True, False], low=[0, NAN], high=[10, NAN])
    scores = scores_between(plain.scores, plain.scores, plain.benefit, *plain.ends)

    np.testing.assert_array_equal(scores.low, utilities(plain))


@pytest.mark.parametrize(
    ("make", "code", "params"),
    [
        (lambda: UncertainScores(np.ones(2), np.ones(2)), "decision.shape", {}),
        (lambda: UncertainScores(np.ones((2, 2)), np.ones((2, 3))), "decision.shape", {}),
        (lambda: UncertainScores(np.ones((0, 2)), np.ones((0, 2))), "decision.nothing", {}),
        (lambda: UncertainScores(np.zeros((1, 1)), np.full((1, 1), 1.1)), "decision.not_utilities", {}),
        (
            lambda: UncertainScores(np.array([[0, 0.5]]), np.array([[0, 0.4]])),
            "decision.range_reversed",
            {"candidate": 1, "criterion": 2},
        ),
        (
            lambda: scores_between([[1], [3]], [[1], [2]], np.array([True])),
            "decision.range_reversed",
            {"candidate": 2, "criterion": 1},
        ),
        (lambda: scores_between([[1]], [[1], [2]], np.array([True])), "decision.shape", {}),
        (
            lambda: scores_between([[1, 1], [1, 1]], [[1, 1], [1, 1e200]], np.array([True, True])),
            "decision.infinite",
            {"candidate": 2, "criterion": 2},
        ),
        (lambda: SampledScores(np.ones((2, 2))), "decision.shape", {}),
        (lambda: SampledScores(np.ones((0, 2, 2))), "decision.nothing", {}),
        (
            lambda: SampledScores(np.array([[[0, NAN]]])),
            "decision.infinite",
            {"candidate": 1, "criterion": 2},
        ),
        (lambda: Sampling(samples=0), "decision.sampling", {}),
        (lambda: Sampling(top=0), "decision.sampling", {}),
        (lambda: smaa2(certain([[1.0]]), FreeWeights(2)), "decision.shape", {}),
    ],
)
def test_what_cannot_be_sampled_is_refused(make, code, params):
    with pytest.raises(MethodError) as refused:
        make()

    assert (refused.value.code, refused.value.params) == (code, params)
