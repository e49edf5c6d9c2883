"""Choose criteria: copy them from the catalogue, set scale and thresholds, order, remove."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite

from django.db import transaction

from kontor.accounts.services import claim_edit
from kontor.criteria.queries import FrozenCriterion, criteria_of
from kontor.needs.services import Remains, remove
from kontor.studies.models import Score, Study, StudyCriterion
from kontor.studies.problems import StudyError
from kontor.studies.services.locking import locked
from kontor.studies.services.ordering import moved, number

MOST_CRITERIA = 100
LARGEST = 1e12


@dataclass(frozen=True)
class Scale:
    """How a study uses a criterion; None: open end, no threshold."""

    is_benefit: bool
    low: float | None
    high: float | None
    knock_out_below: float | None
    knock_out_above: float | None


@transaction.atomic
def add_criteria(*, study: Study, codes: Iterable[str]) -> int:
    """Copy criteria of the study's version into it and return how many are new; unknown codes stay out.

    They stand in the order of the catalogue, family by family. Raises StudyError "study.decided" or
    "study.too_many_criteria".
    """
    current = locked(study)
    wanted = set(codes) - set(current.criteria.values_list("code", flat=True))
    offered = criteria_of(current.catalogue_version)
    new = [copied(current, each) for each in offered if each.code in wanted]
    _add(current, new, {each.code: each.position for each in offered})
    return len(new)


@transaction.atomic
def copy_criteria(*, study: Study, source: Study, with_weights: bool = True) -> int:
    """Take over the criteria of an earlier study as it used them, with the group's weights if wanted.

    What the study has already stays as it is. Returns how many are new. Raises StudyError "study.decided",
    "study.of_another_cluster" or "study.too_many_criteria".
    """
    current = locked(study)
    if source.cluster_id != current.cluster_id:
        raise StudyError("study.of_another_cluster")
    taken = set(current.criteria.values_list("code", flat=True))
    new = []
    for each in source.criteria.all():
        if each.code in taken:
            continue
        weight = each.group_weight if with_weights else None
        each.pk, each.study, each.group_weight, each.version = None, current, weight, 1
        each._state.adding = True
        new.append(each)
    _add(current, new, {each.code: each.position for each in new})
    return len(new)


def copied(study: Study, frozen: FrozenCriterion) -> StudyCriterion:
    """Return a criterion of the study as the catalogue has it, not stored yet."""
    return StudyCriterion(
        cluster_id=study.cluster_id,
        study=study,
        code=frozen.code,
        content=frozen.as_dict(),
        is_benefit=frozen.is_benefit,
        scale_low=frozen.scale_low,
        scale_high=frozen.scale_high,
        knock_out_below=frozen.knock_out_below,
        knock_out_above=frozen.knock_out_above,
    )


@transaction.atomic
def set_scale(*, criterion: StudyCriterion, expected_version: int, scale: Scale) -> StudyCriterion:
    """Set direction, ends and thresholds for this study only, or raise EditConflict and change nothing.

    Raises StudyError "study.decided", "criterion_of_study.ends_reversed", "criterion_of_study.too_large",
    "criterion_of_study.all_out" or "criterion_of_study.scores_outside".
    """
    locked(criterion.study)
    current = claim_edit(criterion, expected_version)
    _check(scale)
    _check_scores(current, scale)
    current.is_benefit = scale.is_benefit
    current.scale_low, current.scale_high = scale.low, scale.high
    current.knock_out_below, current.knock_out_above = scale.knock_out_below, scale.knock_out_above
    current.save()
    return current


@transaction.atomic
def remove_criterion(*, criterion: StudyCriterion) -> Remains:
    """Take a criterion out with its scores; `needs.services.restore` brings back what is returned.

    The weights of the others keep their proportions. Raises StudyError "study.decided".
    """
    locked(criterion.study)
    return remove(criterion)


@transaction.atomic
def remove_criteria(*, study: Study, criterion_ids: Iterable[int]) -> tuple[int, int]:
    """Take several criteria out for good and return how many, and how many scores went with them."""
    current = locked(study)
    going = current.criteria.filter(pk__in=list(criterion_ids))
    scores, criteria = Score.objects.filter(criterion__in=going).count(), going.count()
    going.delete()
    return criteria, scores


@transaction.atomic
def move_criterion(*, criterion: StudyCriterion, step: str) -> None:
    """Move a criterion up, down, to the top or to the bottom of its family."""
    current = locked(criterion.study)
    families: dict[str, list[StudyCriterion]] = {}
    for each in current.criteria.all():
        families.setdefault(each.content["family"], []).append(each)
    family = criterion.content["family"]
    families[family] = moved(families[family], criterion, step)
    number([each for group in families.values() for each in group])


def _add(study: Study, new: list[StudyCriterion], order: dict[str, int]) -> None:
    """Store new criteria, each at the end of its family; families stand in the order of their arrival."""
    known = list(study.criteria.all())
    if len(known) + len(new) > MOST_CRITERIA:
        raise StudyError("study.too_many_criteria", most=MOST_CRITERIA)
    families: dict[str, list[StudyCriterion]] = {}
    for each in [*known, *sorted(new, key=lambda each: order[each.code])]:
        families.setdefault(each.content["family"], []).append(each)
    for place, each in enumerate(each for group in families.values() for each in group):
        each.position = place
    StudyCriterion.objects.bulk_create(new)
    StudyCriterion.objects.bulk_update(known, ["position"])


def _check(scale: Scale) -> None:
    given = [
        each
        for each in (scale.low, scale.high, scale.knock_out_below, scale.knock_out_above)
        if each is not None
    ]
    if not all(isfinite(each) and abs(each) <= LARGEST for each in given):
        raise StudyError("criterion_of_study.too_large")
    if scale.low is not None and scale.high is not None and scale.low >= scale.high:
        raise StudyError("criterion_of_study.ends_reversed")
    below, above = scale.knock_out_below, scale.knock_out_above
    if below is not None and above is not None and below > above:
        raise StudyError("criterion_of_study.all_out")


def _check_scores(criterion: StudyCriterion, scale: Scale) -> None:
    """Refuse ends that scores which have been given lie beyond."""
    given = Score.objects.filter(criterion=criterion, is_unknown=False)
    outside = given.none()
    if scale.low is not None:
        outside = outside | given.filter(low__lt=scale.low)
    if scale.high is not None:
        outside = outside | given.filter(high__gt=scale.high)
    number_outside = outside.count()
    if number_outside:
        raise StudyError("criterion_of_study.scores_outside", number=number_outside)
