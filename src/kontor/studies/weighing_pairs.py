"""Comparing in pairs: which pairs are asked, how the answers are read, and what contradicts itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from kontor.methods.decision.pairwise import compare
from kontor.methods.errors import MethodError
from kontor.studies.problems import StudyError
from kontor.studies.weighing_structure import Group

# Up to so many things each is compared with each; beyond, every one with four others.
ALL_PAIRS_UP_TO = 6
# What may be answered: how many times as important the first is as the second.
ANSWERS = (*(str(times) for times in range(9, 0, -1)), *(f"1/{times}" for times in range(2, 10)))
# From which consistency ratio on comparisons are called how (Saaty accepts 0.10).
GOOD, FAIR = 0.10, 0.20


def asked_pairs(number: int) -> list[tuple[int, int]]:
    """Return the pairs that are asked for so many things, each as (earlier, later).

    Beyond six things they are laid in a ring, and each is compared with its neighbours and with the two that
    stand about a third of the ring away: enough to hold together and to contradict itself.

    >>> len(asked_pairs(4)), len(asked_pairs(7)), len(asked_pairs(12))
    (6, 14, 24)
    """
    if number <= ALL_PAIRS_UP_TO:
        return [(one, other) for one in range(number) for other in range(one + 1, number)]
    far = max(2, round(number * 0.38))
    found = {
        (min(one, other), max(one, other))
        for one in range(number)
        for other in ((one + 1) % number, (one + far) % number)
    }
    return sorted(found)


def pair_field(group: Group, one: int, other: int) -> str:
    """Return the name of the field that holds the comparison of two things."""
    return f"pair:{group.key}:{group.items[one].key}:{group.items[other].key}"


def read_pairs(group: Group, fields: Mapping[str, str]) -> tuple[dict[str, float], dict[str, Any]]:
    """Return the shares that the comparisons give, and what was noticed about their consistency.

    Raises StudyError "weights.loose" where some things are not tied to the others by any comparison.
    """
    number = len(group.items)
    matrix = np.full((number, number), np.nan)
    np.fill_diagonal(matrix, 1.0)
    for one in range(number):
        for other in range(one + 1, number):
            value = _value(fields.get(pair_field(group, one, other), ""))
            if value is not None:
                matrix[one, other] = value
    try:
        found = compare(matrix)
    except MethodError as problem:
        if problem.code != "comparisons.disconnected":
            raise
        loose: Any = problem.params["loose"]
        raise StudyError(
            "weights.loose", names=", ".join(group.items[each].name for each in loose)
        ) from problem
    shares = {item.key: float(share) for item, share in zip(group.items, found.weights, strict=True)}
    findings: dict[str, Any] = {"ratio": round(found.consistency_ratio, 4)}
    if found.worst_triple is not None and found.consistency_ratio > 0:
        findings["worst"] = [group.items[each].key for each in found.worst_triple]
    if found.suggestion is not None:
        findings["again"] = {
            "first": group.items[found.suggestion.first].key,
            "second": group.items[found.suggestion.second].key,
            "stated": found.suggestion.stated,
            "better": found.suggestion.on_scale,
            "ratio": round(found.suggestion.ratio_on_scale, 4),
        }
    return shares, findings


def nearest_answer(value: float) -> str:
    """Return the answer of the scale that comes closest to a value.

    >>> nearest_answer(0.2), nearest_answer(3.1)
    ('1/5', '3')
    """
    return min(ANSWERS, key=lambda each: abs(np.log(_value(each) or 1.0) - np.log(value)))


def _value(answer: str) -> float | None:
    if answer not in ANSWERS:
        return None
    top, _, bottom = answer.partition("/")
    return float(top) / float(bottom or 1)
