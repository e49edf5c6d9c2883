"""Weights: a published table, and what holds for all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kontor.methods.errors import MethodError
from kontor.methods.weighting import Margin, rake

GROUPS = 3
POPULATION = hnp.arrays(np.float64, GROUPS, elements=st.integers(1, 50).map(float))


def everywhere(codes):
    """Return codes in which every group occurs."""
    return np.concatenate([np.arange(GROUPS), codes])


CODES = hnp.arrays(np.int64, st.integers(0, 40), elements=st.integers(0, GROUPS - 1)).map(everywhere)


def test_a_table_of_four_by_four_is_fitted_as_published():
    """The worked example of Wikipedia, "Iterative proportional fitting", after its three rounds."""
    seed = np.array([[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]])
    cells = np.repeat(np.arange(16), seed.ravel())
    rows = Margin(cells // 4, np.array([150.0, 300.0, 400.0, 150.0]))
    columns = Margin(cells % 4, np.array([200.0, 300.0, 400.0, 100.0]))

    found = rake([rows, columns], limit=100, rounds=3)

    fitted = np.bincount(cells, found.weights).reshape(4, 4) * 1000 / seed.sum()
    published = [
        [64.61, 46.28, 35.42, 3.83],
        [49.95, 68.15, 156.49, 25.37],
        [56.70, 144.40, 145.06, 53.76],
        [28.74, 41.18, 63.03, 17.03],
    ]
    np.testing.assert_allclose(fitted, published, atol=0.006)


@given(CODES, POPULATION)
def test_one_margin_is_matched_exactly(codes, population):
    found = rake([Margin(codes, population)], limit=1000)

    np.testing.assert_allclose(
        np.bincount(codes, found.weights, GROUPS) / codes.size, population / population.sum(), atol=1e-8
    )


@given(st.data())
def test_several_margins_are_matched_where_every_cell_is_filled(data):
    both = np.indices((GROUPS, GROUPS)).reshape(2, -1)
    repeats = data.draw(hnp.arrays(np.int64, both.shape[1], elements=st.integers(1, 6)))
    first, second = (np.repeat(each, repeats) for each in both)
    margins = [Margin(first, data.draw(POPULATION)), Margin(second, data.draw(POPULATION))]

    found = rake(margins, limit=10_000, rounds=2_000)

    for margin in margins:
        wanted = margin.population / margin.population.sum()
        np.testing.assert_allclose(np.bincount(margin.codes, found.weights) / first.size, wanted, atol=1e-6)


@given(CODES, POPULATION, st.floats(1.5, 6))
def test_weights_sum_to_the_number_of_answers_and_keep_the_limit(codes, population, limit):
    found = rake([Margin(codes, population)], limit=limit)

    np.testing.assert_allclose(found.weights.sum(), codes.size)
    assert found.weights.min() >= 1 / limit - 1e-6
    assert found.weights.max() <= limit + 1e-6


@given(CODES)
def test_answers_that_look_like_the_population_weigh_one(codes):
    found = rake([Margin(codes, np.bincount(codes, minlength=GROUPS).astype(float))])

    np.testing.assert_allclose(found.weights, 1.0)


@given(CODES, POPULATION)
def test_the_effective_number_is_never_more_than_the_answers(codes, population):
    found = rake([Margin(codes, population)])

    assert found.effective <= codes.size + 1e-9


def test_a_group_from_which_nobody_answered_is_told_and_shared_out():
    found = rake([Margin(np.array([0, 1, 1]), np.array([30.0, 30.0, 40.0]))])

    assert (found.missing, found.weights.round(6).tolist()) == (((2,),), [1.5, 0.75, 0.75])


def test_a_group_that_the_population_does_not_have_keeps_its_weight():
    found = rake([Margin(np.array([0, 0, 1, 2]), np.array([50.0, 50.0, 0.0]))])

    assert found.weights.round(6).tolist() == [0.75, 0.75, 1.5, 1.0]


def test_what_the_limit_cuts_is_told():
    found = rake([Margin(np.array([0] * 19 + [1]), np.array([50.0, 50.0]))], limit=3)

    assert (found.trimmed, round(found.weights.max(), 6), found.gap > 0) == (1, 3.0, True)


@pytest.mark.parametrize(
    ("margins", "limit", "code"),
    [
        ([], 5, "weighting.nothing"),
        ([Margin(np.zeros(0, np.int64), np.ones(2))], 5, "weighting.nothing"),
        ([Margin(np.array([0, 2]), np.ones(2))], 5, "weighting.shape"),
        ([Margin(np.array([0, 1]), np.array([1.0, np.nan]))], 5, "weighting.shape"),
        ([Margin(np.array([0, 1]), np.ones(2)), Margin(np.array([0]), np.ones(2))], 5, "weighting.shape"),
        ([Margin(np.array([0, 1]), np.ones(2))], 1, "weighting.limit"),
    ],
)
def test_what_cannot_be_weighed_is_refused(margins, limit, code):
    with pytest.raises(MethodError) as refused:
        rake(margins, limit=limit)

    assert refused.value.code == code
