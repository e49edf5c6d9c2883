"""The appointment of an interview, and what to do when a member declines."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.services import EditConflict, Refused
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.views.conflict import conflict_shown
from kontor.listening.appointments import appointment_file
from kontor.listening.interview_forms import AppointmentForm, DeclineForm, StandInForm
from kontor.listening.models import Interview
from kontor.listening.problems import ListeningError
from kontor.listening.services import interviews as services
from kontor.listening.views.interviews_plan import refused
from kontor.listening.views.interviews_talk import about, found
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify

MAY = "listening.change_interview"


@cluster_view(may=MAY)
def appointment(request: ClusterRequest, interview_id: int) -> HttpResponse:
    """Make or change the appointment; who comes second is shown both versions."""
    interview = found(request, interview_id)
    initial = AppointmentForm.stored(interview) | (
        {} if interview.interviewer_id or interview.appointed_at else {"interviewer": request.user.pk}
    )
    form = AppointmentForm(request.POST or None, interview=interview, initial=initial)
    context: dict[str, Any] = {**about(interview), "form": form, "version": interview.version}
    if request.method != "POST":
        return render(request, "listening/interviews/appointment.html", context)
    status, more = _save(request, interview, form)
    if status != 200:
        return render(request, "listening/interviews/appointment.html", context | more, status=status)
    notify(request, _("The appointment has been saved."))
    return redirect("listening:interview", request.cluster.slug, interview.pk)


@cluster_view(may=MAY)
def calendar(request: ClusterRequest, interview_id: int) -> HttpResponse:
    """Download the appointment for the calendar; without one, go and make it."""
    interview = found(request, interview_id)
    if interview.appointed_at is None:
        return redirect("listening:interview-appointment", request.cluster.slug, interview.pk)
    headers = {"Content-Disposition": f'attachment; filename="interview-{interview.pk}.ics"'}
    return HttpResponse(
        appointment_file(interview), content_type="text/calendar; charset=utf-8", headers=headers
    )


@require_POST
@cluster_view(may=MAY)
def invite(request: ClusterRequest, interview_id: int) -> HttpResponse:
    """Send the contact the appointment by mail."""
    interview = found(request, interview_id)
    try:
        services.write_invitation(interview=interview, reply_to=request.user.email)
    except (ListeningError, Refused) as problem:
        return _refused(request, interview, problem)
    notify(request, _("The appointment has been sent to %(person)s.") % {"person": interview.person})
    return redirect("listening:interview", request.cluster.slug, interview.pk)


@cluster_view(may=MAY)
def decline(request: ClusterRequest, interview_id: int) -> HttpResponse:
    """Note that the member declined, and offer who stands in."""
    interview = found(request, interview_id)
    form = DeclineForm(request.POST or None)
    version = request.POST.get("version", "") or str(interview.version)
    if request.method == "POST" and form.is_valid():
        try:
            services.decline(
                interview=interview, expected_version=number_in(version), reason=form.cleaned_data["reason"]
            )
        except (EditConflict, ListeningError) as problem:
            form.add_error(None, explain(problem))
        else:
            return redirect("listening:interview-decline", request.cluster.slug, interview.pk)
    reserve = interview.study.interviews.filter(
        stratum=interview.stratum, role=Interview.Role.RESERVE, state=Interview.State.UNUSED
    )
    context = {
        **about(interview),
        "form": form,
        "version": version,
        "next_reserve": reserve.select_related("organisation").order_by("rank").first(),
        "stand_in": Interview.objects.filter(replaces=interview).select_related("organisation").first(),
    }
    return render(request, "listening/interviews/decline.html", context, status=422 if form.is_bound else 200)


@require_POST
@cluster_view(may=MAY)
def reserve(request: ClusterRequest, interview_id: int) -> HttpResponse:
    """Let the next reserve of the group take the place."""
    interview = found(request, interview_id)
    try:
        stand_in = services.call_reserve(interview=interview)
    except ListeningError as problem:
        return _refused(request, interview, problem)
    return _after(request, stand_in)


@cluster_view(may=MAY)
def stand_in(request: ClusterRequest, interview_id: int) -> HttpResponse:
    """Choose by hand who takes the place, and say why."""
    interview = found(request, interview_id)
    form = StandInForm(request.POST or None, interview=interview)
    if request.method == "POST" and form.is_valid():
        try:
            chosen = services.choose_stand_in(interview=interview, **form.cleaned_data)
        except ListeningError as problem:
            form.add_error(None, refused(problem))
        else:
            return _after(request, chosen)
    context = {**about(interview), "form": form}
    return render(
        request, "listening/interviews/stand_in.html", context, status=422 if form.is_bound else 200
    )


@require_POST
@cluster_view(may=MAY)
def reopen(request: ClusterRequest, interview_id: int) -> HttpResponse:
    """Take a refusal back."""
    interview = found(request, interview_id)
    version = number_in(request.POST.get("version", ""))
    try:
        services.reopen(interview=interview, expected_version=version)
    except (EditConflict, ListeningError) as problem:
        return _refused(request, interview, problem)
    notify(request, _("The member is on the list again."))
    return redirect("listening:interview", request.cluster.slug, interview.pk)


def _after(request: ClusterRequest, stand_in: Interview) -> HttpResponse:
    notify(request, _("%(name)s takes the place.") % {"name": stand_in.organisation.name})
    return redirect("listening:interview", request.cluster.slug, stand_in.pk)


def _save(request: ClusterRequest, interview: Interview, form: AppointmentForm) -> tuple[int, dict[str, Any]]:
    """Store the form and return the status of the answer, with what its page must show."""
    version = request.POST.get("version", "")
    if not form.is_valid():
        return 422, {"version": version}
    try:
        services.appoint(interview=interview, expected_version=number_in(version), **form.cleaned_data)
    except EditConflict as conflict:
        current: Any = conflict.current
        return 409, conflict_shown(form, current, AppointmentForm.stored(current))
    except (ListeningError, ValidationError) as problem:
        form.add_error(None, refused(problem))
        return 422, {"version": version}
    return 200, {}


def _refused(
    request: ClusterRequest, interview: Interview, problem: ListeningError | Refused | EditConflict
) -> HttpResponse:
    context = {"study": interview.study, "interview": interview, "problem": explain(problem)}
    return render(request, "listening/interviews/refused.html", context, status=409)
