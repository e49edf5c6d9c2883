"""What makes a criterion sound, whoever writes it: a form, an import or the reference."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from kontor.criteria.models import Criterion, Scale
from kontor.criteria.problems import CriteriaError
from kontor.criteria.reference import families
from kontor.criteria.sources import sources
from kontor.criteria.texts import said, texts_of

POINTS = ("1", "3", "5")
LARGEST = 1e15
# The ends of a scale that has its own; those of a percentage may be drawn closer.
FIXED_ENDS = {Scale.POINTS: (1.0, 5.0), Scale.YES_NO: (0.0, 1.0)}
WIDEST_ENDS = {**FIXED_ENDS, Scale.PERCENT: (0.0, 100.0)}
_WHOLE = {"scale_low": 0.0, "scale_high": 100.0}
# The longest text in one language; texts in several languages know no limit in the database.
LONGEST = {"name": 200, "meaning": 1000, "evidence": 1000, "unit": 60, "anchors": 300}
_TEXTS = ("name", "meaning", "evidence", "unit")


def settled(fields: Mapping[str, Any], current: Criterion | None = None) -> dict[str, Any]:
    """Return the fields as they are stored: texts without blanks around, and nothing that the scale lacks.

    anchors among the fields: points → language → text; those that are not named are emptied.
    current: the criterion that is being changed, for what `fields` does not name.
    """
    given = dict(fields) | {name: said(fields[name]) for name in _TEXTS if name in fields}
    scale = given.get("scale", current.scale if current else Scale.POINTS)
    if scale != Scale.NUMBER:
        given["unit"] = said({})
    anchors = given.pop("anchors", None)
    anchors = anchors if scale == Scale.POINTS else {}
    if anchors is not None:
        given |= {f"anchor_{point}": said(anchors.get(point, {})) for point in POINTS}
    if scale in FIXED_ENDS:
        given["scale_low"], given["scale_high"] = FIXED_ENDS[Scale(scale)]
    elif scale == Scale.PERCENT:
        given |= {name: end for name, end in _WHOLE.items() if given.get(name) is None}
    return given


def check(criterion: Criterion) -> None:
    """Raise CriteriaError `criterion.*`, or Django's ValidationError, where the criterion makes no sense."""
    check_content(criterion)
    criterion.full_clean()


def check_content(criterion: Criterion) -> None:
    """Raise CriteriaError `criterion.*` where what the criterion says makes no sense. Asks nothing."""
    if not texts_of(criterion.name):
        raise CriteriaError("criterion.no_name")
    if criterion.family not in {family.code for family in families(criterion.catalogue.purpose)}:
        raise CriteriaError("criterion.family_unknown", family=criterion.family)
    if criterion.scale not in Scale.values:
        raise CriteriaError("criterion.scale_unknown", scale=criterion.scale)
    if criterion.source and criterion.source not in sources():
        raise CriteriaError("criterion.source_unknown", source=criterion.source)
    _check_lengths(criterion)
    _check_ends(criterion)
    _check_knock_out(criterion)


def _check_lengths(criterion: Criterion) -> None:
    texts = [(name, text) for name in _TEXTS for text in texts_of(getattr(criterion, name)).values()]
    texts += [
        ("anchors", text) for anchor in criterion.anchors.values() for text in texts_of(anchor).values()
    ]
    for name, text in texts:
        if len(text) > LONGEST[name]:
            raise CriteriaError("criterion.text_too_long", longest=LONGEST[name], text=f"{text[:40]}…")


def _check_ends(criterion: Criterion) -> None:
    low, high = criterion.scale_low, criterion.scale_high
    numbers = (low, high, criterion.knock_out_below, criterion.knock_out_above)
    if any(each is not None and not (math.isfinite(each) and abs(each) <= LARGEST) for each in numbers):
        raise CriteriaError("criterion.number_too_large")
    if low is not None and high is not None and low >= high:
        raise CriteriaError("criterion.ends_reversed")
    if criterion.scale in WIDEST_ENDS:
        least, most = WIDEST_ENDS[Scale(criterion.scale)]
        if any(each is not None and not least <= each <= most for each in (low, high)):
            raise CriteriaError("criterion.ends_outside", least=int(least), most=int(most))


def _check_knock_out(criterion: Criterion) -> None:
    below, above = criterion.knock_out_below, criterion.knock_out_above
    if below is not None and above is not None and below > above:
        raise CriteriaError("criterion.all_knocked_out")
    if criterion.scale in WIDEST_ENDS:
        least, most = WIDEST_ENDS[Scale(criterion.scale)]
        if any(each is not None and not least <= each <= most for each in (below, above)):
            raise CriteriaError("criterion.knock_out_outside", least=int(least), most=int(most))
