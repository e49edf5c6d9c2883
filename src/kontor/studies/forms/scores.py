"""One cell as typed, and how it reads. The same for the page of an assessor, for the group and for Excel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from kontor.imports.parsers.dates import day
from kontor.imports.parsers.numbers import decimal
from kontor.imports.refused import FieldFault
from kontor.reports.format import count
from kontor.studies.models import Score, StudyCriterion
from kontor.studies.problems import StudyError
from kontor.studies.services.judging import Judgement, checked

FIELDS = ("value", "low", "high", "unknown", "confidence", "evidence", "source", "source_url", "as_of")
_LONGEST = {"evidence": 4000, "source": 300, "source_url": 500}


def cell_prefix(candidate: int, criterion: int) -> str:
    """Return what the fields of a cell begin with on a page that shows several."""
    return f"c{candidate}-{criterion}-"


def fields_of(posted: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """Return the fields of one cell as typed, without blanks around; a post without the cell gives {}.

    A question mark for a score says the same as a tick at "not known".
    """
    typed = {
        name: str(posted[f"{prefix}{name}"]).strip()[: _LONGEST.get(name, 60)]
        for name in FIELDS
        if f"{prefix}{name}" in posted
    }
    return typed | {"value": "", "unknown": "1"} if typed.get("value") == "?" else typed


def fields_of_score(score: Score | None, language: str) -> dict[str, str]:
    """Return the fields of a cell as they would be typed for a stored score."""
    if score is None:
        return {}
    has_range = not score.is_unknown and (score.low != score.value or score.high != score.value)
    shown = {
        "value": typed_number(score.value, language),
        "low": typed_number(score.low, language) if has_range else "",
        "high": typed_number(score.high, language) if has_range else "",
        "unknown": "1" if score.is_unknown else "",
        "confidence": str(score.confidence),
        "evidence": score.evidence,
        "source": score.source,
        "source_url": score.source_url,
        "as_of": score.as_of.isoformat() if score.as_of else "",
    }
    return {name: text for name, text in shown.items() if text}


def read_cell(fields: Mapping[str, str], criterion: StudyCriterion) -> Judgement | None:
    """Return what the fields say, None where they say nothing.

    Raises StudyError "score.not_a_number", "score.not_a_day", "score.bad_link", "score.no_value",
    "score.range_open" or what `services.judging.checked` raises.
    """
    more = _more(fields)
    if fields.get("unknown"):
        return Judgement(None, **more)
    value, low, high = (_number(fields, name) for name in ("value", "low", "high"))
    if value is None and low is None and high is None:
        if fields.get("evidence") or fields.get("source") or fields.get("source_url"):
            raise StudyError("score.no_value")
        return None
    low, high = _closed(low, high, value, criterion)
    if value is None:
        value = (low + high) / 2
    judgement = Judgement(value, low, high, **more)
    checked(judgement, criterion)
    return judgement


def _closed(
    low: float | None, high: float | None, value: float | None, criterion: StudyCriterion
) -> tuple[float, float]:
    """Return both ends of the range: an end left open is the value, or the end of the scale."""
    if value is not None and low is None and high is None:
        return value, value
    least = low if low is not None else criterion.scale_low
    most = high if high is not None else criterion.scale_high
    if least is None or most is None:
        raise StudyError("score.range_open")
    return least, most


def _more(fields: Mapping[str, str]) -> dict[str, Any]:
    confidence = fields.get("confidence", "2")
    return {
        "confidence": int(confidence) if confidence in ("1", "2", "3") else 2,
        "evidence": fields.get("evidence", ""),
        "source": fields.get("source", ""),
        "source_url": _link(fields.get("source_url", "")),
        "as_of": _day(fields.get("as_of", "")),
    }


def _number(fields: Mapping[str, str], name: str) -> float | None:
    typed = fields.get(name, "")
    try:
        value = decimal(typed)
    except FieldFault as problem:
        raise StudyError("score.not_a_number", typed=typed) from problem
    return None if value is None else float(value)


def _day(typed: str) -> date | None:
    try:
        return day(typed)
    except FieldFault as problem:
        raise StudyError("score.not_a_day", typed=typed) from problem


def _link(typed: str) -> str:
    """Return a link that is safe to press, "" for none; a scheme left out is added."""
    if not typed:
        return ""
    link = typed if "://" in typed else f"https://{typed}"
    try:
        parts = urlsplit(link)
    except ValueError as problem:
        raise StudyError("score.bad_link", typed=typed) from problem
    if parts.scheme not in ("http", "https") or "." not in parts.netloc or " " in link:
        raise StudyError("score.bad_link", typed=typed)
    return link


def typed_number(value: float | None, language: str) -> str:
    """Return a number as its reader would type it: without grouping, with the language's decimal mark."""
    if value is None:
        return ""
    text = str(int(value)) if value == int(value) else repr(value)
    return text.replace(".", ",") if language == "de" and "e" not in text else text


def number_shown(value: float | None, language: str) -> str:
    """Return a score as people read it, with two decimals at most."""
    return count(None if value is None or value != value else round(value, 2), language)
