"""Who has a fair part in the answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.methods.errors import MethodError
from kontor.methods.representation import representation


@st.composite
def answers(draw):
    population = draw(st.lists(st.integers(0, 60), min_size=1, max_size=6))
    return population, [draw(st.integers(0, size)) for size in population]


def test_the_tail_is_fishers_exact_test():
    """A lady tasting tea who finds 1 of 4 cups: P(X <= 1) = 17/70 (Agresti 2013, section 3.5.2)."""
    found = representation([4, 4], [1, 3])

    assert found.tail.round(6).tolist() == [round(17 / 70, 6), round(69 / 70, 6)]


def test_the_residual_is_the_adjusted_one():
    """Two groups are mirror images of each other, so their residuals are too."""
    found = representation([30, 30], [5, 15])

    assert found.residual.round(4).tolist() == [-2.7157, 2.7157]


@given(answers())
def test_expected_answers_add_up_to_the_answers(pair):
    population, said = pair

    assert np.isclose(representation(population, said).expected.sum(), sum(said))


@given(answers())
def test_tails_are_probabilities(pair):
    tail = representation(*pair).tail

    assert bool(((tail >= 0) & (tail <= 1)).all())


@given(answers())
def test_no_group_is_flagged_that_has_its_share_or_is_small(pair):
    population, said = pair
    found = representation(population, said)
    wrongly = [
        is_under and (size < 5 or count >= expected)
        for is_under, size, count, expected in zip(
            found.is_under, population, said, found.expected, strict=True
        )
    ]

    assert not any(wrongly)


@given(answers(), st.data())
def test_one_answer_more_never_makes_a_group_rarer(pair, data):
    population, said = pair
    open_groups = [place for place, size in enumerate(population) if said[place] < size]
    if not open_groups:
        return
    place = data.draw(st.sampled_from(open_groups))
    more = [count + (each == place) for each, count in enumerate(said)]

    before, after = representation(population, said), representation(population, more)
    assert after.tail[place] >= before.tail[place] - 1e-12


@given(answers())
def test_nobody_is_missed_where_nobody_or_everybody_answered(pair):
    population, _said = pair
    flagged = [
        representation(population, said).is_under.any() for said in ([0] * len(population), population)
    ]

    assert flagged == [False, False]


@pytest.mark.parametrize(
    ("population", "said", "code"),
    [
        ([5, 5], [1], "representation.shape"),
        ([5], [6], "representation.not_counts"),
        ([5.5], [1], "representation.not_counts"),
        ([5], [-1], "representation.not_counts"),
    ],
)
def test_what_are_no_counts_is_refused(population, said, code):
    with pytest.raises(MethodError) as refusal:
        representation(population, said)

    assert refusal.value.code == code
