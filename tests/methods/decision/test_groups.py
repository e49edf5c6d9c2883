"""Groups apart: a published test, small groups, and what holds for all."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kontor.methods.decision.groups import groups_apart
from kontor.methods.decision.relabelling import chance_of_apart
from kontor.methods.errors import MethodError

NONE = float("nan")
VALUES = hnp.arrays(
    np.float64,
    st.tuples(st.integers(2, 7), st.integers(1, 4)),
    elements=st.one_of(st.integers(0, 9).map(float), st.just(NONE)),
)


def labels_for(values):
    return ["even" if place % 2 else "odd" for place in range(len(values))]


def test_the_chance_agrees_with_fishers_way_of_dealing_anew():
    """Efron & Tibshirani (1993), An Introduction to the Bootstrap, table 2.1, the mouse data.

    Chapter 15 finds 0.132 on one side in 1,000 deals; both sides, all 11,440 deals, are counted here.
    """
    treated, control = [94, 197, 16, 38, 99, 141, 23], [52, 104, 146, 10, 51, 30, 40, 27, 46]
    everybody = np.array(treated + control, dtype=float)

    found = groups_apart(everybody[:, None], ["treated"] * 7 + ["control"] * 9)

    sums = [sum(each) for each in combinations(everybody, 7)]
    centre = everybody.sum() * 7 / 16
    exact = np.mean(np.abs(np.array(sums) - centre) >= abs(sum(treated) - centre) - 1e-9)
    np.testing.assert_allclose(found.difference, [86.857 - 56.222], atol=1e-3)
    np.testing.assert_allclose(found.chance, exact, atol=0.02)
    np.testing.assert_allclose(found.chance / 2, 0.132, atol=0.02)


def test_four_against_four_clearly_apart_are_told():
    values = [[9, 5], [8, 1], [9, 4], [8, 3], [1, 4], [2, 5], [1, 2], [2, 2]]

    found = groups_apart(values, ["firm"] * 4 + ["science"] * 4)

    assert (found.labels, found.sizes.tolist(), found.can_tell) == (("firm", "science"), [4, 4], True)
    assert (found.is_clear.tolist(), found.order.tolist()) == ([True, False], [0, 1])
    assert found.means.tolist() == [[8.5, 3.25], [1.5, 3.25]]
    assert (found.highest[0], found.lowest[0]) == (0, 1)
    # Of the 70 ways to deal the labels, two part the first thing so sharply.
    np.testing.assert_allclose(found.chance[0], 2 / 70)


def test_three_against_three_are_never_clear():
    found = groups_apart([[9], [9], [9], [1], [1], [1]], list("aaabbb"))

    assert (found.can_tell, found.is_clear.tolist(), found.chance.tolist()) == (False, [False], [0.1])
    assert found.difference.tolist() == [8]


def test_groups_lead_with_different_candidates():
    found = groups_apart([[0.9, 0.1], [0.8, 0.3], [0.2, 0.7], [0.1, 0.7]], list("aabb"))

    assert (found.leaders, found.is_divided) == (((0,), (1,)), True)


def test_a_tie_within_a_group_is_a_tie_and_may_bridge_the_groups():
    found = groups_apart([[0.5, 0.5], [0.2, 0.7]], ["a", "b"])

    assert (found.leaders, found.is_divided) == (((0, 1), (1,)), False)


def test_two_who_happen_to_agree_do_not_outdo_a_large_difference():
    """On the second thing nobody differs within a group, but the groups hardly differ either."""
    values = [[9.0, 1.0], [7.0, 1.0], [2.0, 1.1], [1.0, 1.1]]

    assert groups_apart(values, list("aabb")).order.tolist() == [0, 1]


def test_what_one_group_did_not_speak_of_stands_last_and_is_never_clear():
    found = groups_apart([[NONE, 1], [NONE, 2], [3, 5], [4, 6]], list("aabb"))

    assert (np.isnan(found.difference).tolist(), found.order.tolist()) == ([True, False], [1, 0])
    assert np.isnan(found.effect[0])
    assert np.isnan(found.means[0, 0])
    assert found.chance[0] == 1


def test_a_group_that_said_nothing_leads_with_nothing_and_divides_nobody():
    found = groups_apart([[NONE], [2]], ["a", "b"])

    assert (found.leaders, found.is_divided) == (((), (0,)), False)
    assert groups_apart([[NONE], [NONE]], ["a", "b"]).is_divided is False


def test_larger_groups_are_drawn_the_same_for_the_same_seed():
    values = np.random.default_rng(1).random((24, 5))
    one, other = (groups_apart(values, ["a", "b"] * 12) for _ in range(2))

    np.testing.assert_array_equal(one.chance, other.chance)


@settings(deadline=None)
@given(VALUES)
def test_figures_stay_within_their_bounds_and_follow_the_means(values):
    found = groups_apart(values, labels_for(values))

    is_told = ~np.isnan(found.difference)
    assert ((found.chance > 0) & (found.chance <= 1)).all()
    assert (found.difference[is_told] >= 0).all()
    assert (found.effect[is_told] >= 0).all()
    assert sorted(found.order.tolist()) == list(range(values.shape[1]))
    gap = np.abs(found.means[0] - found.means[1])
    np.testing.assert_allclose(found.difference[is_told], gap[is_told])


@settings(deadline=None)
@given(VALUES, st.integers(0, 99))
def test_people_in_another_order_change_nothing(values, seed):
    order = np.random.default_rng(seed).permutation(len(values))
    labels = labels_for(values)
    found, turned = (
        groups_apart(values, labels),
        groups_apart(values[order], [labels[each] for each in order]),
    )

    np.testing.assert_allclose(turned.means, found.means, equal_nan=True)
    np.testing.assert_allclose(turned.chance, found.chance)
    assert turned.leaders == found.leaders


@settings(deadline=None)
@given(st.integers(2, 8), st.integers(1, 3))
def test_where_all_say_the_same_nothing_is_apart(people, things):
    found = groups_apart(np.full((people, things), 0.3), labels_for(range(people)))

    np.testing.assert_allclose(found.difference, 0, atol=1e-12)
    np.testing.assert_allclose(found.effect, 0, atol=1e-12)
    assert (found.chance == 1).all()
    assert not found.is_divided


def test_of_groups_with_nothing_amiss_about_one_in_twenty_seems_clear_however_many_things_are_looked_at():
    rng = np.random.default_rng(11)
    codes = np.repeat([0, 1], [4, 5])

    clear = [chance_of_apart(rng.normal(size=(9, 20)), codes, 1)[0].min() <= 0.05 for _ in range(300)]

    assert np.mean(clear) < 0.08


def test_three_groups_are_compared_at_once():
    found = groups_apart([[1], [1], [5], [5], [9], [9]], list("aabbcc"))

    assert (found.difference.tolist(), found.highest.tolist(), found.lowest.tolist()) == ([8], [2], [0])
    # Of 90 deals 6 only rename the groups.
    np.testing.assert_allclose(found.chance, 6 / 90)


@pytest.mark.parametrize(
    ("values", "labels", "code"),
    [
        ([], [], "opinions.nothing"),
        ([[]], ["a"], "opinions.nothing"),
        ([1, 2], ["a", "b"], "opinions.shape"),
        ([[1], [2]], ["a"], "opinions.shape"),
        ([["x"], ["y"]], ["a", "b"], "opinions.shape"),
        ([[1], [np.inf]], ["a", "b"], "opinions.not_values"),
        ([[1], [2]], ["a", "a"], "opinions.one_group"),
    ],
)
def test_what_are_no_groups_is_refused(values, labels, code):
    with pytest.raises(MethodError) as refused:
        groups_apart(values, labels)

    assert refused.value.code == code
