"""Small groups: what may be shown, and what an attacker could subtract."""

from __future__ import annotations

from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.methods.disclosure import coarsened, published, shown_groups
from kontor.methods.errors import MethodError

LIMIT = 5
SIZES = st.lists(st.integers(0, 12), max_size=8).map(lambda sizes: np.array(sizes, np.int64))


@given(SIZES)
def test_no_group_below_the_limit_is_shown(sizes):
    assert (sizes[shown_groups(sizes, LIMIT)] >= LIMIT).all()


@given(SIZES)
def test_what_is_left_of_the_whole_speaks_of_nobody_or_of_enough(sizes):
    rest = sizes[~shown_groups(sizes, LIMIT)].sum()

    assert rest == 0 or rest >= LIMIT or sizes.sum() < LIMIT


def test_nothing_is_hidden_without_need():
    assert shown_groups(np.array([7, 5, 9]), LIMIT).all()


@st.composite
def people(draw):
    """Return three ways to group the same people."""
    n = draw(st.integers(0, 60))
    codes = st.lists(st.integers(0, 3), min_size=n, max_size=n)
    return {name: np.array(draw(codes), np.int64) for name in ("kind", "size", "age")}


@given(people())
def test_no_difference_of_unions_of_two_groupings_tells_a_few(groupings):
    shown = published(groupings, LIMIT)
    sets = {name: derivable(groupings[name], shown[name]) for name in groupings if shown[name].any()}

    leaks = [
        (one, other)
        for one, other in combinations(sets, 2)
        for a in sets[one]
        for b in sets[other]
        for inner, outer in ((a, b), (b, a))
        if inner <= outer and 0 < len(outer - inner) < LIMIT
    ]

    assert leaks == []


def derivable(codes, shown):
    """Return every set of people whose figures can be added up from one grouping."""
    coarse = coarsened(codes, shown)
    groups = [frozenset(np.flatnonzero(coarse == each)) for each in np.unique(coarse)]
    unions = chain.from_iterable(combinations(groups, size) for size in range(1, len(groups) + 1))
    return [frozenset().union(*union) for union in unions]


def test_a_grouping_that_would_tell_two_people_by_subtraction_is_not_shown():
    # All 20 small companies but two are members of the second group's only group that is shown.
    kind = np.array([0] * 20 + [1] * 20)
    size = np.array([0] * 18 + [1] * 22)

    shown = published({"kind": kind, "size": size}, LIMIT)

    assert {name: flags.tolist() for name, flags in shown.items()} == {
        "kind": [True, True],
        "size": [False, False],
    }


def test_a_limit_below_one_is_refused():
    with pytest.raises(MethodError) as refused:
        shown_groups(np.array([1]), 0)

    assert refused.value.code == "disclosure.limit"
