"""Counting votes: published elections, ties, and what holds for all."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kontor.methods.decision.ballots import approval, quorum, schulze
from kontor.methods.errors import MethodError

NONE = float("nan")
RANKINGS = hnp.arrays(
    np.float64,
    st.tuples(st.integers(0, 9), st.integers(1, 6)),
    elements=st.one_of(st.integers(1, 4).map(float), st.just(NONE)),
)
APPROVALS = hnp.arrays(np.bool_, st.tuples(st.integers(0, 9), st.integers(1, 6)))


def rankings(*groups):
    """Return a line of ranks for each ballot of groups such as (5, "ACBED")."""
    letters = sorted(groups[0][1])
    return np.array(
        [[vote.index(each) + 1 for each in letters] for number, vote in groups for _ in range(number)]
    )


def named(order):
    return ["".join("ABCDE"[each] for each in place) for place in order]


def test_the_forty_five_voters_of_schulze_elect_e():
    """Schulze (2011), example 1 there and in Wikipedia: E > A > C > B > D, with all paths."""
    found = schulze(
        rankings(
            (5, "ACBED"),
            (5, "ADECB"),
            (8, "BEDAC"),
            (3, "CABED"),
            (7, "CAEBD"),
            (2, "CBADE"),
            (7, "DCEBA"),
            (8, "EBADC"),
        )
    )

    assert named(found.order) == ["E", "A", "C", "B", "D"]
    assert found.pairwise.tolist() == [
        [0, 20, 26, 30, 22],
        [25, 0, 16, 33, 18],
        [19, 29, 0, 17, 24],
        [15, 12, 28, 0, 14],
        [23, 27, 21, 31, 0],
    ]
    assert found.strengths.tolist() == [
        [0, 28, 28, 30, 24],
        [25, 0, 28, 33, 24],
        [25, 29, 0, 29, 24],
        [25, 28, 28, 0, 24],
        [25, 28, 28, 31, 0],
    ]


def test_thirty_voters_elect_b():
    """Schulze (2003), Voting Matters 17, 9–19, example 2: B > A > D > E > C."""
    found = schulze(
        rankings(
            (3, "ABDEC"),
            (5, "ADEBC"),
            (1, "ADECB"),
            (2, "BADEC"),
            (2, "BDECA"),
            (4, "CABDE"),
            (6, "CBADE"),
            (2, "DBECA"),
            (5, "DECAB"),
        )
    )

    assert named(found.order) == ["B", "A", "D", "E", "C"]


def test_nine_voters_leave_b_and_d_tied():
    """Schulze (2003), Voting Matters 17, 9–19, example 4: B and D are both winners; B beats C, D beats A."""
    found = schulze(rankings((3, "ABCD"), (2, "DABC"), (2, "DBCA"), (2, "CBDA")))

    assert found.winners == (1, 3)
    assert found.beats[1, 2]
    assert found.beats[3, 0]
    assert found.beats[[1, 3], [3, 1]].tolist() == [False, False]


def test_what_is_not_ranked_stands_behind_what_is():
    found = schulze([[1, NONE, NONE], [1, 2, NONE]])

    assert found.pairwise.tolist() == [[0, 2, 2], [0, 0, 1], [0, 0, 0]]
    assert found.order == ((0,), (1,), (2,))


def test_firsts_and_those_against_are_counted():
    found = schulze([[1, 2, 3], [1, 1, 2], [NONE, NONE, NONE], [NONE, NONE, 5]])

    assert (found.firsts.tolist(), found.against.tolist()) == ([2, 1, 1], [1, 2, 2])


def test_those_that_are_level_share_a_place_and_the_next_is_left_out():
    assert approval([[1, 0, 1, 0], [1, 0, 1, 1]]).places == (1, 4, 1, 3)
    assert schulze([[2, 1, 1, 3]]).places == (3, 1, 1, 4)


def test_an_even_vote_is_a_tie_whatever_stands_first_on_the_list():
    assert schulze([[1, 2], [2, 1]]).order == ((0, 1),)
    assert approval([[True, False], [False, True]]).winners == (0, 1)


@pytest.mark.parametrize("count", [approval, schulze])
def test_without_ballots_all_are_level(count):
    found = count(np.zeros((0, 3)))

    assert (found.ballots, found.order) == (0, ((0, 1, 2),))


@pytest.mark.parametrize("count", [approval, schulze])
def test_one_option_wins(count):
    assert count([[1], [1]]).order == ((0,),)


@settings(deadline=None)
@given(RANKINGS, st.integers(0, 99))
def test_the_order_of_ballots_and_options_does_not_matter(ranks, seed):
    rng = np.random.default_rng(seed)
    ballots, options = rng.permutation(len(ranks)), rng.permutation(ranks.shape[1])
    found, turned = schulze(ranks), schulze(ranks[np.ix_(ballots, options)])

    assert [{int(options[each]) for each in place} for place in turned.order] == [set(p) for p in found.order]
    np.testing.assert_array_equal(turned.pairwise, found.pairwise[np.ix_(options, options)])


@settings(deadline=None)
@given(RANKINGS)
def test_who_wins_every_direct_comparison_is_elected_alone(ranks):
    found = schulze(ranks)
    wins = found.pairwise > found.pairwise.T

    for option in range(ranks.shape[1]):
        if wins[option].sum() == ranks.shape[1] - 1:
            assert found.winners == (option,)


@settings(deadline=None)
@given(RANKINGS)
def test_being_better_never_goes_round_and_the_order_respects_it(ranks):
    found = schulze(ranks)
    place = {option: number for number, level in enumerate(found.order) for option in level}

    assert sorted(place) == list(range(ranks.shape[1]))
    for better, worse in np.argwhere(found.beats):
        assert place[better] < place[worse]
    through = found.beats.astype(int) @ found.beats.astype(int) > 0
    assert (found.beats | ~through).all()


@settings(deadline=None)
@given(RANKINGS, st.integers(1, 9))
def test_only_the_order_on_a_ballot_counts(ranks, factor):
    found, stretched = schulze(ranks), schulze(ranks * factor + 3)

    np.testing.assert_array_equal(stretched.strengths, found.strengths)


@settings(deadline=None)
@given(RANKINGS)
def test_all_votes_turned_round_turn_the_comparisons_round(ranks):
    ranks = np.nan_to_num(ranks, nan=9.0)

    np.testing.assert_array_equal(schulze(-ranks).pairwise, schulze(ranks).pairwise.T)
    np.testing.assert_array_equal(schulze(-ranks).beats, schulze(ranks).beats.T)


@settings(deadline=None)
@given(APPROVALS, st.integers(0, 99))
def test_approvals_are_counted_whatever_their_order(ballots, seed):
    order = np.random.default_rng(seed).permutation(len(ballots))
    found, turned = approval(ballots), approval(ballots[order])

    assert found.counts.tolist() == [sum(map(int, column)) for column in ballots.T]
    assert (turned.order, turned.counts.tolist()) == (found.order, found.counts.tolist())
    np.testing.assert_array_equal(found.counts + found.against, len(ballots))
    counts = [[int(found.counts[each]) for each in place] for place in found.order]
    assert all(len(set(each)) == 1 for each in counts)
    assert counts == sorted(counts, reverse=True, key=lambda each: each[0])


@pytest.mark.parametrize(
    ("electors", "voted", "percent", "needed", "is_reached"),
    [
        (10, 5, 50, 5, True),
        (10, 4, 50, 5, False),
        (11, 5, 50, 6, False),
        (3, 1, 33.3, 1, True),
        (1000, 333, 33.3, 333, True),
        (1000, 332, Decimal("33.3"), 333, False),
        (1000, 70, 7, 70, True),
        (7, 0, 0, 0, True),
        (7, 7, 100, 7, True),
        (0, 0, 0, 0, False),
        (0, 0, 50, 0, False),
    ],
)
def test_exactly_as_many_as_needed_are_enough(electors, voted, percent, needed, is_reached):
    found = quorum(electors, voted, percent)

    assert (found.needed, found.is_reached) == (needed, is_reached)


def test_without_electors_there_is_no_turnout():
    assert quorum(0, 0, 50).turnout is None


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: approval([True]), "ballots.shape"),
        (lambda: approval([["x"]]), "ballots.shape"),
        (lambda: approval([[]]), "ballots.no_options"),
        (lambda: approval([[2]]), "ballots.not_approvals"),
        (lambda: approval([[NONE]]), "ballots.not_approvals"),
        (lambda: schulze([1, 2]), "ballots.shape"),
        (lambda: schulze([[]]), "ballots.no_options"),
        (lambda: schulze([[np.inf]]), "ballots.not_ranks"),
        (lambda: quorum(3, 4, 50), "ballots.electors"),
        (lambda: quorum(3, -1, 50), "ballots.electors"),
        (lambda: quorum(3, 1, 101), "ballots.percent"),
        (lambda: quorum(3, 1, NONE), "ballots.percent"),
    ],
)
def test_what_is_no_ballot_is_refused(call, code):
    with pytest.raises(MethodError) as refused:
        call()

    assert refused.value.code == code
