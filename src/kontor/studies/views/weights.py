"""The weights of all: who has handed in, and once they are opened, how far people agree."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.imports.parsers.numbers import decimal
from kontor.imports.refused import FieldFault
from kontor.studies import exports
from kontor.studies.forms.scores import typed_number
from kontor.studies.models import Study
from kontor.studies.problems import StudyError
from kontor.studies.queries.agreement import agreement_of
from kontor.studies.queries.named import NamedCriterion, criteria_named
from kontor.studies.queries.people import people_rows
from kontor.studies.services import weighing_group as services
from kontor.studies.shown_agreement import shown_agreement
from kontor.studies.views.found import CHANGE, JUDGEMENTS, refused, study_or_404
from kontor.ui.errors import explain
from kontor.ui.notices import notify


@require_safe
@cluster_view(may=JUDGEMENTS)
def weights(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Show who has handed in; after the opening also what everybody said."""
    study = study_or_404(request, study_id)
    context: dict[str, Any] = {
        "study": study,
        "may_change": request.access.may(CHANGE) and study.state != Study.State.DECIDED,
        "rules": [choice for choice in Study.GroupRule.choices if choice[0] != Study.GroupRule.OWN],
    }
    if study.weights_opened_at is None:
        rows = [row for row in people_rows(study) if row.assessor.weighs]
        context["rows"] = rows
        context["handed_in"] = sum(row.weights_at is not None for row in rows)
        return render(request, "studies/weights_closed.html", context)
    found = agreement_of(study)
    context["agreement"] = shown_agreement(found) if found else None
    context["unweighed"] = [each for each in criteria_named(study) if each.row.group_weight is None]
    return render(request, "studies/weights.html", context)


@require_POST
@cluster_view(may=CHANGE)
def open_them(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Open the weights; the browser has asked before, since nobody can forget what was seen."""
    study = study_or_404(request, study_id)
    try:
        services.open_weights(study=study)
    except StudyError as problem:
        return refused(request, study, problem)
    notify(request, _("The weights are open. Look at them together."))
    return redirect("studies:weights", request.cluster.slug, study.pk)


@require_POST
@cluster_view(may=CHANGE)
def rule(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Let the group's weights come about by another rule."""
    study = study_or_404(request, study_id)
    try:
        services.set_rule(study=study, rule=request.POST.get("rule", ""))
    except StudyError as problem:
        return refused(request, study, problem)
    notify(request, _("The weights of the group have been made anew."))
    return redirect("studies:weights", request.cluster.slug, study.pk)


@cluster_view(may=CHANGE)
def by_hand(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Set the group's weights to what was agreed, with the reason."""
    study = study_or_404(request, study_id)
    if study.state != Study.State.OPEN:
        code = "study.decided" if study.state == Study.State.DECIDED else "study.not_open"
        messages.warning(request, explain(StudyError(code)))
        return redirect("studies:weights", request.cluster.slug, study.pk)
    criteria = criteria_named(study)
    if request.method != "POST":
        typed = {each.code: _points(each) for each in criteria}
        return _form(request, study, criteria, typed, study.weights_note)
    typed = {each.code: request.POST.get(f"weight-{each.code}", "")[:40] for each in criteria}
    because = request.POST.get("because", "")[:4000]
    try:
        services.agree_by_hand(study=study, weights=_read(typed), because=because)
    except StudyError as problem:
        return _form(request, study, criteria, typed, because, explain(problem))
    notify(request, _("The weights of the group have been agreed."))
    return redirect("studies:weights", request.cluster.slug, study.pk)


@require_safe
@cluster_view(may=JUDGEMENTS)
def export(request: ClusterRequest, study_id: int, file_format: str) -> HttpResponse:
    """Download the weights: of single people only once they have been opened."""
    study = study_or_404(request, study_id)
    if study.weights_opened_at is None:
        messages.warning(request, explain(StudyError("weights.not_opened")))
        return redirect("studies:weights", request.cluster.slug, study.pk)
    return exports.weights_file(study, agreement_of(study), criteria_named(study), file_format)


def _form(request: ClusterRequest, study: Study, criteria: list[NamedCriterion], *shown: Any) -> HttpResponse:
    typed, because, problem = (*shown, "")[:3]
    context = {
        "study": study,
        "rows": [(each, typed[each.code]) for each in criteria],
        "because": because,
        "problem": problem,
    }
    return render(request, "studies/weights_by_hand.html", context, status=422 if problem else 200)


def _points(criterion: NamedCriterion) -> str:
    """Return the group's weight as points of 100, as it would be typed."""
    weight = criterion.row.group_weight
    return typed_number(round(100 * weight, 1) if weight else 0.0, (get_language() or "en")[:2])


def _read(typed: dict[str, str]) -> dict[str, float]:
    found = {}
    for code, text in typed.items():
        try:
            found[code] = float(decimal(text) or 0)
        except FieldFault as problem:
            raise StudyError("weights.not_a_number", typed=text, name=code) from problem
    return found
