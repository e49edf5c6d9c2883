"""Stratified samples: rules of allotment, the draw, and what both promise."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.methods.errors import MethodError
from kontor.methods.sampling import Allocation, Unit, allot, draw

dimensions = st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz"), st.sampled_from("01"))
populations = st.dictionaries(dimensions, st.integers(0, 30), max_size=12)
allocations = st.sampled_from(list(Allocation))
seeds = st.integers(0, 2**31 - 1)


def units_of(sizes) -> list[Unit]:
    return [
        Unit(f"{'|'.join(groups)}-{number}", groups)
        for groups, size in sizes.items()
        for number in range(size)
    ]


# Allotment


def test_places_follow_the_size_of_the_strata_by_largest_remainders():
    # Hamilton's method: quotas 4.7, 3.2, 2.1 of 10 places leave one for the largest remainder.
    assert list(allot({("a",): 47, ("b",): 32, ("c",): 21}, 10).values()) == [5, 3, 2]


def test_equal_allocation_fills_small_strata_and_spreads_the_rest():
    sizes = {("a",): 100, ("b",): 100, ("c",): 2}

    assert list(allot(sizes, 12, Allocation.EQUAL).values()) == [5, 5, 2]


def test_square_root_allocation_hears_small_strata_more():
    sizes = {("a",): 81, ("b",): 16, ("c",): 1}

    assert list(allot(sizes, 14, Allocation.SQUARE_ROOT).values()) == [9, 4, 1]


def test_equal_remainders_go_to_the_larger_stratum_and_then_to_the_first_by_code():
    assert allot({("b",): 5, ("a",): 5}, 3) == {("b",): 1, ("a",): 2}


def test_a_minimum_that_is_too_much_for_all_is_lowered_for_all():
    assert list(allot({("a",): 50, ("b",): 5, ("c",): 5}, 7, at_least=3).values()) == [3, 2, 2]


def test_few_places_first_bring_in_groups_that_nobody_stands_for():
    sizes = {("sme", "none"): 50, ("sme", "active"): 30, ("large", "none"): 2, ("university", "active"): 1}

    assert allot(sizes, 3) == {
        ("sme", "none"): 1,
        ("sme", "active"): 0,
        ("large", "none"): 1,
        ("university", "active"): 1,
    }


def test_few_places_go_to_new_groups_before_shares_count():
    sizes = {("sme", str(place)): 40 if place == 0 else 1 for place in range(6)}

    assert allot(sizes, 5) == {("sme", str(place)): 1 if place < 5 else 0 for place in range(6)}


def test_once_every_group_is_stood_for_the_shares_of_each_dimension_count():
    sizes = {("a", "x"): 50, ("a", "y"): 1, ("b", "x"): 1, ("b", "y"): 1}

    assert allot(sizes, 3) == {("a", "x"): 2, ("a", "y"): 0, ("b", "x"): 0, ("b", "y"): 1}


@given(populations, st.integers(0, 60), allocations, st.integers(0, 3))
def test_places_sum_to_what_is_wanted_or_to_all_there_are(sizes, wanted, allocation, at_least):
    places = allot(sizes, wanted, allocation, at_least)

    assert sum(places.values()) == min(wanted, sum(sizes.values()))


@given(populations, st.integers(0, 60), allocations, st.integers(0, 3))
def test_no_stratum_has_more_places_than_units(sizes, wanted, allocation, at_least):
    places = allot(sizes, wanted, allocation, at_least)

    assert [groups for groups in sizes if not 0 <= places[groups] <= sizes[groups]] == []


@given(populations, st.integers(0, 60), allocations)
def test_every_stratum_is_heard_where_there_are_places_for_all(sizes, wanted, allocation):
    filled = [groups for groups, size in sizes.items() if size]
    places = allot(sizes, wanted, allocation)

    assert len(filled) > wanted or all(places[groups] for groups in filled)


@given(populations, st.integers(0, 60))
def test_a_proportional_place_is_never_a_whole_one_off_where_the_minimum_does_not_interfere(sizes, wanted):
    total = sum(sizes.values())
    places = allot(sizes, wanted, at_least=0)
    filled = sum(bool(size) for size in sizes.values())

    assert wanted < filled or all(
        abs(places[groups] - min(wanted, total) * size / total) < 1 for groups, size in sizes.items() if size
    )


@given(populations, st.integers(1, 12))
def test_few_places_stand_for_at_least_as_many_groups_as_one_dimension_allows(sizes, wanted):
    filled = {groups for groups, size in sizes.items() if size}
    places = allot(sizes, wanted)
    stood_for = {(index, group) for groups in filled if places[groups] for index, group in enumerate(groups)}
    largest = max((len({groups[index] for groups in filled}) for index in range(3)), default=0)

    assert len(stood_for) >= min(wanted, largest)


def test_a_negative_number_of_places_is_refused():
    with pytest.raises(MethodError, match=r"sampling\.size_negative"):
        allot({("a",): 1}, -1)


# The draw


@given(populations, st.integers(0, 40), seeds, st.randoms())
def test_the_same_seed_draws_the_same_whatever_the_order_of_the_list(sizes, wanted, seed, chance):
    units = units_of(sizes)
    shuffled = chance.sample(units, len(units))

    assert draw(units, wanted, seed) == draw(shuffled, wanted, seed)


@given(populations, st.integers(0, 40), seeds)
def test_drawn_and_reserve_together_are_the_stratum_and_nobody_stands_twice(sizes, wanted, seed):
    units = units_of(sizes)
    sample = draw(units, wanted, seed)
    listed = [each for stratum in sample.strata for each in (*stratum.drawn, *stratum.reserve)]

    assert sorted(listed) == sorted(unit.id for unit in units)


@given(populations, st.integers(0, 40), seeds)
def test_somebody_new_in_another_stratum_does_not_change_the_order_here(sizes, wanted, seed):
    units = units_of(sizes)
    before = {stratum.groups: stratum.order for stratum in draw(units, wanted, seed).strata}
    after = draw([*units, Unit("new", ("d", "z", "new"))], wanted, seed)

    assert {s.groups: s.order for s in after.strata if s.groups != ("d", "z", "new")} == before


@given(populations, st.integers(0, 40), seeds)
def test_weights_sum_to_the_population_of_the_strata_that_are_heard(sizes, wanted, seed):
    sample = draw(units_of(sizes), wanted, seed)
    heard = [stratum for stratum in sample.strata if stratum.allotted]
    weighed = sum(stratum.allotted * stratum.weight for stratum in heard)

    assert math.isclose(weighed, sum(stratum.population for stratum in heard), abs_tol=1e-9)


@given(populations, st.integers(0, 40), seeds, st.integers(0, 2))
def test_each_dimension_adds_up_to_population_and_sample(sizes, wanted, seed, dimension):
    sample = draw(units_of(sizes), wanted, seed)
    covered = sample.coverage(dimension)

    assert (sum(each.population for each in covered), sum(each.drawn for each in covered)) == (
        sample.population,
        len(sample.drawn),
    )


def test_other_seeds_draw_others():
    units = units_of({("a",): 40})

    assert len({draw(units, 5, seed).drawn for seed in range(50)}) == 50


def test_over_many_seeds_each_unit_is_drawn_as_often_as_its_probability_says():
    units = units_of({("a",): 20, ("b",): 6})
    repeats = 2000
    hits = Counter(each for seed in range(repeats) for each in draw(units, 8, seed).drawn)
    strata = {each: stratum for stratum in draw(units, 8, 0).strata for each in stratum.order}
    # The seeds are fixed, so this holds or fails for ever; five standard errors leave room for chance.
    off = [
        unit.id
        for unit in units
        if abs(hits[unit.id] / repeats - strata[unit.id].probability)
        > 5 * math.sqrt(strata[unit.id].probability * (1 - strata[unit.id].probability) / repeats)
    ]

    assert off == []


def test_over_many_seeds_pairs_are_drawn_together_as_in_a_simple_random_sample():
    units = units_of({("a",): 6})
    repeats = 3000
    pairs = Counter(tuple(sorted(draw(units, 2, seed).drawn)) for seed in range(repeats))
    expected = repeats / 15
    chi_square = sum((pairs[pair] - expected) ** 2 / expected for pair in pairs) + expected * (
        15 - len(pairs)
    )

    assert chi_square < 36.1  # 14 degrees of freedom, p = 0.001


def test_an_empty_population_gives_an_empty_sample():
    assert draw([], 5, seed=1).drawn == ()


def test_somebody_who_stands_on_the_list_twice_is_refused():
    with pytest.raises(MethodError, match=r"sampling\.id_twice"):
        draw([Unit("1", ("a",)), Unit("1", ("b",))], 1, seed=1)


def test_units_of_different_dimensions_are_refused():
    with pytest.raises(MethodError, match=r"sampling\.groups_differ"):
        draw([Unit("1", ("a",)), Unit("2", ("a", "b"))], 1, seed=1)
