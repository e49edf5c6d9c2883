"""A criterion in words: its scale, its direction and when a candidate is out by it."""

from __future__ import annotations

from babel.numbers import format_decimal
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kontor.criteria.frozen import FrozenCriterion
from kontor.criteria.models import Criterion, Scale

Judged = Criterion | FrozenCriterion


def number_text(value: float, unit: str = "") -> str:
    """Return a number in the reader's writing, with as many decimals as it has, and its unit."""
    text = str(format_decimal(value, format="#,##0.######", locale=(get_language() or "en")[:2]))
    return f"{text}\u00a0{unit}" if unit else text


def scale_text(criterion: Judged) -> str:
    """Say in what the criterion is judged, such as "Number: members"."""
    label, unit = str(Scale(criterion.scale).label), str(criterion.unit)
    return f"{label}: {unit}" if unit else label


def ends_text(criterion: Judged) -> str:
    """Say from where to where the scale runs; an open end is what the candidates show."""
    if criterion.scale == Scale.YES_NO:
        return ""
    low, high = (_end(criterion, end) for end in (criterion.scale_low, criterion.scale_high))
    if low and high:
        return _("%(low)s to %(high)s") % {"low": low, "high": high}
    if low:
        return _("%(low)s to the highest value among the candidates") % {"low": low}
    if high:
        return _("the lowest value among the candidates to %(high)s") % {"high": high}
    return _("the lowest to the highest value among the candidates")


def direction_text(criterion: Judged) -> str:
    """Say which direction is the good one."""
    if criterion.scale == Scale.YES_NO:
        return _("yes is better") if criterion.is_benefit else _("no is better")
    return _("more is better") if criterion.is_benefit else _("less is better")


def knock_out_text(criterion: Judged) -> str:
    """Say when a candidate is out, "" where it never is."""
    below, above = criterion.knock_out_below, criterion.knock_out_above
    if criterion.scale == Scale.YES_NO:
        return _answers_out(below, above)
    said = []
    if below is not None:
        said.append(_("below %(value)s") % {"value": _end(criterion, below)})
    if above is not None:
        said.append(_("above %(value)s") % {"value": _end(criterion, above)})
    return _("%(first)s or %(second)s") % {"first": said[0], "second": said[1]} if said[1:] else "".join(said)


def _answers_out(below: float | None, above: float | None) -> str:
    if below is not None and below > 0:
        return _("with a no")
    return _("with a yes") if above is not None and above < 1 else ""


def _end(criterion: Judged, value: float | None) -> str:
    if value is None:
        return ""
    return number_text(value, "%" if criterion.scale == Scale.PERCENT else str(criterion.unit))
