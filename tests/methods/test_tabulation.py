"""Tables of answers: what holds for every one of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kontor.methods.errors import MethodError
from kontor.methods.tabulation import (
    Breakdown,
    bases_of,
    tabulate_multiple,
    tabulate_numbers,
    tabulate_ranking,
    tabulate_single,
)

OPTIONS, GROUPS = 4, 3
SIZES = st.integers(0, 40)


@st.composite
def singles(draw):
    """Return (values, asked, codes, weights) of one to choose."""
    n = draw(SIZES)
    values = draw(hnp.arrays(np.int64, n, elements=st.integers(-1, OPTIONS - 1)))
    asked = draw(hnp.arrays(bool, n)) | (values >= 0)
    codes = draw(hnp.arrays(np.int64, n, elements=st.integers(0, GROUPS - 1)))
    weights = draw(hnp.arrays(np.float64, n, elements=st.floats(0.2, 5)))
    return values, asked, codes, weights


@st.composite
def multiples(draw):
    """Return (chosen, answered, asked, codes) of several to choose."""
    n = draw(SIZES)
    chosen = draw(hnp.arrays(bool, (n, OPTIONS)))
    answered = chosen.any(axis=1)
    asked = draw(hnp.arrays(bool, n)) | answered
    codes = draw(hnp.arrays(np.int64, n, elements=st.integers(0, GROUPS - 1)))
    return chosen, answered, asked, codes


@given(singles(), st.booleans())
def test_the_whole_is_the_sum_of_its_groups(case, is_weighted):
    values, asked, codes, weights = case
    table = tabulate_single(
        values, OPTIONS, asked, Breakdown(codes, GROUPS, weights if is_weighted else None)
    )

    np.testing.assert_allclose(table.counts[:-1].sum(axis=0), table.counts[-1])
    for base in (table.bases.answered, table.bases.silent, table.bases.unasked, table.bases.people):
        np.testing.assert_allclose(base[:-1].sum(), base[-1])


@given(multiples())
def test_the_whole_of_several_choices_is_the_sum_of_its_groups(case):
    chosen, answered, asked, codes = case
    table = tabulate_multiple(chosen, answered, asked, Breakdown(codes, GROUPS))

    np.testing.assert_allclose(table.counts[:-1].sum(axis=0), table.counts[-1])


@given(singles())
def test_everybody_is_answered_silent_or_not_asked(case):
    values, asked, codes, _weights = case
    bases = bases_of(values >= 0, asked, Breakdown(codes, GROUPS))

    assert (bases.answered + bases.silent + bases.unasked)[-1] == values.size


@given(singles())
def test_a_base_is_never_more_than_were_asked(case):
    values, asked, codes, _weights = case
    how = Breakdown(codes, GROUPS)

    assert (bases_of(values >= 0, asked, how).answered <= how.sums(asked)).all()


@given(singles())
def test_shares_of_a_single_choice_add_up_to_one(case):
    values, asked, codes, weights = case
    table = tabulate_single(values, OPTIONS, asked, Breakdown(codes, GROUPS, weights))
    sums = table.shares.sum(axis=1)

    np.testing.assert_allclose(sums[table.bases.people > 0], 1.0)


@given(multiples())
def test_silence_never_counts_as_a_no(case):
    chosen, answered, asked, codes = case
    table = tabulate_multiple(chosen, answered, asked, Breakdown(codes, GROUPS))
    spoken = tabulate_multiple(
        chosen[answered], answered[answered], asked[answered], Breakdown(codes[answered], GROUPS)
    )

    np.testing.assert_array_equal(table.shares, spoken.shares)


@given(singles())
def test_weights_of_one_give_the_unweighted_table(case):
    values, asked, codes, _weights = case
    plain = tabulate_single(values, OPTIONS, asked, Breakdown(codes, GROUPS))
    weighted = tabulate_single(values, OPTIONS, asked, Breakdown(codes, GROUPS, np.ones(values.size)))

    np.testing.assert_allclose(weighted.counts, plain.counts)
    np.testing.assert_allclose(weighted.intervals(), plain.intervals(), atol=1e-12)


@given(singles())
def test_intervals_hold_their_shares(case):
    values, asked, codes, weights = case
    table = tabulate_single(values, OPTIONS, asked, Breakdown(codes, GROUPS, weights))
    low, high = table.intervals()
    known = ~np.isnan(table.shares)

    assert (low[known] <= table.shares[known] + 1e-9).all()
    assert (high[known] >= table.shares[known] - 1e-9).all()


@given(singles())
def test_the_effective_base_is_never_more_than_the_people(case):
    values, asked, codes, weights = case
    bases = bases_of(values >= 0, asked, Breakdown(codes, GROUPS, weights))

    assert (bases.effective <= bases.people + 1e-9).all()


@given(hnp.arrays(np.float64, SIZES, elements=st.one_of(st.just(np.nan), st.integers(-50, 50).map(float))))
def test_quartiles_of_equal_weights_lie_where_numpy_says(values):
    spread = tabulate_numbers(values, np.ones(values.size, bool), Breakdown.whole(values.size))
    known = values[~np.isnan(values)]
    wanted = (
        [known.mean(), *np.quantile(known, [0, 0.25, 0.5, 0.75, 1], method="averaged_inverted_cdf")]
        if known.size
        else [np.nan] * 6
    )
    found = [spread.mean, spread.least, spread.lower, spread.median, spread.upper, spread.most]

    np.testing.assert_allclose([each[-1] for each in found], wanted)


def test_borda_gives_nothing_to_what_was_left_out():
    places = np.array([[1, 2, 3], [1, 0, 0], [0, 0, 0]])

    ranks = tabulate_ranking(places, np.ones(3, bool), Breakdown.whole(3))

    assert (ranks.points.tolist(), ranks.firsts.tolist(), ranks.bases.people.tolist()) == (
        [[2.0, 0.5, 0.0]],
        [[2.0, 0.0, 0.0]],
        [2.0],
    )


def test_a_table_of_nobody_knows_nothing():
    table = tabulate_single(np.zeros(0, np.int64), 2, np.zeros(0, bool), Breakdown.whole(0))

    assert (np.isnan(table.shares).all(), [each.tolist() for each in table.intervals()]) == (
        True,
        [[[0.0, 0.0]], [[1.0, 1.0]]],
    )


@pytest.mark.parametrize(
    ("values", "asked", "codes", "code"),
    [
        ([0, 1], [True], [0, 0], "tabulation.shape"),
        ([0, 1], [True, True], [0, 3], "tabulation.groups"),
        ([0, 1], [True, True], [-1, 0], "tabulation.groups"),
        ([0, 9], [True, True], [0, 0], "tabulation.options"),
    ],
)
def test_what_does_not_fit_together_is_refused(values, asked, codes, code):
    with pytest.raises(MethodError) as refused:
        tabulate_single(np.array(values), OPTIONS, np.array(asked), Breakdown(np.array(codes), GROUPS))

    assert refused.value.code == code
