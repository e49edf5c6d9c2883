"""From a matrix to its figures: no database, no clock, no words; the same matrix gives the same figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace

import numpy as np
from numpy.typing import NDArray

from kontor.methods.decision.next_fact import next_best_facts
from kontor.methods.decision.preferences import Preference, Shape
from kontor.methods.decision.problem import DecisionProblem
from kontor.methods.decision.promethee import promethee
from kontor.methods.decision.reversal import Reversal as Flipped
from kontor.methods.decision.reversal import what_would_flip
from kontor.methods.decision.stability import stability_intervals
from kontor.methods.decision.topsis import topsis
from kontor.studies.figures import Flip, GroupView, Interval, NextFact, Out, Plain, Reversal, Standing
from kontor.studies.matrix import Matrix, PersonWeights
from kontor.studies.numbers import Numbers, knock_outs, numbers

Floats = NDArray[np.float64]

# Values closer than this are the same: they differ by rounding only.
SAME = 1e-9
# A lead of a tenth of the scale does not count, one of half the scale counts in full.
PREFERENCE = Preference(Shape.LINEAR, q=0.1, p=0.5)
MOST_FLIPS = 20
MOST_FACTS = 50


def places(values: Floats) -> list[int]:
    """Return each value's place, 1 for the greatest; equal values share the better place.

    >>> places(np.array([0.2, 0.7, 0.7]))
    [3, 1, 1]
    """
    return [1 + int((values > value + SAME).sum()) for value in values]


def dominated(found: Numbers) -> dict[str, tuple[int, ...]]:
    """Return candidate → those that are at least as good on everything, surely, and better on something."""
    result = {}
    for number, row in enumerate(found.rows):
        at_least = (found.low >= found.high[number] - SAME).all(axis=1)
        better = (found.low > found.high[number] + SAME).any(axis=1)
        by = [found.rows[other].pk for other in np.flatnonzero(at_least & better)]
        if by:
            result[str(row.pk)] = tuple(by)
    return result


def standings(found: Numbers) -> tuple[Standing, ...]:
    """Return the candidates in the race, best first; equal ones in the order of the study."""
    parts = found.middle * found.weights
    values = parts.sum(axis=1)
    closeness, net = _topsis(found), _net_flows(found)
    by_value, by_closeness, by_net = places(values), places(closeness), places(net)
    rows = [
        Standing(
            candidate=row.pk,
            place=by_value[number],
            value=float(values[number]),
            low=float(found.low[number] @ found.weights),
            high=float(found.high[number] @ found.weights),
            known=float(found.known[number]),
            topsis=float(closeness[number]),
            topsis_place=by_closeness[number],
            net=float(net[number]),
            net_place=by_net[number],
            parts=tuple(float(part) for part in parts[number]),
        )
        for number, row in enumerate(found.rows)
    ]
    return tuple(sorted(rows, key=lambda each: each.place))


def _in_values(found: Numbers) -> DecisionProblem:
    """Return the problem in values from 0 to 1, which every method can take as they are."""
    n = len(found.columns)
    return DecisionProblem(found.middle, found.weights, np.ones(n, dtype=np.bool_), np.zeros(n), np.ones(n))


def _topsis(found: Numbers) -> Floats:
    return topsis(_in_values(found))


def _net_flows(found: Numbers) -> Floats:
    return promethee(_in_values(found), PREFERENCE).net


def intervals(found: Numbers) -> tuple[Interval, ...]:
    """Return how far each weight may go before somebody else comes first."""
    stability = stability_intervals(found.middle, found.weights)

    def who(index: int) -> int | None:
        return None if index < 0 else found.rows[index].pk

    return tuple(
        Interval(
            code=column.code,
            weight=float(found.weights[number]),
            low=float(stability.intervals[number, 0]),
            high=float(stability.intervals[number, 1]),
            rival_below=who(int(stability.rivals[number, 0])),
            rival_above=who(int(stability.rivals[number, 1])),
        )
        for number, column in enumerate(found.columns)
    )


def reversal(found: Numbers, rival: int | None = None) -> Reversal | None:
    """Return what would have to change for the second, or the rival at an index, to come first.

    None where there is no second.
    """
    if len(found.rows) < 2:
        return None
    flipped = what_would_flip(found.middle, found.weights, rival)
    codes = [column.code for column in found.columns]
    nearest, transfer = flipped.nearest, flipped.transfer
    weights = {} if nearest is None else dict(zip(codes, map(float, nearest.weights), strict=True))
    return Reversal(
        rival=found.rows[flipped.rival].pk,
        gap=flipped.gap,
        flips=_flips(found, flipped),
        weights=weights,
        moved=nearest.moved if nearest else 0.0,
        giver=codes[transfer.giver] if transfer else "",
        taker=codes[transfer.taker] if transfer else "",
        amount=transfer.amount if transfer else 0.0,
    )


def _flips(found: Numbers, flipped: Flipped) -> tuple[Flip, ...]:
    """Return every single score within its scale that would suffice, the smallest change first."""
    levels = (
        (flipped.rival, flipped.rival_level, flipped.rival_can),
        (flipped.leader, flipped.leader_level, flipped.leader_can),
    )
    possible = [
        (abs(float(level[column] - found.middle[row, column])), row, column, float(level[column]))
        for row, level, can in levels
        # A scale without a length has no score that could be another one.
        for column in map(int, np.flatnonzero(can & ~np.isnan(found.problem.ends[0])))
    ]
    return tuple(
        Flip(
            candidate=found.rows[row].pk,
            code=found.columns[column].code,
            before=found.in_unit(column, float(found.middle[row, column])),
            after=found.in_unit(column, level),
            is_unknown=bool(np.isnan(found.value[row, column])),
        )
        for _change, row, column, level in sorted(possible)[:MOST_FLIPS]
    )


def next_facts(found: Numbers) -> tuple[NextFact, ...]:
    """Return what is not known for certain, the most useful to find out first.

    Under the group's weights; within its range every value is taken as equally likely.
    """
    facts = next_best_facts(found.low, found.high, found.weights)
    return tuple(
        NextFact(
            candidate=found.rows[facts.candidate[place]].pk,
            code=found.columns[facts.criterion[place]].code,
            gain=float(facts.gain[place]),
            chance=float(facts.chance[place]),
            favours=None if facts.favours[place] < 0 else found.rows[facts.favours[place]].pk,
            is_unknown=bool(np.isnan(found.value[facts.candidate[place], facts.criterion[place]])),
        )
        for place in range(min(len(facts.gain), MOST_FACTS))
    )


def outs(matrix: Matrix) -> tuple[Out, ...]:
    """Return who is beyond a threshold, or might be."""
    return tuple(Out(**asdict(each)) for each in knock_outs(matrix))


def group_views(matrix: Matrix) -> tuple[GroupView, ...]:
    """Return how each group of assessors sees it, with its own weights and its own judgements.

    A group that has not weighed takes the weights of all; one that has judged nothing sees what data say.
    """
    groups = sorted({each.group for each in matrix.people} | set(_judging_groups(matrix)))
    return tuple(view for group in groups if (view := _group_view(matrix, group)) is not None)


def _judging_groups(matrix: Matrix) -> Iterable[str]:
    return (word.group for words in matrix.said.values() for word in words if word.group)


def _group_view(matrix: Matrix, group: str) -> GroupView | None:
    own = matrix.only_group(group)
    members = {each.assessor for each in own.people}
    members |= {word.assessor for words in own.said.values() for word in words if word.assessor is not None}
    weights = mean_weights(own.people)
    columns = tuple(
        replace(c, weight=weights.get(c.code, 0.0) if weights else c.weight) for c in own.criteria
    )
    found = numbers(replace(own, criteria=columns))
    if found is None:
        return None
    values = found.middle @ found.weights
    by_place = places(values)
    return GroupView(
        group=group,
        people=len(members),
        first=tuple(row.pk for row, place in zip(found.rows, by_place, strict=True) if place == 1),
        values={str(row.pk): float(value) for row, value in zip(found.rows, values, strict=True)},
        weights={c.code: float(w) for c, w in zip(found.columns, found.weights, strict=True)},
    )


def mean_weights(people: Iterable[PersonWeights]) -> dict[str, float]:
    """Return the mean of what people weighed, by code, summing to 1; {} where nobody has weighed."""
    shares = [dict(each.weights) for each in people if sum(each.weights.values()) > 0]
    total: dict[str, float] = {}
    for weights in shares:
        whole = sum(weights.values())
        for code, weight in weights.items():
            total[code] = total.get(code, 0.0) + weight / whole / len(shares)
    return total


def plain(matrix: Matrix) -> Plain:
    """Return all figures that are computed at once."""
    found = numbers(matrix)
    if found is None:
        return _nobody(matrix)
    return replace(
        _ranked(matrix, found),
        dominated=dominated(found),
        intervals=intervals(found),
        reversal=reversal(found),
        next_facts=next_facts(found),
        groups=group_views(matrix),
    )


def ranked(matrix: Matrix) -> Plain:
    """Return who stands where and nothing of what could change it: for weights tried out by the second."""
    found = numbers(matrix)
    return _nobody(matrix) if found is None else _ranked(matrix, found)


def _ranked(matrix: Matrix, found: Numbers) -> Plain:
    return replace(
        _nobody(matrix),
        codes=tuple(column.code for column in found.columns),
        weights={c.code: float(w) for c, w in zip(found.columns, found.weights, strict=True)},
        has_weights=found.has_weights,
        standings=standings(found),
        cells=found.value.size,
        unknown=int(np.isnan(found.value).sum()),
    )


def _nobody(matrix: Matrix) -> Plain:
    return Plain(
        codes=tuple(column.code for column in matrix.criteria),
        weights={},
        has_weights=False,
        standings=(),
        outs=outs(matrix),
        excluded=tuple(row.pk for row in matrix.candidates if row.excluded_because),
        cells=0,
        unknown=0,
        dominated={},
        intervals=(),
        reversal=None,
        next_facts=(),
        groups=(),
    )
