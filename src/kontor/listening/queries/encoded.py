"""The answers to a survey as arrays, kept in memory until there is a new answer."""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Count, Max
from numpy.typing import NDArray

from kontor.actors.queries.segments import UNKNOWN, Dimension
from kontor.listening.models import Survey, SurveyResponse
from kontor.listening.queries.columns import Column, columns_of
from kontor.questionnaires.definition import Definition

KEPT = 8  # surveys at once; ten thousand answers to sixty questions take about 60 MB


@dataclass(frozen=True)
class Encoded:
    """All answers to a survey, each with its number 0 to n − 1.

    groups:        dimension → (n,) codes, numbers in the order of `Dimension.groups`; "not known" where a
                   group is not on file, or must not be.
    organisations: (n,) keys, 0 for anonymous answers. keys: of the answers themselves.
    known:         what was found out about these answers already and stays true as long as they do.
    """

    definition: Definition
    n: int
    columns: Mapping[str, Column]
    groups: Mapping[Dimension, NDArray[np.int64]]
    organisations: NDArray[np.int64]
    keys: tuple[UUID, ...]
    known: dict[Any, Any] = field(default_factory=dict, compare=False)


def encoded(survey: Survey) -> Encoded:
    """Return the answers as they stand now. One query where they are known already, else two.

    Anonymous answers are told apart by nothing: they come in the order of their random keys.
    """
    stamp = _stamp(survey)
    with _LOCK:
        known = _KNOWN.get(survey.pk)
        if known is not None and known[0] == stamp:
            _KNOWN.move_to_end(survey.pk)
            return known[1]
    with _collector_resting():
        found = _read(survey)
    with _LOCK:
        _KNOWN[survey.pk] = (stamp, found)
        _KNOWN.move_to_end(survey.pk)
        while len(_KNOWN) > KEPT:
            _KNOWN.popitem(last=False)
    return found


def forget() -> None:
    """Forget what is kept in memory, as after a start."""
    with _LOCK:
        _KNOWN.clear()


def group_codes(dimension: Dimension) -> tuple[str, ...]:
    """Return the groups of a dimension in their order, "not known" always among them, last."""
    groups = [each for each in dimension.groups if each != UNKNOWN]
    return (*groups, UNKNOWN)


_LOCK = Lock()
_KNOWN: OrderedDict[int, tuple[tuple[Any, ...], Encoded]] = OrderedDict()


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Let Python's cycle collector rest: it would walk the same million answers again and again for nothing.

    What is read holds no cycles and is freed by counting as ever; without this, reading takes twice as long.
    """
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()


def _stamp(survey: Survey) -> tuple[Any, ...]:
    """Return what changes with every answer: its counter, and what shows a row that went with its member."""
    now = Survey.objects.filter(pk=survey.pk).aggregate(
        Max("answers_revision"), Max("version_asked"), Count("responses"), Max("responses__submitted_at")
    )
    return (survey.created_at, *(now[name] for name in sorted(now)))


def _read(survey: Survey) -> Encoded:
    definition = survey.version_asked.asked if survey.version_asked else survey.questionnaire.definition
    rows = list(
        SurveyResponse.objects.filter(survey=survey)
        .order_by("pk")
        .values_list("answers", "segment", "organisation_id", "pk")
    )
    answers, segments = [row[0] for row in rows], [row[1] for row in rows]
    return Encoded(
        definition=definition,
        n=len(rows),
        columns=columns_of(definition, answers),
        groups={dimension: _groups(dimension, segments) for dimension in Dimension},
        organisations=np.array([row[2] or 0 for row in rows], np.int64),
        keys=tuple(row[3] for row in rows),
    )


def _groups(dimension: Dimension, segments: Sequence[Mapping[str, str]]) -> NDArray[np.int64]:
    index = {code: number for number, code in enumerate(group_codes(dimension))}
    unknown = index[UNKNOWN]
    found = (index.get(segment.get(dimension, UNKNOWN), unknown) for segment in segments)
    return np.fromiter(found, np.int64, len(segments))
