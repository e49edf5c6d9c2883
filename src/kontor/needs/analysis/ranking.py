"""How many members name a thing, how sure that is, how strongly, and what has changed in a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from kontor.methods.shares import difference_interval, wilson_interval
from kontor.needs.analysis.facets import Facet
from kontor.needs.analysis.material import Material, Side
from kontor.needs.models import Need
from kontor.ui.components import Text

# Below this many members heard, then or now, one voice more or less moves a share by more than it can mean.
FEWEST_FOR_CHANGE = 5


@dataclass(frozen=True)
class Change:
    """How a share differs from a year earlier: the difference and its interval, each in [−1, 1]."""

    before: int
    base_before: int
    difference: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """True where the change is larger than chance would explain."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Ranked:
    """One row: who names it. base: members heard. change: None where too few were heard then or now.

    urgent: organisations that need it now. urgency: mean of the most urgent need of each, 1 to 3.
    """

    key: str
    label: Text
    organisations: int
    base: int
    needs: int = 0
    low: float = 0.0
    high: float = 1.0
    urgent: int = 0
    urgency: float = 0.0
    change: Change | None = None
    is_loose: bool = False

    @property
    def share(self) -> float:
        """Return the share of the members heard."""
        return self.organisations / self.base if self.base else 0.0


@dataclass
class _Tally:
    needs: set[int] = field(default_factory=set)
    urgency: dict[int, int] = field(default_factory=dict)
    is_answered: bool = False


def ranked(material: Material, facet: Facet) -> tuple[Ranked, ...]:
    """Return who names what under a heading, the most named first; an organisation counts once per row."""
    tallies = _tallies(material, facet)
    keys = sorted(tallies)
    counts = [len(tallies[key].urgency) for key in keys]
    base = len(material.now.heard)
    low, high = wilson_interval(counts, [base] * len(keys))
    changes = _changes(material, facet, dict(zip(keys, counts, strict=True)))
    rows = (
        replace(
            _row(material, facet, key, tallies[key]),
            low=float(low[number]),
            high=float(high[number]),
            change=changes.get(key),
        )
        for number, key in enumerate(keys)
    )
    return tuple(sorted(rows, key=_order(facet)))


def ranked_expectations(material: Material, of: str) -> tuple[Ranked, ...]:
    """Return what members expect of the management or of the cluster, the most expected first.

    The base is those who expect anything of it: who was not asked, or left it out, is no "no".
    """
    naming: dict[str, set[int]] = defaultdict(set)
    for each in material.expected:
        if each.of == of:
            naming[each.code].add(each.organisation)
    asked = set().union(*naming.values())
    codes = sorted(naming, key=lambda code: (-len(naming[code]), code))
    counts = [len(naming[code]) for code in codes]
    low, high = wilson_interval(counts, [len(asked)] * len(codes))
    return tuple(
        Ranked(
            code,
            material.expectations.get(code, code),
            counts[i],
            len(asked),
            low=float(low[i]),
            high=float(high[i]),
        )
        for i, code in enumerate(codes)
    )


def _tallies(material: Material, facet: Facet) -> dict[str, _Tally]:
    found: dict[str, _Tally] = defaultdict(_Tally)
    for voice in material.now.voices:
        key = facet.key(voice)
        if key:
            tally = found[key]
            tally.needs.add(voice.lead)
            tally.urgency[voice.organisation] = max(voice.urgency, tally.urgency.get(voice.organisation, 0))
            tally.is_answered = tally.is_answered or voice.lead in material.answered
    return found


def _row(material: Material, facet: Facet, key: str, tally: _Tally) -> Ranked:
    urgencies = np.fromiter(tally.urgency.values(), dtype=np.int64)
    return Ranked(
        key=key,
        label=facet.named(key, material),
        organisations=len(urgencies),
        base=len(material.now.heard),
        needs=len(tally.needs),
        urgent=int((urgencies == Need.Urgency.NOW).sum()),
        urgency=float(urgencies.mean()),
        is_loose=not tally.is_answered,
    )


def _changes(material: Material, facet: Facet, counts: Mapping[str, int]) -> dict[str, Change]:
    """Return key → change since a year earlier; empty where too few were heard then or now."""
    base, earlier = len(material.now.heard), len(material.before.heard)
    if min(base, earlier) < FEWEST_FOR_CHANGE or facet is Facet.YEAR:
        return {}
    then = _naming(material.before, facet)
    keys = list(counts)
    before, now = [then.get(key, 0) for key in keys], [counts[key] for key in keys]
    low, high = difference_interval(before, [earlier] * len(keys), now, [base] * len(keys))
    return {
        key: Change(before[i], earlier, now[i] / base - before[i] / earlier, float(low[i]), float(high[i]))
        for i, key in enumerate(keys)
    }


def _naming(side: Side, facet: Facet) -> dict[str, int]:
    pairs = {(facet.key(voice), voice.organisation) for voice in side.voices}
    return _count(key for key, _organisation in pairs)


def _count(keys: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for key in keys:
        found[key] += 1
    return found


def _order(facet: Facet) -> Callable[[Ranked], Any]:
    if facet.is_ordered:
        return lambda row: -int(row.key)
    return lambda row: (-row.organisations, -row.needs, str(row.label), row.key)
