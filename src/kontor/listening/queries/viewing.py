"""One question as it is looked at: which answers are meant, which groups may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from kontor.listening.confidentiality import Guard
from kontor.listening.queries.columns import Column
from kontor.listening.queries.encoded import Encoded, group_codes
from kontor.listening.queries.figures import Group, Result
from kontor.listening.queries.looking import Look, shown_in
from kontor.listening.queries.wording import Wording
from kontor.methods.tabulation import Bases, Breakdown


@dataclass(frozen=True)
class Reading:
    """All that the results of a survey are read with. weights: (n,) or None; parallel to the answers."""

    data: Encoded
    look: Look
    guard: Guard
    wording: Wording
    weights: NDArray[np.float64] | None = None


@dataclass(frozen=True)
class View:
    """One question as it is looked at: rows that are meant, groups that are shown."""

    reading: Reading
    column: Column
    meant: NDArray[np.bool_]
    how: Breakdown
    groups: tuple[Group, ...]

    @property
    def asked(self) -> NDArray[np.bool_]:
        """Return who of them was asked."""
        return self.column.asked[self.meant]

    @property
    def values(self) -> NDArray[Any]:
        """Return their values."""
        return self.column.values[self.meant]

    @property
    def weighted(self) -> Breakdown | None:
        """Return them with their weights, None where none are asked for."""
        weights = self.reading.weights
        return None if weights is None else Breakdown.whole(int(self.meant.sum()), weights[self.meant])


def view_of(reading: Reading, column: Column) -> View | None:
    """Return what may be looked at of a question, None where too few answered."""
    data, look, limit = reading.data, reading.look, reading.guard.limit
    meant = look.mask(data)
    whole = View(reading, column, meant, Breakdown.whole(int(meant.sum())), ())
    if not may_show(whole, int((column.answered & meant).sum()), column.answered):
        return None
    shown = shown_in(data, column.answered, limit) if limit > 1 else {}
    kept = reading if _may_weigh(reading, shown) else replace(reading, weights=None)
    whole = replace(whole, reading=kept)
    return whole if look.by is None else _broken_down(whole, shown.get(look.by))


def may_show(view: View, people: int, answered: NDArray[np.bool_]) -> bool:
    """True where figures on so many people may be shown; `answered`: (n,) who of all gave this answer.

    A group that is looked at alone must be one that may stand beside the others: from the whole without
    them nobody else can be worked out.
    """
    data, look, limit = view.reading.data, view.reading.look, view.reading.guard.limit
    if limit == 1:
        return True
    if people < limit:
        return False
    shown = shown_in(data, answered, limit) if look.only else {}
    return all(shown[each][group_codes(each).index(group)] for each, group in look.only)


def _broken_down(view: View, shown: NDArray[np.bool_] | None) -> View:
    """Return the view with its groups; those that may not be shown (None: all may) stay, without figures."""
    dimension = view.reading.look.by
    assert dimension is not None
    names = group_codes(dimension)
    codes = view.reading.data.groups[dimension][view.meant]
    sizes = np.bincount(codes, minlength=len(names))
    answered = np.bincount(codes[view.column.answered[view.meant]], minlength=len(names))
    present = np.flatnonzero(sizes)
    groups = tuple(
        Group(
            names[each],
            dimension.groups.get(names[each], _("not known")),
            int(answered[each]) if shown is None or shown[each] else None,
        )
        for each in present
    )
    places = np.cumsum(sizes > 0) - 1
    return replace(view, how=Breakdown(places[codes], len(present)), groups=groups)


def _may_weigh(reading: Reading, shown: Mapping[Any, NDArray[np.bool_]]) -> bool:
    """True unless weighted beside unweighted shares would tell what a hidden group said."""
    if reading.weights is None or reading.guard.limit == 1:
        return True
    everyone = shown_in(reading.data, np.ones(reading.data.n, bool), reading.guard.limit)
    return all((shown[each] == everyone[each]).all() for each in reading.look.weights)


def told(empty: Result, bases: Bases) -> Result:
    """Return the result with who answered, who was silent and who was not asked."""
    return replace(
        empty,
        people=int(bases.people[-1]),
        silent=int(bases.silent[-1]),
        unasked=int(bases.unasked[-1]),
    )
