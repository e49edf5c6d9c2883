"""The candidates of a study: choose from the lists, add by name, order, leave out, remove and bring back."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.needs.problems import NeedError
from kontor.needs.services import restore
from kontor.needs.undo import keep_remains, take_remains
from kontor.partners.models import Stage
from kontor.partners.problems import PartnerError
from kontor.partners.queries.listing import rows as partner_rows
from kontor.studies import exports
from kontor.studies.forms.studies import QuickCandidateForm
from kontor.studies.models import Study
from kontor.studies.problems import StudyError
from kontor.studies.queries.candidates import candidate_rows
from kontor.studies.services import preparing_candidates as services
from kontor.studies.views.found import CHANGE, VIEW, candidate_or_404, refused, study_or_404, ticked
from kontor.ui.errors import explain
from kontor.ui.notices import notify

ROOM = "studies.candidates"
LISTED = {"short": (Stage.SHORT,), "long": (Stage.SHORT, Stage.LONG), "all": tuple(Stage)}


@require_safe
@cluster_view(may=VIEW)
def candidates(request: ClusterRequest, study_id: int) -> HttpResponse:
    """List the candidates with what is known of each."""
    study = study_or_404(request, study_id)
    may_change = request.access.may(CHANGE) and study.state != Study.State.DECIDED
    context = {
        "study": study,
        "rows": candidate_rows(study),
        "may_change": may_change,
        "sees_profiles": request.access.may("partners.view_partner"),
    }
    return render(request, "studies/candidates.html", context)


@require_safe
@cluster_view(may=VIEW)
def export(request: ClusterRequest, study_id: int, file_format: str) -> HttpResponse:
    """Download the candidates."""
    study = study_or_404(request, study_id)
    return exports.candidates_file(study, candidate_rows(study), file_format)


@cluster_view(may=CHANGE)
def choose(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Tick partner clusters; the short list is ticked from the start while the study is empty."""
    study = study_or_404(request, study_id)
    if request.method == "POST":
        return _add(request, study)
    return _choice(request, study, QuickCandidateForm())


@require_POST
@cluster_view(may=CHANGE)
def quick(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Begin a profile by name and country, and take it into the study."""
    study = study_or_404(request, study_id)
    form = QuickCandidateForm(request.POST)
    if not form.is_valid():
        return _choice(request, study, form, status=422)
    try:
        made = services.add_by_name(study=study, by=request.user, **form.cleaned_data)
    except (StudyError, PartnerError) as problem:
        form.add_error(None, explain(problem))
        return _choice(request, study, form, status=422)
    except ValidationError as problem:
        form.add_error(None, problem.messages)
        return _choice(request, study, form, status=422)
    notify(request, _("“%(name)s” is now a candidate.") % {"name": made.partner.name})
    return redirect("studies:candidates-choose", request.cluster.slug, study.pk)


@require_POST
@cluster_view(may=CHANGE)
def remove(request: ClusterRequest, study_id: int, candidate_id: int) -> HttpResponse:
    """Take a candidate out; the message on the next page brings it back with its scores."""
    study = study_or_404(request, study_id)
    candidate = candidate_or_404(study, candidate_id)
    try:
        remains = services.remove_candidate(candidate=candidate)
    except StudyError as problem:
        return refused(request, study, problem)
    key = keep_remains(request, f"{ROOM}:{study.pk}", remains)
    scores = sum(each["model"] == "studies.score" for each in remains)
    text = ngettext(
        "“%(name)s” is no longer a candidate; %(number)s score went with it.",
        "“%(name)s” is no longer a candidate; %(number)s scores went with it.",
        scores,
    )
    undo = reverse("studies:candidate-restore", args=[request.cluster.slug, study.pk, key])
    notify(request, text % {"name": candidate.partner.name, "number": scores}, undo_url=undo)
    return redirect("studies:candidates", request.cluster.slug, study.pk)


@require_POST
@cluster_view(may=CHANGE)
def bring_back(request: ClusterRequest, study_id: int, key: str) -> HttpResponse:
    """Bring back the candidate that was taken out a moment ago, with its scores."""
    study = study_or_404(request, study_id)
    if study.state == Study.State.DECIDED:
        return refused(request, study, StudyError("study.decided"))
    remains = take_remains(request, f"{ROOM}:{study.pk}", key)
    try:
        restore(remains)
    except NeedError:
        return refused(request, study, StudyError("study.cannot_come_back"))
    notify(request, _("The candidate is back."))
    return redirect("studies:candidates", request.cluster.slug, study.pk)


@require_POST
@cluster_view(may=CHANGE)
def remove_many(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Take the ticked candidates out; the browser has asked before."""
    study = study_or_404(request, study_id)
    try:
        number, scores = services.remove_candidates(study=study, candidate_ids=ticked(request, "candidates"))
    except StudyError as problem:
        return refused(request, study, problem)
    text = ngettext(
        "%(number)s candidate taken out, with %(scores)s scores.",
        "%(number)s candidates taken out, with %(scores)s scores.",
        number,
    )
    notify(request, text % {"number": number, "scores": scores})
    return redirect("studies:candidates", request.cluster.slug, study.pk)


@require_POST
@cluster_view(may=CHANGE)
def move(request: ClusterRequest, study_id: int, candidate_id: int) -> HttpResponse:
    """Move a candidate in the list."""
    study = study_or_404(request, study_id)
    try:
        services.move_candidate(
            candidate=candidate_or_404(study, candidate_id), step=request.POST.get("step", "")
        )
    except StudyError as problem:
        return refused(request, study, problem)
    url = reverse("studies:candidates", args=[request.cluster.slug, study.pk])
    return redirect(f"{url}#candidate-{candidate_id}")


@cluster_view(may=CHANGE)
def leave_out(request: ClusterRequest, study_id: int, candidate_id: int) -> HttpResponse:
    """Leave a candidate out of the result with a reason, or let it take part again."""
    study = study_or_404(request, study_id)
    candidate = candidate_or_404(study, candidate_id)
    if request.method == "POST":
        because = "" if "again" in request.POST else request.POST.get("because", "").strip()
        if because or "again" in request.POST:
            try:
                services.leave_out(candidate=candidate, because=because[:2000])
            except StudyError as problem:
                return refused(request, study, problem)
            notify(request, _("Noted."))
            return redirect("studies:candidates", request.cluster.slug, study.pk)
    context = {"study": study, "candidate": candidate, "has_no_reason": request.method == "POST"}
    status = 422 if request.method == "POST" else 200
    return render(request, "studies/candidate_leave_out.html", context, status=status)


def _add(request: ClusterRequest, study: Study) -> HttpResponse:
    try:
        number = services.add_candidates(study=study, partner_ids=ticked(request, "partners"))
    except StudyError as problem:
        return refused(request, study, problem)
    text = ngettext("%(number)s candidate has been added.", "%(number)s candidates have been added.", number)
    notify(request, text % {"number": number})
    page = "candidates" if study.criteria.exists() else "criteria-choose"
    return redirect(f"studies:{page}", request.cluster.slug, study.pk)


def _choice(
    request: ClusterRequest, study: Study, form: QuickCandidateForm, status: int = 200
) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:100]
    taken = set(study.candidates.values_list("partner_id", flat=True))
    found = [row for row in partner_rows(request.cluster, timezone.localdate(), words) if row.pk not in taken]
    has_short = any(row.stage == Stage.SHORT for row in found)
    chosen = request.GET.get("list", "")
    listed = chosen if chosen in LISTED else ("short" if has_short and not words else "all")
    rows = sorted(
        (row for row in found if row.stage in LISTED[listed]), key=lambda row: (row.name.casefold(), row.pk)
    )
    context = {
        "study": study,
        "form": form,
        "rows": rows,
        "words": words,
        "listed": listed,
        "counts": {name: sum(row.stage in stages for row in found) for name, stages in LISTED.items()},
        "ticked": {row.pk for row in rows if row.stage == Stage.SHORT} if not taken else set(),
        "number": len(taken),
        "labels": dict(Stage.choices),
        "is_empty": not found and not words,
    }
    return render(request, "studies/candidates_choose.html", context, status=status)
