"""Differences of shares: published figures and properties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.methods.differences import difference_interval
from kontor.methods.errors import MethodError

counts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_the_interval_agrees_with_newcombe():
    """Newcombe (1998), table II, method 10: examples a (56/70 − 48/80), b (9/10 − 3/10), f (0/10 − 0/20)."""
    change, low, high = difference_interval(([56, 9, 0], [70, 10, 10]), ([48, 3, 0], [80, 10, 20]))

    np.testing.assert_allclose(change, [0.2, 0.6, 0.0], atol=1e-12)
    np.testing.assert_allclose(low, [0.0524, 0.1705, -0.1611], atol=5e-5)
    np.testing.assert_allclose(high, [0.3339, 0.8090, 0.2775], atol=5e-5)


@given(counts, counts)
def test_the_interval_holds_the_difference_and_mirrors_when_turned(one, other):
    change, low, high = difference_interval(([one[0]], [one[1]]), ([other[0]], [other[1]]))
    turned, turned_low, turned_high = difference_interval(([other[0]], [other[1]]), ([one[0]], [one[1]]))

    assert -1 - 1e-9 <= low[0] <= change[0] + 1e-12 <= high[0] + 2e-12 <= 1 + 1e-9
    np.testing.assert_allclose([turned[0], turned_low[0], turned_high[0]], [-change[0], -high[0], -low[0]])


def test_nothing_is_known_where_nobody_was_asked_before():
    change, low, high = difference_interval(([1], [2]), ([0], [0]))

    assert (np.isnan(change[0]), low[0], high[0]) == (True, -1.0, 1.0)


def test_lists_of_different_length_are_refused():
    with pytest.raises(MethodError) as refused:
        difference_interval(([1], [2]), ([1, 1], [2, 2]))

    assert refused.value.code == "shares.shape"
