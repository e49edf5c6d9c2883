"""What would have to change for somebody else to come first, in sentences."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kontor.studies.figures import Flip, Reversal
from kontor.studies.reading import Reading
from kontor.studies.told import number_text, percent_text

MOST_FLIPS = 8
# Smaller moves of a weight are not shown.
NOTED = 0.0005


@dataclass(frozen=True)
class MovedWeight:
    """How a criterion's weight would have to change."""

    criterion: str
    before: str
    after: str


@dataclass(frozen=True)
class ShownReversal:
    """What would put the rival level with the first: a single score, or other weights."""

    rival: str
    scores: tuple[str, ...]
    shift: str
    moved: str
    weights: tuple[MovedWeight, ...]
    is_impossible: bool


def reversal_told(reversal: Reversal, reading: Reading) -> ShownReversal:
    """Return a reversal in the reader's language."""
    scores = tuple(_flip(each, reading) for each in reversal.flips[:MOST_FLIPS])
    shift = _shift(reversal, reading)
    before = reading.plain.weights
    weights = tuple(
        MovedWeight(reading.criterion(code), percent_text(before[code]), percent_text(after))
        for code, after in sorted(
            reversal.weights.items(), key=lambda pair: (-abs(pair[1] - before[pair[0]]), pair[0])
        )
        if abs(after - before[code]) >= NOTED
    )
    moved = ""
    if weights:
        moved = _("At least %(share)s of all weight would have to move to other criteria.") % {
            "share": percent_text(reversal.moved)
        }
    return ShownReversal(
        reading.name(reversal.rival), scores, shift, moved, weights, not (scores or shift or weights)
    )


def _flip(each: Flip, reading: Reading) -> str:
    shown = {
        "who": reading.name(each.candidate),
        "criterion": reading.criterion(each.code),
        "before": number_text(each.before),
        "after": number_text(each.after),
    }
    if each.is_unknown:
        return _("“%(criterion)s” of %(who)s turns out to be %(after)s (not known yet)") % shown
    return _("“%(criterion)s” of %(who)s is %(after)s instead of %(before)s") % shown


def _shift(reversal: Reversal, reading: Reading) -> str:
    if not reversal.giver:
        return ""
    return _("%(points)s of the weight move from “%(giver)s” to “%(taker)s”") % {
        "points": percent_text(reversal.amount),
        "giver": reading.criterion(reversal.giver),
        "taker": reading.criterion(reversal.taker),
    }
