"""Equal terms: ask candidates how they see us, lay both views side by side, and the guest's own page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kontor.accounts.services import Refused
from kontor.accounts.views.wall import ClusterRequest, LinkRequest, cluster_view, link_view
from kontor.studies.forms.mutual import AskForm, stored
from kontor.studies.models import MutualView
from kontor.studies.problems import StudyError
from kontor.studies.queries.named import criteria_named
from kontor.studies.reading import reading_of
from kontor.studies.services import mutual
from kontor.studies.shown_mutual import asymmetry, pairs_of
from kontor.studies.views.found import CHANGE, candidate_or_404, study_or_404
from kontor.studies.views.result import RESULT
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify


@require_safe
@cluster_view(may=RESULT)
def overview(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Show every candidate with both views, and whom to ask still."""
    study = study_or_404(request, study_id)
    reading, views = reading_of(study), mutual.views_of(study)
    rows = []
    for pk, candidate in reading.candidates.items():
        view = views.get(pk)
        pairs = pairs_of(reading, view) if view and view.submitted_at else []
        rows.append((candidate, view, pairs, asymmetry(str(candidate), pairs)))
    # Who has answered stands first, then who has been asked.
    rows.sort(key=lambda row: (not row[2], row[1] is None))
    context = {"study": study, "rows": rows, "may_change": request.access.may(CHANGE)}
    return render(request, "studies/mutual.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may=CHANGE)
def ask(request: ClusterRequest, study_id: int, candidate_id: int) -> HttpResponse:
    """Choose whom to ask and what, and mail the link."""
    study = study_or_404(request, study_id)
    candidate = candidate_or_404(study, candidate_id)
    form = AskForm(request.POST or None, study=study, initial=stored(candidate))
    if request.method == "POST" and form.is_valid():
        try:
            view = mutual.ask(candidate=candidate, **form.cleaned_data)
            mutual.invite(view=view)
        except (StudyError, Refused) as problem:
            form.add_error(None, explain(problem))
        else:
            notify(request, _("%(name)s has been sent the link.") % {"name": view.name})
            return redirect("studies:mutual", request.cluster.slug, study.pk)
    context = {"study": study, "candidate": candidate, "form": form}
    return render(request, "studies/mutual_ask.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@link_view(mutual.PURPOSE)
def answer(request: LinkRequest) -> HttpResponse:
    """Let the candidate say how it sees us; nothing of our own view is shown."""
    rows = MutualView.objects.select_related("candidate__study__cluster", "candidate__partner")
    view = rows.filter(
        pk=request.link.target, cluster=request.cluster, email__iexact=request.link.email
    ).first()
    if view is None:
        raise Http404
    if view.candidate.study.is_decided:
        return render(request, "studies/mutual_closed.html", {"view": view}, status=410)
    if request.method != "POST":
        return _page(request, view, _stored(view), "")
    typed = _typed(request, view)
    try:
        view = mutual.save_answers(
            view=view,
            typed=typed,
            edition=number_in(request.POST.get("edition", "")),
            hands_in="hand_in" in request.POST,
        )
    except StudyError as problem:
        status = 409 if problem.code == "mutual.saved_elsewhere" else 422
        view.refresh_from_db()
        return _page(request, view, typed, explain(problem), status=status)
    notify(request, _("Thank you, your answers have been handed in.") if view.submitted_at else _("Saved."))
    return redirect(request.path)


def _page(
    request: LinkRequest,
    view: MutualView,
    typed: dict[str, dict[str, str]],
    problem: str,
    *,
    status: int = 200,
) -> HttpResponse:
    asked = [each for each in criteria_named(view.candidate.study) if each.code in view.codes]
    context: dict[str, Any] = {
        "view": view,
        "questions": [(each, typed.get(each.code, {})) for each in asked],
        "problem": problem,
    }
    return render(request, "studies/mutual_answer.html", context, status=status)


def _typed(request: LinkRequest, view: MutualView) -> dict[str, dict[str, str]]:
    return {
        code: {
            "value": request.POST.get(f"value:{code}", "")[:40],
            "comment": request.POST.get(f"comment:{code}", "")[: mutual.LONGEST],
        }
        for code in view.codes
    }


def _stored(view: MutualView) -> dict[str, dict[str, str]]:
    """Return the answers as the fields hold them."""
    return {
        code: {"value": _plain(each.get("value")), "comment": each.get("comment", "")}
        for code, each in view.answers.items()
    }


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
