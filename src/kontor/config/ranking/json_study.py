"""A study in a JSON file.

    {"title": "Partners for sensors",
     "criteria": [{"name": "Members", "weight": 3, "direction": "more", "scale": [0, 200],
                   "knock_out_below": 20, "knock_out_above": null,
                   "preference": {"function": "linear", "q": 5, "p": 50}}],
     "candidates": [{"name": "Minalogic", "scores": {"Members": 120}},
                    {"name": "Flanders Make", "scores": {"Members": [80, 100]}},
                    {"name": "Nobody knows", "scores": {"Members": null}}]}

A score is a number, a range of two numbers, or null (or missing) where it is not known.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from kontor.config.ranking.numbers import is_benefit, number, score, weight
from kontor.config.ranking.study import (
    MOST_CANDIDATES,
    MOST_CRITERIA,
    UNKNOWN,
    Fault,
    Range,
    RankStudy,
    StudyCriterion,
    StudyRefused,
    name_faults,
    preference_of,
    refuse,
    scale_faults,
    weight_faults,
)

CRITERION = ("name", "weight", "direction", "scale", "knock_out_below", "knock_out_above", "preference")


def read_json(data: bytes, title: str) -> RankStudy:
    """Return the study in the bytes of a JSON file. Raises StudyRefused for whatever is wrong with it."""
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as problem:
        raise StudyRefused([Fault("", f"This is no JSON: {problem}.")]) from problem
    if not isinstance(found, dict):
        raise StudyRefused([Fault("", "The file must hold an object with “criteria” and “candidates”.")])
    listed = {
        key: _listed(found, key, most)
        for key, most in (("criteria", MOST_CRITERIA), ("candidates", MOST_CANDIDATES))
    }
    faults: list[Fault] = []
    criteria = [_criterion(each, f"criteria[{at}]", faults) for at, each in enumerate(listed["criteria"])]
    faults += name_faults([(f"criteria[{at}]", each.name) for at, each in enumerate(criteria)], "criterion")
    faults += weight_faults(criteria, "criteria")
    names = [_text(each.get("name")) for each in listed["candidates"]]
    faults += name_faults([(f"candidates[{at}]", name) for at, name in enumerate(names)], "candidate")
    cells = [
        _scores(each, f"candidates[{at}]", [criterion.name for criterion in criteria], faults)
        for at, each in enumerate(listed["candidates"])
    ]
    refuse(faults)
    bounds = np.array(cells, dtype=np.float64).reshape(len(names), len(criteria), 2)
    name = _text(found.get("title")) or title
    return RankStudy(name, tuple(names), tuple(criteria), bounds[:, :, 0], bounds[:, :, 1])


def _listed(found: Mapping[str, Any], key: str, most: int) -> list[dict[str, Any]]:
    entries = found.get(key)
    if not isinstance(entries, list) or not entries or not all(isinstance(each, dict) for each in entries):
        raise StudyRefused([Fault(key, "There must be a list of objects, at least one.")])
    if len(entries) > most:
        raise StudyRefused([Fault(key, f"There are {len(entries)}; at most {most} can be ranked.")])
    return entries


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _criterion(entry: Mapping[str, Any], place: str, faults: list[Fault]) -> StudyCriterion:
    faults += [
        Fault(place, f"“{key}” is nothing that a criterion has. There are: {', '.join(CRITERION)}.")
        for key in entry
        if key not in CRITERION
    ]
    taken: dict[str, Any] = {"name": _text(entry.get("name")), "weight": 0.0}
    steps: tuple[tuple[str, str, Callable[[Any], Any]], ...] = (
        ("weight", "weight", lambda value: weight(_number(value))),
        ("direction", "is_benefit", is_benefit),
        ("scale", "scale", _scale),
        ("knock_out_below", "below", lambda value: number(_number(value))),
        ("knock_out_above", "above", lambda value: number(_number(value))),
        ("preference", "preference", _preference),
    )
    for key, name, parse in steps:
        try:
            taken[name] = parse(entry.get(key))
        except ValueError as problem:
            faults.append(Fault(f"{place}.{key}", str(problem)))
    low, high = taken.pop("scale", UNKNOWN)
    criterion = StudyCriterion(**taken, low=low, high=high)
    faults += scale_faults(criterion, place)
    return criterion


def _number(value: Any) -> Any:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise ValueError("This must be a number, or null.")
    return value


def _scale(value: Any) -> Range:
    if value is None:
        return UNKNOWN
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError("A scale is a list of its two ends.")
    low, high = (number(_number(end)) for end in value)
    return low, high


def _preference(value: Any) -> Any:
    if value is None:
        value = {}
    if isinstance(value, str):
        value = {"function": value}
    if not isinstance(value, dict) or not set(value) <= {"function", "q", "p", "s"}:
        raise ValueError("A preference is an object with “function” and the thresholds “q”, “p” and “s”.")
    thresholds = {key: number(_number(value[key])) for key in ("q", "p", "s") if value.get(key) is not None}
    return preference_of(str(value.get("function") or ""), thresholds)


def _scores(entry: Mapping[str, Any], place: str, names: Sequence[str], faults: list[Fault]) -> list[Range]:
    scores = entry.get("scores")
    if not isinstance(scores, dict):
        faults.append(Fault(place, "A candidate has “scores”: an object from criterion to score."))
        return [UNKNOWN] * len(names)
    strange = [name for name in scores if name not in names]
    faults += [Fault(f"{place}.scores", f"“{name}” does not stand among the criteria.") for name in strange]
    return [_score(scores.get(name), f"{place}.scores[{name}]", faults) for name in names]


def _score(value: Any, place: str, faults: list[Fault]) -> Range:
    try:
        if isinstance(value, list):
            low, high = _scale(value)
            if low > high:
                raise ValueError(f"The range begins with {low:g} above its end {high:g}.")
            return low, high
        return score(value) if isinstance(value, str) else score(_number(value))
    except ValueError as problem:
        faults.append(Fault(place, str(problem)))
        return UNKNOWN
