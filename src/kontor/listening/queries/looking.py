"""What a reader wants to see of the answers, and what of it may be seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from kontor.actors.queries.segments import Dimension
from kontor.listening.confidentiality import Guard
from kontor.listening.queries.encoded import Encoded, group_codes
from kontor.methods.disclosure import Flags, published
from kontor.ui.components import Text


@dataclass(frozen=True)
class Look:
    """How the answers are looked at.

    by:      the groups side by side. only: dimension → groups that are meant, all where it is absent.
    weights: dimensions whose groups are weighed as in the membership.
    """

    by: Dimension | None = None
    only: tuple[tuple[Dimension, str], ...] = ()
    weights: tuple[Dimension, ...] = ()

    @property
    def is_narrowed(self) -> bool:
        """True where only some of the answers are meant."""
        return bool(self.only)

    def mask(self, data: Encoded) -> NDArray[np.bool_]:
        """Return which answers are meant, (n,): one of the groups in each dimension."""
        meant = np.ones(data.n, bool)
        for dimension in dict.fromkeys(each for each, _group in self.only):
            numbers = [group_codes(dimension).index(group) for each, group in self.only if each == dimension]
            meant &= np.isin(data.groups[dimension], numbers)
        return meant


@dataclass(frozen=True)
class Offer:
    """What may be asked for: dimension → groups with answers that may be shown."""

    groups: Mapping[Dimension, tuple[str, ...]]
    withheld: tuple[Dimension, ...]

    def labels(self, dimension: Dimension) -> list[tuple[str, Text]]:
        """Return (group, label) of a dimension."""
        return [(group, dimension.groups.get(group, _("not known"))) for group in self.groups[dimension]]


def offer_of(data: Encoded, guard: Guard) -> Offer:
    """Return the groups that may be looked at; a dimension of which all say the same is no breakdown."""
    everyone = np.ones(data.n, bool)
    shown = shown_in(data, everyone, guard.limit)
    groups, withheld = {}, []
    for dimension in Dimension:
        found = np.bincount(data.groups[dimension], minlength=len(group_codes(dimension)))
        seen = [group for number, group in enumerate(group_codes(dimension)) if shown[dimension][number]]
        if (found > 0).sum() < 2:
            continue
        if seen:
            groups[dimension] = tuple(seen)
        else:
            withheld.append(dimension)
    return Offer(groups, tuple(withheld))


def shown_in(data: Encoded, among: NDArray[np.bool_], limit: int) -> dict[Dimension, Flags]:
    """Return dimension → which of its groups may be shown, when a figure speaks of the answers `among`."""
    if limit == 1:
        return {each: _counts(data, each, among) > 0 for each in Dimension}
    key = ("shown", limit, np.packbits(among).tobytes())
    if key not in data.known:
        found = published({each: data.groups[each][among] for each in Dimension}, limit)
        data.known[key] = {each: _padded(found[each], len(group_codes(each))) for each in Dimension}
    shown: dict[Dimension, Flags] = data.known[key]
    return shown


def look_in(query: QueryDict, offer: Offer, guard: Guard) -> Look:
    """Return the look that an address asks for, as far as it is offered.

    Where small groups are held back, one thing at a time: groups side by side, or one of them alone. Two
    together would narrow the answers down to a few.
    """
    only = tuple(_pairs(query.getlist("only"), offer))
    by = _dimension(query.get("by", ""), offer)
    weights = tuple(each for each in offer.groups if str(each) in query.getlist("weight"))
    if guard.holds_back:
        only, weights = only[:1], weights[:1]
        by = None if only else by
    return Look(by, only, () if only else weights)


def _pairs(given: Sequence[str], offer: Offer) -> list[tuple[Dimension, str]]:
    pairs = []
    for text in given:
        name, _colon, group = text.partition(":")
        dimension = _dimension(name, offer)
        if dimension is not None and group in offer.groups[dimension]:
            pairs.append((dimension, group))
    return list(dict.fromkeys(pairs))


def _dimension(name: str, offer: Offer) -> Dimension | None:
    return next((each for each in offer.groups if str(each) == name), None)


def _counts(data: Encoded, dimension: Dimension, among: NDArray[np.bool_]) -> NDArray[np.int_]:
    return np.bincount(data.groups[dimension][among], minlength=len(group_codes(dimension)))


def _padded(flags: Flags, size: int) -> Flags:
    return np.concatenate([flags, np.zeros(max(0, size - flags.size), bool)])
