"""Keep, change and delete scenarios: named sets of changes that are computed beside the study."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from django.db import transaction
from django.db.models import Max
from i18nfield.strings import LazyI18nString

from kontor.accounts.services.editing import claim_edit
from kontor.needs.services import Remains, remove
from kontor.studies.models import Scenario, Study
from kontor.studies.problems import StudyError
from kontor.studies.services.locking import locked

# So many stand side by side and are kept computed.
MOST_SCENARIOS = 12


@transaction.atomic
def create_scenario(
    *, study: Study, name: Mapping[str, str], story: Mapping[str, str], changes: Mapping[str, Any]
) -> Scenario:
    """Keep a scenario of a study that is not decided yet.

    Raises StudyError "study.decided", "scenario.too_many" or what `checked` raises.
    """
    current = locked(study)
    if current.scenarios.count() >= MOST_SCENARIOS:
        raise StudyError("scenario.too_many", most=MOST_SCENARIOS)
    last = current.scenarios.aggregate(last=Max("position"))["last"]
    return Scenario.objects.create(
        cluster_id=current.cluster_id,
        study=current,
        name=_text(name, required=True),
        story=_text(story),
        changes=checked(current, changes),
        position=0 if last is None else last + 1,
    )


@transaction.atomic
def update_scenario(
    *,
    scenario: Scenario,
    name: Mapping[str, str],
    story: Mapping[str, str],
    changes: Mapping[str, Any],
    expected_version: int,
) -> Scenario:
    """Change a scenario. Raises EditConflict where somebody else was faster, else as `create_scenario`."""
    study = locked(scenario.study)
    current = claim_edit(scenario, expected_version)
    current.name, current.story = _text(name, required=True), _text(story)
    current.changes = checked(study, changes)
    current.save()
    return current


@transaction.atomic
def delete_scenario(*, scenario: Scenario) -> Remains:
    """Delete a scenario; `needs.services.restore` brings back what is returned."""
    locked(scenario.study)
    return remove(scenario)


def checked(study: Study, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return changes as they are stored, without what this study does not have.

    Raises StudyError "scenario.no_change", "scenario.weights_negative", "scenario.weights_all_zero",
    "scenario.score_outside" or "scenario.nobody_left".
    """
    criteria = {each.code: each for each in study.criteria.all()}
    candidates = set(study.candidates.values_list("pk", flat=True))
    weights = {code: float(weight) for code, weight in changes.get("weights", {}).items() if code in criteria}
    if any(not isfinite(weight) or weight < 0 for weight in weights.values()):
        raise StudyError("scenario.weights_negative")
    if weights and not any(weights.values()):
        raise StudyError("scenario.weights_all_zero")
    without = sorted(set(changes.get("without", ())) & candidates)
    if candidates and len(without) == len(candidates):
        raise StudyError("scenario.nobody_left")
    scores = []
    for candidate, code, value in changes.get("scores", ()):
        if candidate not in candidates or code not in criteria:
            continue
        low, high = criteria[code].scale_low, criteria[code].scale_high
        if not isfinite(value) or (low is not None and value < low) or (high is not None and value > high):
            raise StudyError("scenario.score_outside", value=value)
        scores.append([candidate, code, float(value)])
    if not (weights or without or scores):
        raise StudyError("scenario.no_change")
    found = {"weights": weights, "scores": scores, "without": without}
    return {key: value for key, value in found.items() if value}


def _text(texts: Mapping[str, str], *, required: bool = False) -> LazyI18nString:
    said = {code: text.strip() for code, text in texts.items() if text.strip()}
    if required and not said:
        raise StudyError("scenario.no_name")
    return LazyI18nString(said)
