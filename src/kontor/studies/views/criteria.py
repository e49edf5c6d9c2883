"""The criteria of a study: choose from the catalogue, take over from an earlier study, scales, order."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.folding import folded
from kontor.actors.views.conflict import conflict_shown
from kontor.criteria.queries import FrozenCriterion, criteria_of, latest_version
from kontor.needs.problems import NeedError
from kontor.needs.services import restore
from kontor.needs.undo import keep_remains, take_remains
from kontor.studies import exports
from kontor.studies.forms.criteria import ScaleForm, stored
from kontor.studies.models import Study, StudyCriterion
from kontor.studies.problems import StudyError
from kontor.studies.queries.listing import studies_of
from kontor.studies.queries.named import NamedCriterion, by_family, criteria_named
from kontor.studies.services import preparing_criteria as services
from kontor.studies.views.found import CHANGE, VIEW, criterion_or_404, refused, study_or_404, ticked
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify

ROOM = "studies.criteria"


@require_safe
@cluster_view(may=VIEW)
def criteria(request: ClusterRequest, study_id: int) -> HttpResponse:
    """List the criteria by family with scale and thresholds."""
    study = study_or_404(request, study_id)
    named = criteria_named(study)
    context = {
        "study": study,
        "families": by_family(named),
        "number": len(named),
        "may_change": request.access.may(CHANGE) and study.state != Study.State.DECIDED,
        "newer": _newer_version(study),
    }
    return render(request, "studies/criteria.html", context)


@require_safe
@cluster_view(may=VIEW)
def export(request: ClusterRequest, study_id: int, file_format: str) -> HttpResponse:
    """Download the criteria."""
    study = study_or_404(request, study_id)
    return exports.criteria_file(study, criteria_named(study), file_format)


@cluster_view(may=CHANGE)
def choose(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Tick criteria of the study's version, family by family, or take over those of another study."""
    study = study_or_404(request, study_id)
    if request.method == "POST":
        return _add(request, study)
    words = request.GET.get("q", "").strip()[:100]
    taken = set(study.criteria.values_list("code", flat=True))
    offered = criteria_of(study.catalogue_version)
    fitting = [each for each in offered if each.code not in taken and _fits(each, words)]
    context = {
        "study": study,
        "families": _shelves(fitting),
        "words": words,
        "total": len(offered),
        "left": len(offered) - len(taken & {each.code for each in offered}),
        "number": len(taken),
        "earlier": [each for each in studies_of(request.cluster) if each.pk != study.pk],
    }
    return render(request, "studies/criteria_choose.html", context)


@require_POST
@cluster_view(may=CHANGE)
def copy(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Take over criteria, scales and weights of another study."""
    study = study_or_404(request, study_id)
    key = number_in(request.POST.get("source", ""))
    source = get_object_or_404(Study, pk=key, cluster=request.cluster)
    try:
        number = services.copy_criteria(
            study=study, source=source, with_weights="with_weights" in request.POST
        )
    except StudyError as problem:
        return refused(request, study, problem)
    text = ngettext("%(number)s criterion taken over.", "%(number)s criteria taken over.", number)
    notify(request, text % {"number": number})
    return redirect("studies:criteria", request.cluster.slug, study.pk)


@cluster_view(may=CHANGE)
def scale(request: ClusterRequest, study_id: int, criterion_id: int) -> HttpResponse:
    """Set direction, ends and thresholds of a criterion for this study."""
    study = study_or_404(request, study_id)
    criterion = criterion_or_404(study, criterion_id)
    form = ScaleForm(request.POST or None, initial=stored(criterion))
    context: dict[str, Any] = {
        "study": study,
        "criterion": NamedCriterion(criterion),
        "form": form,
        "version": request.POST.get("version", criterion.version),
    }
    if request.method != "POST":
        return render(request, "studies/criterion_scale.html", context)
    status, more = _save_scale(request, criterion, form)
    if status != 200:
        return render(request, "studies/criterion_scale.html", context | more, status=status)
    notify(request, _("The scale has been saved."))
    return redirect("studies:criteria", request.cluster.slug, study.pk)


@require_POST
@cluster_view(may=CHANGE)
def remove(request: ClusterRequest, study_id: int, criterion_id: int) -> HttpResponse:
    """Take a criterion out; the message on the next page brings it back with its scores."""
    study = study_or_404(request, study_id)
    criterion = criterion_or_404(study, criterion_id)
    try:
        remains = services.remove_criterion(criterion=criterion)
    except StudyError as problem:
        return refused(request, study, problem)
    key = keep_remains(request, f"{ROOM}:{study.pk}", remains)
    scores = sum(each["model"] == "studies.score" for each in remains)
    text = ngettext(
        "“%(name)s” is no longer compared; %(number)s score went with it.",
        "“%(name)s” is no longer compared; %(number)s scores went with it.",
        scores,
    )
    undo = reverse("studies:criterion-restore", args=[request.cluster.slug, study.pk, key])
    notify(request, text % {"name": NamedCriterion(criterion).name, "number": scores}, undo_url=undo)
    return redirect("studies:criteria", request.cluster.slug, study.pk)


@require_POST
@cluster_view(may=CHANGE)
def bring_back(request: ClusterRequest, study_id: int, key: str) -> HttpResponse:
    """Bring back the criterion that was taken out a moment ago, with its scores."""
    study = study_or_404(request, study_id)
    if study.state == Study.State.DECIDED:
        return refused(request, study, StudyError("study.decided"))
    remains = take_remains(request, f"{ROOM}:{study.pk}", key)
    try:
        restore(remains)
    except NeedError:
        return refused(request, study, StudyError("study.cannot_come_back"))
    notify(request, _("The criterion is back."))
    return redirect("studies:criteria", request.cluster.slug, study.pk)


@require_POST
@cluster_view(may=CHANGE)
def remove_many(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Take the ticked criteria out; the browser has asked before."""
    study = study_or_404(request, study_id)
    try:
        number, scores = services.remove_criteria(study=study, criterion_ids=ticked(request, "criteria"))
    except StudyError as problem:
        return refused(request, study, problem)
    text = ngettext(
        "%(number)s criterion taken out, with %(scores)s scores.",
        "%(number)s criteria taken out, with %(scores)s scores.",
        number,
    )
    notify(request, text % {"number": number, "scores": scores})
    return redirect("studies:criteria", request.cluster.slug, study.pk)


@require_POST
@cluster_view(may=CHANGE)
def move(request: ClusterRequest, study_id: int, criterion_id: int) -> HttpResponse:
    """Move a criterion within its family."""
    study = study_or_404(request, study_id)
    try:
        services.move_criterion(
            criterion=criterion_or_404(study, criterion_id), step=request.POST.get("step", "")
        )
    except StudyError as problem:
        return refused(request, study, problem)
    url = reverse("studies:criteria", args=[request.cluster.slug, study.pk])
    return redirect(f"{url}#criterion-{criterion_id}")


def _add(request: ClusterRequest, study: Study) -> HttpResponse:
    try:
        number = services.add_criteria(study=study, codes=request.POST.getlist("codes")[:1000])
    except StudyError as problem:
        return refused(request, study, problem)
    text = ngettext("%(number)s criterion has been added.", "%(number)s criteria have been added.", number)
    notify(request, text % {"number": number})
    return redirect("studies:criteria", request.cluster.slug, study.pk)


def _save_scale(
    request: ClusterRequest, criterion: StudyCriterion, form: ScaleForm
) -> tuple[int, dict[str, Any]]:
    if not form.is_valid():
        return 422, {}
    try:
        services.set_scale(
            criterion=criterion,
            expected_version=number_in(request.POST.get("version", "")),
            scale=form.scale(),
        )
    except EditConflict as conflict:
        assert isinstance(conflict.current, StudyCriterion)
        return 409, conflict_shown(form, conflict.current, stored(conflict.current))
    except StudyError as problem:
        form.add_error(None, explain(problem))
        return 422, {}
    return 200, {}


def _fits(criterion: FrozenCriterion, words: str) -> bool:
    text = folded(f"{criterion.name} {criterion.meaning} {criterion.family_name}")
    return all(word in text for word in folded(words).split())


def _shelves(criteria: list[FrozenCriterion]) -> list[tuple[str, str, list[FrozenCriterion]]]:
    """Return (short name, name, criteria) of each family in the order of the catalogue."""
    found: dict[str, list[FrozenCriterion]] = {}
    for each in criteria:
        found.setdefault(each.family, []).append(each)
    return [(family, str(group[0].family_name) or family, group) for family, group in found.items()]


def _newer_version(study: Study) -> int | None:
    """Return the number of the latest version where the study uses an earlier one."""
    latest = latest_version(study.cluster)
    return latest.number if latest and latest.pk != study.catalogue_version_id else None
