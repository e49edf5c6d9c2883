"""Stratified random samples of a small population, repeatable by seed, with an account of who and why.

The sample says three things about itself: how the places were spread over the groups (`allot`), who was drawn
within each group (`draw`), and how well each single dimension is covered (`Draw.coverage`).
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from kontor.methods.errors import MethodError

Groups: TypeAlias = tuple[str, ...]

_ROOT_SCALE = 10**12  # square roots as whole numbers: the same on every machine


class Allocation(StrEnum):
    """How places are spread over the strata."""

    PROPORTIONAL = "proportional"  # by size: the sample is a small picture of the population
    SQUARE_ROOT = "square_root"  # by the root of the size: small strata are heard more
    EQUAL = "equal"  # the same for all: strata can be compared


@dataclass(frozen=True)
class Unit:
    """Somebody who can be drawn. id: stable over time. groups: one code for each dimension."""

    id: str
    groups: Groups


@dataclass(frozen=True)
class Stratum:
    """All units with the same groups.

    order: ids in the order of the draw; the first `allotted` are drawn, the others are the reserve.
    """

    groups: Groups
    allotted: int
    order: tuple[str, ...]

    @property
    def population(self) -> int:
        """Return how many units there are."""
        return len(self.order)

    @property
    def drawn(self) -> tuple[str, ...]:
        """Return who was drawn, in order."""
        return self.order[: self.allotted]

    @property
    def reserve(self) -> tuple[str, ...]:
        """Return who takes the place of somebody who drops out, in order."""
        return self.order[self.allotted :]

    @property
    def probability(self) -> float:
        """Return the chance of each of its units to be drawn, 0 to 1."""
        return self.allotted / self.population

    @property
    def weight(self) -> float | None:
        """Return for how many units each drawn one stands; None where nobody was drawn."""
        return self.population / self.allotted if self.allotted else None


@dataclass(frozen=True)
class Covered:
    """One group of one dimension. population, drawn: numbers of units."""

    group: str
    population: int
    drawn: int


@dataclass(frozen=True)
class Draw:
    """A sample. strata: by their groups, in alphabetical order."""

    seed: int
    strata: tuple[Stratum, ...]

    @property
    def drawn(self) -> tuple[str, ...]:
        """Return all who were drawn, stratum by stratum."""
        return tuple(each for stratum in self.strata for each in stratum.drawn)

    @property
    def population(self) -> int:
        """Return how many could have been drawn."""
        return sum(stratum.population for stratum in self.strata)

    def coverage(self, dimension: int) -> tuple[Covered, ...]:
        """Return each group of a dimension (its place in `Unit.groups`), in alphabetical order."""
        population: dict[str, int] = defaultdict(int)
        drawn: dict[str, int] = defaultdict(int)
        for stratum in self.strata:
            population[stratum.groups[dimension]] += stratum.population
            drawn[stratum.groups[dimension]] += stratum.allotted
        return tuple(Covered(group, population[group], drawn[group]) for group in sorted(population))


def draw(
    units: Iterable[Unit],
    size: int,
    seed: int,
    allocation: Allocation = Allocation.PROPORTIONAL,
    at_least: int = 1,
) -> Draw:
    """Return a stratified random sample of `size` units, all of them where there are fewer.

    Each stratum is a simple random sample without replacement: its units stand in the order of the SHA-256
    digests of "seed:id". So the draw depends on nothing but seed, ids and groups: not on the order of the
    input, on a library or a machine; and a unit that joins one stratum leaves the order in all others as it
    was. Seeds are chance only while nobody picks the one whose sample pleases: fix the seed before looking.

    The chance to be drawn is allotted / population of the stratum, exactly. Strata without a place have the
    chance 0; of them the sample says nothing, and weights do not mend that. Degenerate cases: no units or
    size 0 give an empty sample. Cost: O(N log N) time, O(N) memory.

    Raises MethodError "sampling.size_negative", "sampling.id_twice" or "sampling.groups_differ".

    Source: Cochran (1977), Sampling Techniques, 3rd ed., ch. 5 and 5A; ordering by random numbers that stay
    with the unit: Ohlsson (1995), Coordination of samples using permanent random numbers.

    >>> firms = [Unit(f"f{n}", ("sme",)) for n in range(9)] + [Unit("u1", ("university",))]
    >>> sample = draw(firms, 3, seed=4711)
    >>> [(s.groups, s.population, s.allotted, s.drawn) for s in sample.strata]
    [(('sme',), 9, 2, ('f8', 'f2')), (('university',), 1, 1, ('u1',))]
    """
    members: dict[Groups, list[str]] = defaultdict(list)
    for unit in units:
        members[unit.groups].append(unit.id)
    _check(members)
    sizes = {groups: len(members[groups]) for groups in sorted(members)}
    places = allot(sizes, size, allocation, at_least)
    strata = (
        Stratum(groups, places[groups], tuple(sorted(members[groups], key=lambda each: _chance(seed, each))))
        for groups in sizes
    )
    return Draw(seed, tuple(strata))


def allot(
    sizes: Mapping[Groups, int],
    size: int,
    allocation: Allocation = Allocation.PROPORTIONAL,
    at_least: int = 1,
) -> dict[Groups, int]:
    """Return stratum → places; they sum to min(size, population) and never exceed the stratum.

    sizes:    stratum → units, ≥ 0.   size: places, ≥ 0.
    at_least: places for each stratum that has as many units; lowered evenly where `size` does not suffice.

    Where there is a place for every stratum, quotas follow the allocation within these bounds, and the places
    left after rounding down go to the largest remainders (Hamilton's method), among equal ones to the larger
    stratum, then to the first by code. With one place more a small stratum can lose one (the Alabama
    paradox).

    Where there are fewer places than strata, they are given one by one, each to the stratum (1) that brings
    in most groups, of any dimension, which nobody stands for yet; among equal ones (2) to that which brings
    the groups of each dimension closest to their share in the population (least sum of squared differences in
    places), then (3) to the larger one, then to the first by code. The allocation does not count then. This
    is a greedy rule: cover by single dimensions is good, not provably the best.

    Cost: O(k² + k log k) for k strata with exact fractions; O(size · k · d) by the greedy rule.

    Raises MethodError "sampling.size_negative".

    Source: Cochran (1977), 5.5–5.9 on allocation; Balinski & Young (1982), Fair Representation, on Hamilton's
    method; Bankier (1988), JASA 83, 174–177, on roots of sizes.

    >>> list(allot({("a",): 60, ("b",): 30, ("c",): 3}, 10).values())
    [6, 3, 1]
    """
    if size < 0:
        raise MethodError("sampling.size_negative", size=size)
    filled = {groups: number for groups, number in sorted(sizes.items()) if number > 0}
    nothing = dict.fromkeys(sizes, 0)
    wanted = min(size, sum(filled.values()))
    if not wanted:
        return nothing
    found = (
        _covering(filled, wanted) if wanted < len(filled) else _quotas(filled, wanted, allocation, at_least)
    )
    return nothing | found


def _check(members: Mapping[Groups, Sequence[str]]) -> None:
    seen: set[str] = set()
    for ids in members.values():
        for each in ids:
            if each in seen:
                raise MethodError("sampling.id_twice", id=each)
            seen.add(each)
    if len({len(groups) for groups in members}) > 1:
        raise MethodError("sampling.groups_differ")


def _chance(seed: int, unit: str) -> tuple[str, str]:
    return hashlib.sha256(f"{seed}:{unit}".encode()).hexdigest(), unit


def _quotas(
    sizes: Mapping[Groups, int], wanted: int, allocation: Allocation, at_least: int
) -> dict[Groups, int]:
    lows = {groups: min(_affordable(sizes, wanted, at_least), number) for groups, number in sizes.items()}
    quotas = _bounded(_weights(sizes, allocation), lows, sizes, wanted)
    places = {groups: math.floor(quota) for groups, quota in quotas.items()}
    by_remainder = sorted(sizes, key=lambda each: (places[each] - quotas[each], -sizes[each], each))
    for groups in by_remainder[: wanted - sum(places.values())]:
        places[groups] += 1
    return places


def _affordable(sizes: Mapping[Groups, int], wanted: int, at_least: int) -> int:
    """Return the largest minimum, up to the one asked for, that all strata together can have."""
    least = max(at_least, 0)
    while sum(min(least, number) for number in sizes.values()) > wanted:
        least -= 1
    return least


def _weights(sizes: Mapping[Groups, int], allocation: Allocation) -> dict[Groups, int]:
    if allocation == Allocation.EQUAL:
        return dict.fromkeys(sizes, 1)
    if allocation == Allocation.SQUARE_ROOT:
        return {groups: math.isqrt(number * _ROOT_SCALE**2) for groups, number in sizes.items()}
    return dict(sizes)


def _bounded(
    weights: Mapping[Groups, int], lows: Mapping[Groups, int], highs: Mapping[Groups, int], wanted: int
) -> dict[Groups, Fraction]:
    """Return quotas in proportion to the weights, each within its bounds, that sum to `wanted`.

    In each round the side of the bounds that is violated more is fixed; that is the exact solution.
    """
    fixed: dict[Groups, Fraction] = {}
    while len(fixed) < len(weights):
        free = [each for each in weights if each not in fixed]
        rate = Fraction(wanted - sum(fixed.values()), sum(weights[each] for each in free))
        quotas = {each: rate * weights[each] for each in free}
        below = {each: lows[each] - quota for each, quota in quotas.items() if quota < lows[each]}
        above = {each: quota - highs[each] for each, quota in quotas.items() if quota > highs[each]}
        if not below and not above:
            return fixed | quotas
        is_below = sum(below.values()) >= sum(above.values())
        bounds, broken = (lows, below) if is_below else (highs, above)
        fixed |= {each: Fraction(bounds[each]) for each in broken}
    return fixed


def _covering(sizes: Mapping[Groups, int], wanted: int) -> dict[Groups, int]:
    total = sum(sizes.values())
    target: dict[tuple[int, str], Fraction] = defaultdict(Fraction)
    for groups, number in sizes.items():
        for margin in enumerate(groups):
            target[margin] += Fraction(number * wanted, total)
    held: dict[tuple[int, str], int] = dict.fromkeys(target, 0)
    places = dict.fromkeys(sizes, 0)
    for _place in range(wanted):
        free = (groups for groups in sizes if places[groups] < sizes[groups])
        best = min(free, key=lambda each: _merit(each, held, target, sizes[each]))
        places[best] += 1
        for margin in enumerate(best):
            held[margin] += 1
    return places


def _merit(
    groups: Groups,
    held: Mapping[tuple[int, str], int],
    target: Mapping[tuple[int, str], Fraction],
    number: int,
) -> tuple[int, Fraction, int, Groups]:
    """Return what makes a stratum come early: smaller is better."""
    margins = list(enumerate(groups))
    new = sum(not held[margin] for margin in margins)
    # One place more in a margin changes (held - target)² by 2 (held - target) + 1; the rest stays as it was.
    distance = sum((2 * (held[margin] - target[margin]) + 1 for margin in margins), Fraction(0))
    return -new, distance, -number, groups
