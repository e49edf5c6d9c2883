"""The 19 points, and answering one by hand."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.journey import services
from kontor.journey.catalogue import Point, points
from kontor.journey.checklist import answered_points, computed_points, most_urgent
from kontor.journey.forms import AnswerForm, values_of
from kontor.journey.models import PointAnswer
from kontor.journey.outlook import step_of
from kontor.journey.partners_area import stations
from kontor.ui.forms import differences, number_in
from kontor.ui.notices import notify

AREAS = ("partners", "projects", "network", "impact")


@require_safe
@cluster_view(may="journey.view_points")
def checklist(request: ClusterRequest) -> HttpResponse:
    """Show all 19 points with question, state, reason and next step."""
    today = timezone.localdate()
    return render(
        request, "journey/points.html", {"answered": answered_points(request.cluster, today), "as_of": today}
    )


@require_safe
@cluster_view(may="journey.view_points")
def area(request: ClusterRequest, area: str) -> HttpResponse:
    """Show an area with its points; where its chapters are still to come, they are answered by hand."""
    if area not in AREAS:
        raise Http404
    today = timezone.localdate()
    answered = [each for each in answered_points(request.cluster, today) if each.point.area == area]
    context: dict[str, Any] = {"answered": answered, "area": area}
    if area != "partners":
        return render(request, "journey/area.html", context)
    urgent = most_urgent(answered) if request.access.may("journey.answer_point") else None
    context["stations"] = stations(request.access, today)
    context["step"] = step_of(urgent) if urgent else None
    return render(request, "journey/partners.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@cluster_view(may="journey.answer_point")
def answer(request: ClusterRequest, number: int) -> HttpResponse:
    """Answer a point that the data does not answer by itself."""
    point = next((each for each in points(request.LANGUAGE_CODE) if each.number == number), None)
    if point is None or number in computed_points(request.cluster, timezone.localdate()):
        raise Http404
    stored = (
        PointAnswer.objects.select_related("answered_by")
        .filter(cluster=request.cluster, point=number)
        .first()
    )
    if request.method != "POST":
        return _page(request, point, AnswerForm(initial=values_of(stored)), stored)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, point, form, stored, status=422)
    try:
        services.answer_point(
            cluster=request.cluster,
            point=number,
            state=form.cleaned_data["state"],
            note=form.note(),
            user=request.user,
            expected_version=_version(request),
        )
    except EditConflict as conflict:
        assert isinstance(conflict.current, PointAnswer)
        return _page(request, point, form, conflict.current, status=409)
    notify(request, _("Point %(number)s is answered.") % {"number": number})
    return redirect("journey:points", request.cluster.slug)


def _version(request: ClusterRequest) -> int:
    return number_in(request.POST.get("version", ""))


def _page(
    request: ClusterRequest, point: Point, form: AnswerForm, stored: PointAnswer | None, *, status: int = 200
) -> HttpResponse:
    is_conflict = status == 409 and stored is not None
    context = {
        "point": point,
        "form": form,
        "stored": stored,
        "version": stored.version if stored else 0,
        "is_conflict": is_conflict,
        "differences": differences(form, values_of(stored)) if is_conflict else (),
    }
    return render(request, "journey/answer.html", context, status=status)
