"""Competence profiles: what is shared, what completes, who gains."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kontor.methods.decision.complementarity import complementarity, contributions, member_gains, overlap
from kontor.methods.errors import MethodError

LEVEL = st.integers(0, 5).map(float)
PAIRS = st.integers(1, 8).flatmap(lambda c: st.tuples(*[hnp.arrays(np.float64, c, elements=LEVEL)] * 2))
NEEDS = st.integers(1, 9).map(float)


def test_the_overlap_by_hand():
    """Lower 5 + 1 + 0, higher 5 + 3 + 2."""
    assert overlap([5, 3, 0], [5, 1, 2]) == 0.6


def test_of_what_is_there_or_not_the_overlap_is_the_index_of_jaccard():
    """Jaccard (1912), New Phytologist 11, 37–50: common species over all species, here 3 of 7."""
    one, other = np.array([1, 1, 1, 1, 1, 0, 0.0]), np.array([1, 1, 1, 0, 0, 1, 1.0])

    np.testing.assert_allclose(overlap(one, other), 3 / 7)


def test_beginners_and_leaders_of_the_same_fields_are_not_the_same():
    np.testing.assert_allclose(overlap([1, 1], [5, 5]), 0.2)


def test_the_complementarity_by_hand():
    """We lack 0, 4 and 5, needed once, twice, once: 13. The partner fills 4, twice; its 2 is not strong."""
    np.testing.assert_allclose(complementarity([5, 1, 0], [2, 5, 2], [1, 2, 1]), 8 / 13)
    np.testing.assert_allclose(contributions([5, 1, 0], [2, 5, 2], [1, 2, 1]), [0, 8 / 13, 0])


def test_a_weak_partner_helps_where_that_is_asked_for():
    np.testing.assert_allclose(complementarity([0], [2], strong=1), 0.4)


def test_members_gain_by_their_own_needs():
    found = member_gains([[5, 0, 0], [1, 4, 0], [5, 5, 5]], [5, 5, 0], need=[[1, 1, 0], [1, 0, 1], [1, 1, 1]])

    np.testing.assert_allclose(found.gain, [1, 4 / 9, 0])
    assert found.order.tolist() == [0, 1]
    np.testing.assert_allclose(found.by_competence, [[0, 1, 0], [4 / 9, 0, 0], [0, 0, 0]])


@settings(deadline=None)
@given(PAIRS)
def test_the_overlap_is_the_same_from_both_sides_and_one_only_for_the_same(pair):
    own, partner = pair

    found = overlap(own, partner)

    assert 0 <= found <= 1
    assert found == overlap(partner, own)
    assert (found == 1) == (bool((own == partner).all()) and own.any())


@settings(deadline=None)
@given(PAIRS, st.data())
def test_the_complementarity_stays_within_its_bounds_and_is_the_sum_of_its_parts(pair, data):
    own, partner = pair
    need = data.draw(hnp.arrays(np.float64, own.size, elements=NEEDS))

    share, parts = complementarity(own, partner, need), contributions(own, partner, need)

    assert 0 <= share <= 1
    assert (parts >= 0).all()
    np.testing.assert_allclose(parts.sum(), share)
    assert (parts[partner <= own] == 0).all()


@settings(deadline=None)
@given(PAIRS, st.integers(0, 99), st.integers(1, 50))
def test_neither_the_order_of_competences_nor_the_scale_of_needs_matters(pair, seed, factor):
    own, partner = pair
    order = np.random.default_rng(seed).permutation(own.size)
    need = np.arange(1.0, own.size + 1)
    found = contributions(own, partner, need)
    turned = contributions(own[order], partner[order], need[order] * factor)

    np.testing.assert_allclose(turned, found[order])
    np.testing.assert_allclose(overlap(own[order], partner[order]), overlap(own, partner))


@settings(deadline=None)
@given(PAIRS)
def test_a_partner_who_is_better_anywhere_never_completes_us_less(pair):
    own, partner = pair
    better = np.minimum(partner + 1, 5)

    assert complementarity(own, better) >= complementarity(own, partner) - 1e-12


@settings(deadline=None)
@given(PAIRS)
def test_a_partner_who_leads_in_everything_fills_all_that_is_lacking(pair):
    own, _ = pair
    assume((own < 5).any())

    np.testing.assert_allclose(complementarity(own, np.full(own.size, 5)), 1)


@settings(deadline=None)
@given(PAIRS)
def test_a_member_alone_gains_what_the_cluster_would(pair):
    own, partner = pair

    gains = member_gains(own[None, :], partner)

    np.testing.assert_allclose(gains.gain[0], complementarity(own, partner))


@pytest.mark.parametrize(
    ("own", "partner"),
    [([5, 5], [5, 5]), ([0, 0], [0, 0]), ([0, 0], [2, 2]), ([], [])],
)
def test_nothing_lacking_or_nothing_to_offer_completes_nothing(own, partner):
    assert complementarity(own, partner) == 0


def test_where_neither_has_anything_nothing_is_in_common():
    assert (overlap([0, 0], [0, 0]), overlap([], [])) == (0, 0)


def test_what_nobody_needs_completes_nothing():
    assert complementarity([0, 0], [5, 5], need=[0, 0]) == 0


def test_without_members_nobody_gains():
    assert member_gains(np.zeros((0, 2)), [5, 5]).order.tolist() == []


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: overlap([1], [1, 2]), "competences.shape"),
        (lambda: overlap([[1]], [1]), "competences.shape"),
        (lambda: overlap(["a"], [1]), "competences.shape"),
        (lambda: overlap([6], [1]), "competences.levels"),
        (lambda: overlap([1], [-1]), "competences.levels"),
        (lambda: overlap([np.nan], [1]), "competences.levels"),
        (lambda: complementarity([1], [1], need=[1, 2]), "competences.shape"),
        (lambda: complementarity([1], [1], need=[-1]), "competences.need"),
        (lambda: complementarity([1], [1], need=[np.inf]), "competences.need"),
        (lambda: complementarity([1], [1], strong=6), "competences.levels"),
        (lambda: member_gains([1], [1]), "competences.shape"),
        (lambda: member_gains([[1, 2]], [1]), "competences.shape"),
    ],
)
def test_what_is_no_profile_is_refused(call, code):
    with pytest.raises(MethodError) as refused:
        call()

    assert refused.value.code == code
