"""The figures of one state of a study, as plain data that is stored, frozen and read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar


@dataclass(frozen=True)
class Standing:
    """One candidate in the race. candidate: primary key of the study's candidate.

    place: 1 is first; equal values share a place.   value: weighted sum in [0, 1], unknown at the middle.
    low, high: the value if everything uncertain turns out badly, or well.
    known: share of the weight on which something is known.
    topsis: closeness in [0, 1].   net: PROMETHEE II net flow in [-1, 1].
    parts: what each criterion adds to the value, in the order of the columns.
    """

    candidate: int
    place: int
    value: float
    low: float
    high: float
    known: float
    topsis: float
    topsis_place: int
    net: float
    net_place: int
    parts: tuple[float, ...]


@dataclass(frozen=True)
class Out:
    """A candidate beyond a threshold; see `numbers.KnockOut`."""

    candidate: int
    code: str
    value: float
    bound: float
    is_below: bool
    is_out: bool
    is_sure: bool


@dataclass(frozen=True)
class Interval:
    """How far a criterion's weight may go, in [0, 1], before somebody else comes first.

    rival_below, rival_above: who comes first beyond the end, None where nobody does.
    """

    code: str
    weight: float
    low: float
    high: float
    rival_below: int | None
    rival_above: int | None


@dataclass(frozen=True)
class Flip:
    """The change of a single score that puts the rival level with the leader.

    candidate: whose score changes.   before, after: in the criterion's own unit.
    is_unknown: nothing is known of the score; `before` is the middle of the scale.
    """

    candidate: int
    code: str
    before: float
    after: float
    is_unknown: bool


@dataclass(frozen=True)
class Reversal:
    """What would have to change for `rival` to come first: a single score, smallest first, or weights.

    flips:   changes of one score that suffice, () where none within the scales does.
    weights: code → weight of the nearest weights under which both are level, {} where there are none.
    moved:   share of all weight that changes its criterion then.
    giver, taker, amount: the smallest shift between two criteria that suffices; "" and 0 where none does.
    """

    rival: int
    gap: float
    flips: tuple[Flip, ...]
    weights: Mapping[str, float]
    moved: float
    giver: str
    taker: str
    amount: float


@dataclass(frozen=True)
class NextFact:
    """A cell that is not known for certain, and what finding it out would be worth.

    gain: expected gain in value of the choice.   chance: probability that somebody else then comes first.
    favours: who would most often come first instead, None where nobody would.
    is_unknown: nothing is known at all; otherwise a range.
    """

    candidate: int
    code: str
    gain: float
    chance: float
    favours: int | None
    is_unknown: bool


@dataclass(frozen=True)
class GroupView:
    """How one group of assessors sees it. standings: candidate → value; first: all who share first place."""

    group: str
    people: int
    first: tuple[int, ...]
    values: Mapping[str, float]
    weights: Mapping[str, float]


@dataclass(frozen=True)
class Plain:
    """What is computed at once.

    codes: the criteria that count, in order; weights: code → weight, summing to 1.
    has_weights: False where nobody has weighed yet and all count the same.
    excluded: candidates that the group left out.   unknown: cells of which nothing is known, of `cells`.
    dominated: candidate → those at least as good on everything and better on something.
    """

    codes: tuple[str, ...]
    weights: Mapping[str, float]
    has_weights: bool
    standings: tuple[Standing, ...]
    outs: tuple[Out, ...]
    excluded: tuple[int, ...]
    cells: int
    unknown: int
    dominated: Mapping[str, tuple[int, ...]]
    intervals: tuple[Interval, ...]
    reversal: Reversal | None
    next_facts: tuple[NextFact, ...]
    groups: tuple[GroupView, ...]

    @property
    def first(self) -> tuple[Standing, ...]:
        """All candidates that share the first place."""
        return tuple(each for each in self.standings if each.place == 1)

    @property
    def lost(self) -> frozenset[int]:
        """The candidates that a threshold put out of the race."""
        return frozenset(out.candidate for out in self.outs if out.is_out)


@dataclass(frozen=True)
class Robust:
    """What SMAA-2 found for one space of weights.

    space: "said" within what people said, "free" whatever the weights.
    candidates: in the order of the figures.   ranks: for each candidate the shares of places 1, 2, …
    central: code → weight under which the candidate typically comes first, {} where it never does.
    confidence: probability of coming first under its central weights, None where it never does.
    expected: mean place, None where there are so many candidates that not all places were counted.
    compared: the candidates compared in pairs.   wins: for each of them the share of cases in which it beats
    each other one, in the same order; 0.5 against itself.
    """

    space: str
    samples: int
    seed: int
    candidates: tuple[int, ...]
    ranks: tuple[tuple[float, ...], ...]
    central: tuple[Mapping[str, float], ...]
    confidence: tuple[float | None, ...]
    expected: tuple[float | None, ...]
    compared: tuple[int, ...]
    wins: tuple[tuple[float, ...], ...]

    def chance_of_first(self, candidate: int) -> float:
        """Return the share of cases in which the candidate comes first."""
        return self.ranks[self.candidates.index(candidate)][0]


Data = TypeVar("Data")


def as_json(data: Any) -> dict[str, Any]:
    """Return figures as plain JSON data; `from_json` gives the same back."""
    return asdict(data)


def from_json(kind: type[Data], stored: Mapping[str, Any]) -> Data:
    """Return the figures that were stored as `as_json` gave them."""
    names = [each.name for each in fields(kind)]  # type: ignore[arg-type]
    return kind(**{name: _read(name, stored[name]) for name in names})


_NESTED: dict[str, type[Any]] = {
    "standings": Standing,
    "outs": Out,
    "intervals": Interval,
    "flips": Flip,
    "next_facts": NextFact,
    "groups": GroupView,
}


def _read(name: str, value: Any) -> Any:
    if name in _NESTED:
        return tuple(from_json(_NESTED[name], each) for each in value)
    if name == "reversal":
        return None if value is None else from_json(Reversal, value)
    if name == "dominated":
        return {key: tuple(value[key]) for key in sorted(value)}
    return _frozen(value)


def _frozen(value: Any) -> Any:
    """Return lists as tuples, and what has keys in their order: one database keeps it, another does not."""
    if isinstance(value, Mapping):
        return {key: value[key] for key in sorted(value)}
    return tuple(_frozen(each) for each in value) if isinstance(value, list | tuple) else value
