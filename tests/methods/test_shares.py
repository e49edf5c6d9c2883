"""Score intervals: published figures and properties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.methods.errors import MethodError
from kontor.methods.shares import difference_interval, wilson_interval

counts = st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_wilson_interval_agrees_with_the_four_examples_of_newcombe():
    low, high = wilson_interval([81, 15, 0, 1], [263, 148, 20, 29])

    np.testing.assert_allclose(low, [0.2553, 0.0624, 0.0000, 0.0061], atol=5e-5)
    np.testing.assert_allclose(high, [0.3662, 0.1605, 0.1611, 0.1718], atol=5e-5)


@given(counts)
def test_wilson_interval_holds_the_share_and_stays_between_zero_and_one(pair):
    hits, total = pair

    low, high = wilson_interval([hits], [total])

    assert 0 <= low[0] <= hits / total <= high[0] <= 1


@given(counts)
def test_wilson_interval_of_the_rest_mirrors_that_of_the_share(pair):
    hits, total = pair

    low, high = wilson_interval([hits], [total])
    rest_low, rest_high = wilson_interval([total - hits], [total])

    np.testing.assert_allclose([rest_low[0], rest_high[0]], [1 - high[0], 1 - low[0]], atol=1e-12)


@given(counts)
def test_wilson_interval_grows_with_the_confidence(pair):
    low, high = wilson_interval([pair[0]], [pair[1]], confidence=0.8)
    wide_low, wide_high = wilson_interval([pair[0]], [pair[1]], confidence=0.99)

    assert (wide_low <= low).all()
    assert (wide_high >= high).all()


def test_wilson_interval_knows_nothing_where_nobody_was_asked():
    low, high = wilson_interval([0], [0])

    assert (low.tolist(), high.tolist()) == ([0.0], [1.0])


def test_wilson_interval_of_no_shares_is_empty():
    low, high = wilson_interval([], [])

    assert (low.tolist(), high.tolist()) == ([], [])


@pytest.mark.parametrize(
    ("successes", "totals", "confidence", "code"),
    [
        ([1, 2], [3], 0.95, "shares.shape"),
        ([[1]], [[3]], 0.95, "shares.shape"),
        ([4], [3], 0.95, "shares.not_counts"),
        ([-1], [3], 0.95, "shares.not_counts"),
        ([np.nan], [3], 0.95, "shares.not_counts"),
        ([1], [np.inf], 0.95, "shares.not_counts"),
        ([1], [3], 0.0, "shares.confidence"),
        ([1], [3], 1.0, "shares.confidence"),
    ],
)
def test_wilson_interval_refuses_what_is_no_count(successes, totals, confidence, code):
    with pytest.raises(MethodError) as refused:
        wilson_interval(successes, totals, confidence)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        # Newcombe (1998b), table II, method 10; the signs follow "now less before".
        ((48, 80), (56, 70), (0.0524, 0.3339)),
        ((3, 10), (9, 10), (0.1705, 0.8090)),
        ((2, 7), (6, 7), (0.0582, 0.8062)),
        ((0, 29), (5, 56), (-0.0381, 0.1926)),
        ((0, 10), (0, 10), (-0.2775, 0.2775)),
        ((0, 10), (10, 10), (0.6075, 1.0)),
    ],
)
def test_the_interval_of_a_difference_agrees_with_newcombe(before, now, expected):
    low, high = difference_interval([before[0]], [before[1]], [now[0]], [now[1]])

    assert (round(float(low[0]), 4), round(float(high[0]), 4)) == expected


@given(counts, counts)
def test_the_interval_of_a_difference_holds_what_was_seen(before, now):
    low, high = difference_interval([before[0]], [before[1]], [now[0]], [now[1]])
    change = now[0] / now[1] - before[0] / before[1]

    assert -1 <= low[0] <= change + 1e-12
    assert change - 1e-12 <= high[0] <= 1


def test_without_anybody_asked_before_any_change_is_possible():
    low, high = difference_interval([0], [0], [10], [10])

    assert (low[0] <= 0.0, high[0]) == (True, 1.0)
