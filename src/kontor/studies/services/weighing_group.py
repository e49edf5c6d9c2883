"""From the weights of several people to those of the group: by a rule, or agreed by hand with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite

import numpy as np
from django.db import transaction
from django.utils import timezone
from numpy.typing import NDArray

from kontor.studies.models import Study, StudyCriterion
from kontor.studies.problems import StudyError
from kontor.studies.queries.weights import Statement, statements_of
from kontor.studies.services.locking import locked

Floats = NDArray[np.float64]
LARGEST = 1e9


@transaction.atomic
def open_weights(*, study: Study) -> Study:
    """Show everybody's weights to everybody from now on, and make the group's by the study's rule.

    Who has not handed in may still do so, and everybody may revise; what was said before stays visible.
    Raises StudyError "study.decided", "study.not_judging" or "study.nobody_weighed".
    """
    current = locked(study, Study.State.JUDGING)
    if not statements_of(current):
        raise StudyError("study.nobody_weighed")
    current.state = Study.State.OPEN
    current.weights_opened_at = timezone.now()
    current.version += 1
    current.save()
    recompute(current)
    return current


@transaction.atomic
def set_rule(*, study: Study, rule: str) -> Study:
    """Let the group's weights come about by another rule.

    Raises StudyError "study.decided", "study.not_open" or "weights.rule_unknown".
    """
    current = locked(study, Study.State.OPEN)
    if rule not in (Study.GroupRule.MEAN, Study.GroupRule.GEOMETRIC, Study.GroupRule.GROUPS):
        raise StudyError("weights.rule_unknown")
    current.group_rule, current.weights_note = rule, ""
    current.version += 1
    current.save()
    recompute(current)
    return current


@transaction.atomic
def agree_by_hand(*, study: Study, weights: Mapping[str, float], because: str) -> Study:
    """Let the group's weights be what it agreed on: code → weight in any scale; others count nothing.

    Raises StudyError "study.decided", "study.not_open", "weights.no_reason", "weights.negative_group" or
    "weights.all_zero".
    """
    current = locked(study, Study.State.OPEN)
    if not because.strip():
        raise StudyError("weights.no_reason")
    if any(not isfinite(each) or not 0 <= each <= LARGEST for each in weights.values()):
        raise StudyError("weights.negative_group")
    criteria = list(current.criteria.all())
    total = sum(weights.get(each.code, 0.0) for each in criteria)
    if not total:
        raise StudyError("weights.all_zero")
    current.group_rule, current.weights_note = Study.GroupRule.OWN, because.strip()
    current.version += 1
    current.save()
    _store(criteria, [weights.get(each.code, 0.0) / total for each in criteria])
    return current


def recompute(study: Study) -> None:
    """Make the group's weights anew by the study's rule; what was agreed by hand stays as it is."""
    if study.group_rule == Study.GroupRule.OWN:
        return
    statements = statements_of(study)
    if statements:
        criteria = list(study.criteria.all())
        _store(criteria, by_rule(study.group_rule, statements, [each.code for each in criteria]))


def by_rule(rule: str, statements: Sequence[Statement], codes: Sequence[str]) -> list[float]:
    """Return the group's weights for `codes`, summing to 1.

    Who has not weighed a criterion says nothing about it, and the others make its weight. With the geometric
    mean a single 0 makes 0; where that leaves nothing, the mean counts.
    """
    if not codes:
        return []
    said = np.array([[each.weights.get(code, np.nan) for code in codes] for each in statements])
    if rule == Study.GroupRule.GROUPS:
        groups = sorted({each.group for each in statements})
        member = np.array([groups.index(each.group) for each in statements])
        said = np.array([_mean(said[member == place]) for place in range(len(groups))])
    shares = _geometric(said) if rule == Study.GroupRule.GEOMETRIC else _mean(said)
    shares = np.nan_to_num(shares)
    if not shares.sum():
        shares = np.nan_to_num(_mean(said))
    total = shares.sum()
    return [float(each) for each in (shares / total if total else np.full(len(codes), 1 / len(codes)))]


def _mean(said: Floats) -> Floats:
    known = ~np.isnan(said)
    counts = known.sum(axis=0)
    mean: Floats = np.where(
        counts > 0, np.where(known, said, 0.0).sum(axis=0) / np.maximum(counts, 1), np.nan
    )
    return mean


def _geometric(said: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        logs = np.log(said)
    mean: Floats = np.exp(_mean(logs))
    return mean


def _store(criteria: list[StudyCriterion], weights: Sequence[float]) -> None:
    for each, weight in zip(criteria, weights, strict=True):
        each.group_weight = weight
    StudyCriterion.objects.bulk_update(criteria, ["group_weight"])
