"""Scenarios: side by side, made, changed, deleted and brought back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.queries.history import last_editor
from kontor.needs.problems import NeedError
from kontor.needs.services import restore
from kontor.needs.undo import keep_remains, take_remains
from kontor.studies.forms.scenarios import SCORE_ROWS, ScoreRow, Typed, changes_in, typed_in, typed_of
from kontor.studies.models import Scenario, Study
from kontor.studies.problems import StudyError
from kontor.studies.queries.named import by_family
from kontor.studies.reading import Reading, reading_of
from kontor.studies.services import scenarios as services
from kontor.studies.services.outcomes import outcome_of, outcomes_of
from kontor.studies.shown_scenarios import changes_told, compared
from kontor.studies.views.found import CHANGE, refused, study_or_404
from kontor.studies.views.result import RESULT
from kontor.ui.errors import explain
from kontor.ui.forms import Difference, number_in
from kontor.ui.notices import notify

ROOM = "scenarios"


@require_safe
@cluster_view(may=RESULT)
def scenarios(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Show the scenarios side by side with the study as it stands."""
    reading = reading_of(study_or_404(request, study_id))
    rows = list(reading.study.scenarios.all())
    found = outcomes_of(study=reading.study, changes=[each.changes for each in rows], matrix=reading.matrix)
    context = {
        "study": reading.study,
        "reading": reading,
        "compared": compared(reading, rows, found) if rows else None,
        "is_computing": any(each.job is not None for each in [reading.found, *found]),
        "may_change": request.access.may(CHANGE) and not reading.study.is_decided,
        "is_full": len(rows) >= services.MOST_SCENARIOS,
    }
    return render(request, "studies/scenarios.html", context)


@cluster_view(may=CHANGE)
def create(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Make a scenario; the address may hold weights that were tried out."""
    study = study_or_404(request, study_id)
    if study.is_decided:
        return refused(request, study, StudyError("study.decided"))
    reading = reading_of(study)
    if request.method != "POST":
        return _form(request, reading, typed_in(request.GET, reading))
    typed = typed_in(request.POST, reading)
    try:
        scenario = services.create_scenario(
            study=study, name=typed.name, story=typed.story, changes=changes_in(typed, reading)
        )
    except StudyError as problem:
        return _form(request, reading, typed, problem=explain(problem))
    outcome_of(study=study, changes=scenario.changes, matrix=reading.matrix)
    notify(request, _("The scenario has been kept."))
    return redirect("studies:scenarios", request.cluster.slug, study.pk)


@cluster_view(may=CHANGE)
def edit(request: ClusterRequest, study_id: int, scenario_id: int) -> HttpResponse:
    """Change a scenario; who comes second is shown both versions."""
    study = study_or_404(request, study_id)
    scenario = _scenario_or_404(study, scenario_id)
    if study.is_decided:
        return refused(request, study, StudyError("study.decided"))
    reading = reading_of(study)
    if request.method != "POST":
        return _form(request, reading, typed_of(scenario, reading), scenario=scenario)
    typed, version = typed_in(request.POST, reading), number_in(request.POST.get("version", ""))
    try:
        services.update_scenario(
            scenario=scenario,
            name=typed.name,
            story=typed.story,
            changes=changes_in(typed, reading),
            expected_version=version,
        )
    except StudyError as problem:
        return _form(request, reading, typed, scenario=scenario, version=version, problem=explain(problem))
    except EditConflict as conflict:
        return _form(request, reading, typed, scenario=scenario, **_conflict(conflict, typed, reading))
    notify(request, _("The scenario has been saved."))
    return redirect("studies:scenarios", request.cluster.slug, study.pk)


@require_POST
@cluster_view(may=CHANGE)
def delete(request: ClusterRequest, study_id: int, scenario_id: int) -> HttpResponse:
    """Delete a scenario; the message on the next page brings it back."""
    study = study_or_404(request, study_id)
    scenario = _scenario_or_404(study, scenario_id)
    try:
        remains = services.delete_scenario(scenario=scenario)
    except StudyError as problem:
        return refused(request, study, problem)
    key = keep_remains(request, f"{ROOM}:{study.pk}", remains)
    undo = reverse("studies:scenario-restore", args=[request.cluster.slug, study.pk, key])
    notify(request, _("The scenario has been deleted."), undo_url=undo)
    return redirect("studies:scenarios", request.cluster.slug, study.pk)


@require_POST
@cluster_view(may=CHANGE)
def bring_back(request: ClusterRequest, study_id: int, key: str) -> HttpResponse:
    """Bring back the scenario that was deleted a moment ago."""
    study = study_or_404(request, study_id)
    if study.is_decided:
        return refused(request, study, StudyError("study.decided"))
    remains = take_remains(request, f"{ROOM}:{study.pk}", key)
    try:
        restore(remains)
    except NeedError:
        return refused(request, study, StudyError("study.cannot_come_back"))
    notify(request, _("The scenario is back."))
    return redirect("studies:scenarios", request.cluster.slug, study.pk)


def _scenario_or_404(study: Study, scenario_id: int) -> Scenario:
    return get_object_or_404(Scenario.objects.select_related("study__cluster"), pk=scenario_id, study=study)


def _form(
    request: ClusterRequest, reading: Reading, typed: Typed, *, scenario: Scenario | None = None, **more: Any
) -> HttpResponse:
    criteria = list(reading.criteria.values())
    empty = [ScoreRow(0, "", "")] * (SCORE_ROWS - len(typed.scores))
    context: dict[str, Any] = {
        "study": reading.study,
        "scenario": scenario,
        "typed": typed,
        "families": [
            (name, [(each, typed.weights[each.code]) for each in group])
            for name, group in by_family(criteria)
        ],
        "criteria": criteria,
        "candidates": list(reading.candidates.values()),
        "scores": [*typed.scores, *empty],
        "version": scenario.version if scenario else 0,
    }
    status = 409 if more.get("has_conflict") else 422 if more.get("problem") else 200
    return render(request, "studies/scenario_form.html", context | more, status=status)


def _conflict(conflict: EditConflict, typed: Typed, reading: Reading) -> dict[str, Any]:
    """Return what the form shows after somebody else has saved the scenario meanwhile."""
    current = conflict.current
    assert isinstance(current, Scenario)
    stored = typed_of(current, reading)
    pairs = [
        (_("Name in German"), stored.name.get("de", ""), typed.name.get("de", "")),
        (_("Name in English"), stored.name.get("en", ""), typed.name.get("en", "")),
        (_("What would happen, in German"), stored.story.get("de", ""), typed.story.get("de", "")),
        (_("What would happen, in English"), stored.story.get("en", ""), typed.story.get("en", "")),
        (_("Changes"), _told(current.changes, reading), _told_typed(typed, reading)),
    ]
    differences = [Difference(label, theirs, yours) for label, theirs, yours in pairs if theirs != yours]
    return {
        "has_conflict": True,
        "conflict": differences,
        "who": last_editor(current),
        "version": current.version,
    }


def _told(changes: dict[str, Any], reading: Reading) -> str:
    return "; ".join(changes_told(changes, reading)) or "–"


def _told_typed(typed: Typed, reading: Reading) -> str:
    try:
        return _told(changes_in(typed, reading), reading)
    except StudyError as problem:
        return explain(problem)
