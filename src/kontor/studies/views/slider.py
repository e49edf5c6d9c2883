"""Try other weights: sliders whose result follows while they move, and by a button without JavaScript."""

from __future__ import annotations

from math import isfinite
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.studies.computing import ranked
from kontor.studies.forms.scores import typed_number
from kontor.studies.matrix import changed
from kontor.studies.models import Study
from kontor.studies.queries.matrix import matrix_of
from kontor.studies.queries.named import NamedCriterion, by_family, criteria_named
from kontor.studies.shown_slider import tried
from kontor.studies.trying import TOP, Levels, levels_now, weights_of
from kontor.studies.views.found import CHANGE, study_or_404
from kontor.studies.views.result import RESULT


@require_safe
@cluster_view(may=RESULT)
def slider(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Show the sliders with what comes out; htmx asks for what comes out alone. Nothing is stored."""
    study = study_or_404(request, study_id)
    matrix = matrix_of(study)
    criteria = criteria_named(study)
    now = levels_now(matrix)
    levels = _levels(request.GET, now)
    weights = weights_of(levels, matrix)
    base = ranked(matrix)
    plain = ranked(changed(matrix, {"weights": weights})) if weights else None
    names = dict(study.candidates.values_list("pk", "partner__name"))
    context: dict[str, Any] = {
        "study": study,
        "tried": tried(plain, base, names, criteria) if plain else None,
        "is_changed": levels != now,
        "keep": _keep(weights) if request.access.may(CHANGE) and not study.is_decided else "",
    }
    if request.htmx:
        return render(request, "studies/result/tried.html", context)
    return render(request, "studies/result_slider.html", context | _sliders(study, levels, criteria))


def _sliders(study: Study, levels: Levels, criteria: list[NamedCriterion]) -> dict[str, Any]:
    groups = [
        (
            group[0].family,
            name,
            round(levels.families.get(group[0].family, 0.0)),
            [(each, round(levels.criteria.get(each.code, 0.0))) for each in group],
        )
        for name, group in by_family(criteria)
    ]
    return {"groups": groups, "top": TOP}


def _levels(asked: QueryDict, now: Levels) -> Levels:
    """Return the levels that the address holds; what it lacks, or what is no number, stands where it is."""
    return Levels(
        {family: _level(asked.get(f"family-{family}"), level) for family, level in now.families.items()},
        {code: _level(asked.get(f"level-{code}"), level) for code, level in now.criteria.items()},
    )


def _level(text: str | None, now: float) -> float:
    """Return a level as moved; a slider that stands on the rounded present level has not been moved."""
    try:
        level = float(text) if text is not None else now
    except ValueError:
        return now
    if not isfinite(level) or level == round(now):
        return now
    return min(max(level, 0.0), float(TOP))


def _keep(weights: dict[str, float]) -> str:
    """Return the query under which these weights become a scenario."""
    language = (get_language() or "en")[:2]
    return urlencode(
        {f"weight-{code}": typed_number(round(100 * weight, 1), language) for code, weight in weights.items()}
    )
