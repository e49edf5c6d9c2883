"""What several sources say about one cell becomes one score with a range."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.studies.settling import NOTHING, Said, settle


def judged(value, low=None, high=None, confidence=3, assessor=1):
    return Said("assessor", value, low, high, confidence, assessor, "sme")


def test_nobody_knows_anything():
    assert settle([], scale_length=4.0) == NOTHING


def test_a_source_that_does_not_know_adds_nothing():
    found = settle([judged(None), judged(4.0, assessor=2)], scale_length=4.0)

    assert (found.value, found.low, found.high, found.voices) == (4.0, 4.0, 4.0, 1)


def test_what_the_group_agreed_stands_above_judgements_and_data():
    said = [judged(1.0), Said("data", 2.0, 2.0, 2.0, 3), Said("agreed", 5.0, 5.0, 5.0, 3)]

    assert (settle(said, scale_length=4.0).origin, settle(said, scale_length=4.0).value) == ("agreed", 5.0)


def test_judgements_stand_above_data():
    said = [Said("data", 2.0, 2.0, 2.0, 3), judged(3.0)]

    assert (settle(said, scale_length=4.0).origin, settle(said, scale_length=4.0).value) == ("assessor", 3.0)


def test_people_who_disagree_make_a_wide_range():
    found = settle([judged(2.0), judged(5.0, assessor=2)], scale_length=4.0)

    assert (found.value, found.low, found.high, found.spread) == (3.5, 2.0, 5.0, 3.0)


@pytest.mark.parametrize(("confidence", "low", "high"), [(1, 2.2, 3.8), (2, 2.8, 3.2), (3, 3.0, 3.0)])
def test_a_guess_is_wider_than_a_proof(confidence, low, high):
    found = settle([judged(3.0, confidence=confidence)], scale_length=4.0)

    assert (found.low, found.high) == pytest.approx((low, high))


def test_doubt_is_a_share_of_the_score_where_the_scale_is_open():
    found = settle([judged(200.0, confidence=2)], scale_length=None)

    assert (found.low, found.high) == pytest.approx((190.0, 210.0))


def test_a_range_that_was_given_is_kept():
    found = settle([judged(3.0, low=1.0, high=4.0)], scale_length=4.0)

    assert (found.value, found.low, found.high) == (3.0, 1.0, 4.0)


values = st.floats(1, 5)


@given(st.lists(st.tuples(values, st.integers(1, 3)), min_size=1, max_size=6))
def test_the_value_lies_in_its_range_whoever_speaks_first(words):
    said = [judged(value, confidence=confidence, assessor=n) for n, (value, confidence) in enumerate(words)]
    found, other = settle(said, scale_length=4.0), settle(said[::-1], scale_length=4.0)

    assert found.low <= found.value <= found.high
    assert (found.low, found.high, found.value) == pytest.approx((other.low, other.high, other.value))
