"""Nobody can work out a hidden count from what is shown."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kontor.methods.errors import MethodError
from kontor.methods.suppression import hidden_cells

FEWEST = 3
tables = st.integers(1, 3).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(0, 8), min_size=columns, max_size=columns), min_size=1, max_size=3
    )
)
lines = st.tuples(st.booleans(), st.booleans())


def with_totals(counts):
    inner = np.asarray(counts)
    wide = np.hstack([inner, inner.sum(axis=1, keepdims=True)])
    return np.vstack([wide, wide.sum(axis=0, keepdims=True)])


def other_tables(counts, hidden, rows_add_up, columns_add_up):
    """Return what else a table could be for somebody who knows what is shown, by one more or less each."""
    inner = np.asarray(counts)
    changes = np.array(list(product((-1, 0, 1), repeat=inner.size))).reshape(-1, *inner.shape)
    wide = np.concatenate([changes, changes.sum(axis=2, keepdims=True)], axis=2)
    full = np.concatenate([wide, wide.sum(axis=1, keepdims=True)], axis=1)
    fits = (with_totals(counts) + full >= 0).all(axis=(1, 2)) & (full[:, ~hidden] == 0).all(axis=1)
    return full[fits]


@settings(max_examples=150, deadline=None)
@given(tables, lines)
def test_no_hidden_cell_can_be_worked_out(counts, add_up):
    hidden = hidden_cells(counts, fewest=FEWEST, rows_add_up=add_up[0], columns_add_up=add_up[1])

    others = other_tables(counts, hidden, *add_up)
    asked = hidden.copy()
    asked[:, -1] &= add_up[0]
    asked[-1, :] &= add_up[1]
    assert (others != 0).any(axis=0)[asked].all()


@given(tables, lines)
def test_no_small_count_is_shown(counts, add_up):
    hidden = hidden_cells(counts, fewest=FEWEST, rows_add_up=add_up[0], columns_add_up=add_up[1])

    assert (with_totals(counts)[~hidden] >= FEWEST).all()


@given(tables)
def test_a_table_without_small_counts_is_shown_whole(counts):
    large = np.asarray(counts) + FEWEST

    assert not hidden_cells(large, fewest=FEWEST).any()


@given(tables)
def test_without_totals_only_the_small_counts_are_hidden(counts):
    hidden = hidden_cells(counts, fewest=FEWEST, rows_add_up=False, columns_add_up=False)

    assert (hidden[:-1, :-1] == (np.asarray(counts) < FEWEST)).all()


def test_a_small_count_takes_its_smallest_neighbours_along():
    hidden = hidden_cells([[40, 12, 1], [20, 9, 8]], fewest=FEWEST)

    assert hidden.astype(int).tolist() == [[0, 1, 1, 0], [0, 1, 1, 0], [0, 0, 0, 0]]


def test_a_single_small_count_hides_its_total_too():
    assert hidden_cells([[2]], fewest=FEWEST).all()


@pytest.mark.parametrize(
    ("counts", "fewest", "code"),
    [
        ([1, 2], 3, "suppression.shape"),
        ([[]], 3, "suppression.shape"),
        ([[-1]], 3, "suppression.not_counts"),
        ([[0.5]], 3, "suppression.not_counts"),
        ([[float("nan")]], 3, "suppression.not_counts"),
        ([[1]], 0, "suppression.fewest"),
    ],
)
def test_what_is_no_table_of_counts_is_refused(counts, fewest, code):
    with pytest.raises(MethodError) as refused:
        hidden_cells(counts, fewest=fewest)

    assert refused.value.code == code
