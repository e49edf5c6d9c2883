"""What two clusters have in common, what each has that the other lacks, and which members gain by it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kontor.methods.errors import MethodError

Floats = NDArray[np.float64]
Ints = NDArray[np.int_]
# Levels of competence: 0 none to 5 leading. From STRONG on there is something to learn from a partner.
TOP_LEVEL = 5.0
STRONG = 3.0


@dataclass(frozen=True, eq=False)
class MemberGains:
    """What each of k members gains by a partner.

    gain:     (k,) floats 0 to 1: how much of what the member needs and lacks the partner has strongly.
    by_competence: (k, c) floats ≥ 0; each row sums to the member's gain.
    order:    the members who gain anything, most first, of equals the one listed first.
    """

    gain: Floats
    by_competence: Floats
    order: Ints


def overlap(own: ArrayLike, partner: ArrayLike) -> float:
    """Return how much two profiles have in common: 0 to 1, 1 = the same.

    own, partner: (c,) levels from 0 to 5, whole or in between.

    Sum of the lower over sum of the higher levels. Not the cosine (Jaffe 1986), which sees directions only:
    to it a cluster of beginners is the same as one of leaders in the same fields, and on equal terms is what
    the choice is about. Where neither has anything there is nothing in common: 0. Cost: O(c).

    Raises MethodError "competences.shape" or "competences.levels".

    Source: Ružička (1958), Biológia (Bratislava) 13, 647–661; also called the weighted Jaccard index.

    >>> overlap([5, 3, 0], [5, 1, 2])
    0.6
    """
    ours = _levels(own)
    theirs = _levels(partner, ours.shape[0])
    higher = float(np.maximum(ours, theirs).sum())
    return float(np.minimum(ours, theirs).sum()) / higher if higher > 0 else 0.0


def complementarity(
    own: ArrayLike, partner: ArrayLike, need: ArrayLike | None = None, strong: float = STRONG
) -> float:
    """Return how much of what we need and lack the partner has strongly: 0 to 1.

    own, partner: (c,) levels from 0 to 5.
    need:   (c,) floats ≥ 0: how much each competence is needed, in any scale; None = all equally.
    strong: 0 to 5: below this level a partner has nothing to offer.

    Of each competence we lack what is missing to 5; a strong partner fills it up to its own level. The share
    is what is filled over what is lacking, both weighted by need: a definition of this program, of the kind
    "different, but of use" that Makri, Hitt & Lane (2010), Strategic Management Journal 31, 602–628, set
    apart from mere likeness. With nothing lacking, or nothing needed, 0. Turned round (partner first) it is
    what we have to offer, and the difference of both is who gives and who takes. Cost: O(c).

    Raises MethodError "competences.shape", "competences.levels" or "competences.need".

    >>> round(complementarity([5, 1, 0], [2, 5, 2], need=[1, 2, 1]), 3)
    0.615
    """
    return float(member_gains(_levels(own)[None, :], partner, need, strong).gain[0])


def contributions(
    own: ArrayLike, partner: ArrayLike, need: ArrayLike | None = None, strong: float = STRONG
) -> Floats:
    """Return from which competences the complementarity comes: (c,) floats ≥ 0 that sum to it.

    All as for `complementarity`.

    >>> contributions([5, 1, 0], [2, 5, 2], need=[1, 2, 1]).round(3).tolist()
    [0.0, 0.615, 0.0]
    """
    parts: Floats = member_gains(_levels(own)[None, :], partner, need, strong).by_competence[0]
    return parts


def member_gains(
    members: ArrayLike, partner: ArrayLike, need: ArrayLike | None = None, strong: float = STRONG
) -> MemberGains:
    """Return what each member gains by a partner, and from which competences.

    members: (k, c) levels from 0 to 5, a row for each member.   partner, strong: as for `complementarity`.
    need:    (k, c) floats ≥ 0, what each member needs, (c,) for all alike, or None = everything equally.

    Reckoned for each member as `complementarity` does for the cluster. Who lacks nothing, or needs nothing,
    gains 0 and stands in no order. Cost: O(k c).

    Raises MethodError as `complementarity` does.

    >>> found = member_gains([[5, 0], [1, 4]], [5, 5], need=[[1, 0], [1, 1]])
    >>> found.gain.tolist(), found.order.tolist()
    ([0.0, 1.0], [1])
    """
    theirs = _levels(partner)
    levels = _levels(members, theirs.shape[0], rows=True)
    needed = _need(need, levels.shape)
    if not 0 <= strong <= TOP_LEVEL:
        raise MethodError("competences.levels")
    lacking = needed * (TOP_LEVEL - levels)
    filled = np.where(theirs >= strong, needed * np.maximum(theirs - levels, 0.0), 0.0)
    total = lacking.sum(axis=1, keepdims=True)
    by_competence = np.divide(filled, total, out=np.zeros_like(filled), where=total > 0)
    gain = np.minimum(by_competence.sum(axis=1), 1.0)
    order = np.argsort(-gain.round(12), kind="stable")
    return MemberGains(gain, by_competence, order[gain[order] > 0])


def _levels(levels: ArrayLike, c: int | None = None, *, rows: bool = False) -> Floats:
    """Return levels as (c,) floats from 0 to 5, with `rows` as (k, c)."""
    try:
        given = np.asarray(levels, dtype=np.float64)
    except (TypeError, ValueError) as problem:
        raise MethodError("competences.shape") from problem
    if given.ndim != 1 + rows or (c is not None and given.shape[-1] != c):
        raise MethodError("competences.shape")
    if not ((given >= 0) & (given <= TOP_LEVEL)).all():
        raise MethodError("competences.levels")
    return given


def _need(need: ArrayLike | None, shape: tuple[int, ...]) -> Floats:
    """Return needs as (k, c) floats from 0 to 1; only their proportions count."""
    given = np.ones(shape) if need is None else np.asarray(need, dtype=np.float64)
    if given.shape not in (shape, shape[1:]):
        raise MethodError("competences.shape")
    if not (np.isfinite(given).all() and (given >= 0).all()):
        raise MethodError("competences.need")
    most = given.max(axis=-1, keepdims=True, initial=0.0)
    scaled: Floats = np.broadcast_to(given / np.where(most > 0, most, 1.0), shape)
    return scaled
