"""From what a study knows to the arrays that the methods take."""

from __future__ import annotations

import numpy as np
import pytest

from kontor.studies.numbers import knock_outs, numbers
from tests.studies.matrices import column, matrix


def test_scores_become_values_between_the_ends_of_the_scale():
    found = numbers(matrix([[1, 5], [3, 2]]))

    np.testing.assert_allclose(found.value, [[0.0, 1.0], [0.5, 0.25]])


def test_less_is_better_turns_the_direction_and_the_range():
    found = numbers(matrix([[(2, 4)]], [column(is_benefit=False)]))

    assert (found.low.item(), found.value.item(), found.high.item()) == (0.25, 0.5, 0.75)


def test_an_open_scale_ends_where_the_candidates_do():
    found = numbers(matrix([[10], [40], [25]], [column(low=None, high=None)]))

    np.testing.assert_allclose(found.value[:, 0], [0.0, 1.0, 0.5])


def test_what_is_not_known_may_be_anything_and_counts_as_the_middle():
    found = numbers(matrix([[None, 5], [3, 3]]))

    assert (found.low[0, 0], found.middle[0, 0], found.high[0, 0]) == (0.0, 0.5, 1.0)


def test_known_is_the_share_of_weight_on_which_something_is_known():
    found = numbers(matrix([[None, 5]], [column(1, weight=1.0), column(2, weight=3.0)]))

    assert found.known.tolist() == [0.75]


def test_a_criterion_without_weight_counts_nothing_but_still_knocks_out():
    columns = [column(1), column(2, weight=0.0, knock_out_below=2.0)]
    found = numbers(matrix([[5, 1], [3, 4]], columns))

    assert ([row.pk for row in found.rows], [c.code for c in found.columns]) == ([2], ["c1"])


def test_without_any_weights_all_criteria_count_the_same():
    found = numbers(matrix([[5, 1]], [column(1, weight=None), column(2, weight=None)]))

    assert (found.has_weights, found.weights.tolist()) == (False, [0.5, 0.5])


@pytest.mark.parametrize(
    ("score", "is_out", "is_sure"),
    [(1, True, True), ((1, 2.5), True, False), ((1.8, 3), False, False)],
)
def test_a_threshold_looks_at_the_score_and_at_its_range(score, is_out, is_sure):
    found = matrix([[score], [4]], [column(knock_out_below=2.0)])
    (out,) = knock_outs(found)

    assert (out.candidate, out.is_out, out.is_sure) == (1, is_out, is_sure)


def test_a_score_at_the_threshold_stays_in():
    assert knock_outs(matrix([[2]], [column(knock_out_below=2.0)])) == ()


def test_what_is_not_known_knocks_nobody_out():
    assert knock_outs(matrix([[None]], [column(knock_out_below=2.0)])) == ()


@pytest.mark.parametrize("found", [matrix([[3]], excluded=[1]), matrix([[1]], [column(knock_out_below=2.0)])])
def test_nobody_is_left(found):
    assert numbers(found) is None


def test_the_same_study_gives_the_same_fingerprint_and_a_changed_score_another():
    same = [matrix([[1, 5], [3, 2]]).fingerprint() for _ in range(2)]

    assert (same[0] == same[1], same[0] == matrix([[1, 5], [3, 3]]).fingerprint()) == (True, False)
