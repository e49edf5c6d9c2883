"""How what several sources say about one cell becomes one score with a range.

Pure: numbers in, numbers out. The rules are written out for readers in `METHOD` of the result page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

# How far a score may be off, as a share of the scale's length to either side, by how sure somebody is.
DOUBT = {1: 0.20, 2: 0.05, 3: 0.0}
# Where nobody says how long the scale is, the doubt is a share of the score itself.
_WITHOUT_SCALE = 1.0


@dataclass(frozen=True)
class Said:
    """One source's word on a cell, in the criterion's own unit.

    origin: "agreed", "assessor" or "data"; value None = the source looked and does not know.
    group:  for whom an assessor speaks, "" otherwise.
    """

    origin: str
    value: float | None
    low: float | None
    high: float | None
    confidence: int
    assessor: int | None = None
    group: str = ""


@dataclass(frozen=True)
class Settled:
    """What the study takes for a cell.

    value, low, high: NaN where nothing is known.   origin: whose word counted, "" where nobody's.
    spread: difference between the highest and the lowest value that people gave.
    voices: how many of them gave a value.
    """

    value: float
    low: float
    high: float
    origin: str
    spread: float = 0.0
    voices: int = 0

    @property
    def is_known(self) -> bool:
        """True where some source gave a value."""
        return self.value == self.value

    @property
    def is_certain(self) -> bool:
        """True where the range has no width."""
        return self.is_known and self.low == self.high


NOTHING = Settled(nan, nan, nan, "")


def settle(said: Sequence[Said], *, scale_length: float | None) -> Settled:
    """Return what counts: what the group agreed, else the mean of what people judged, else what data say.

    The range holds every range that was given, widened by how sure each source is; so people who disagree
    make a wide range, and a guess a wider one than a proof. A source that does not know adds nothing.
    """
    for origin in ("agreed", "assessor", "data"):
        known = [each for each in said if each.origin == origin and each.value is not None]
        if known:
            return _mean(known, origin, scale_length)
    return NOTHING


def _mean(known: Sequence[Said], origin: str, scale_length: float | None) -> Settled:
    values = [each.value for each in known if each.value is not None]
    mean = sum(values) / len(values)
    ranges = [_range(each, scale_length) for each in known]
    return Settled(
        value=mean,
        low=min(mean, *(low for low, _ in ranges)),
        high=max(mean, *(high for _, high in ranges)),
        origin=origin,
        spread=max(values) - min(values),
        voices=len(values),
    )


def _range(each: Said, scale_length: float | None) -> tuple[float, float]:
    """Return the range given, widened by the doubt that goes with the confidence."""
    assert each.value is not None
    length = scale_length if scale_length is not None else abs(each.value) * _WITHOUT_SCALE
    doubt = DOUBT[each.confidence] * length
    low = each.value if each.low is None else each.low
    high = each.value if each.high is None else each.high
    return min(low, each.value - doubt), max(high, each.value + doubt)
