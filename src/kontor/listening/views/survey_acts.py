"""What is done with a survey: open, send, remind, close, open again, another date."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.listening.forms.survey import ClosingForm, ReminderForm, languages_of
from kontor.listening.models import Survey
from kontor.listening.problems import ListeningError
from kontor.listening.services import surveys as services
from kontor.listening.services.surveys.sending import INVITATIONS, to_remind
from kontor.listening.views.survey_access import MAY, refused, survey_or_404
from kontor.listening.views.survey_preview import previews
from kontor.listening.wording import text_of
from kontor.questionnaires.problems import QuestionnaireError
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify


@require_POST
@cluster_view(may=MAY)
def open_it(request: ClusterRequest, survey_id: int) -> HttpResponse:
    """Freeze the questions, write down who is invited and begin to send."""
    survey = survey_or_404(request, survey_id)
    try:
        invited = services.open_survey(survey=survey, user=request.user, now=timezone.now())
    except (ListeningError, QuestionnaireError) as problem:
        return refused(request, survey, problem)
    survey.refresh_from_db()
    services.start_sending(survey=survey, what=INVITATIONS, requested_by=f"user:{request.user.pk}")
    text = ngettext("One invitation is on its way.", "%(count)d invitations are on their way.", invited)
    notify(request, text % {"count": invited})
    return _back(request, survey)


@require_POST
@cluster_view(may=MAY)
def send(request: ClusterRequest, survey_id: int) -> HttpResponse:
    """Send the invitations that have not gone out."""
    survey = survey_or_404(request, survey_id)
    if survey.state != Survey.State.RUNNING:
        return refused(request, survey, ListeningError("survey.not_running"))
    services.start_sending(survey=survey, what=INVITATIONS, requested_by=f"user:{request.user.pk}")
    return _back(request, survey)


@cluster_view(may=MAY)
def remind(request: ClusterRequest, survey_id: int) -> HttpResponse:
    """Show what a reminder says and to how many it goes; save its texts, or send it now."""
    survey = survey_or_404(request, survey_id)
    if survey.state != Survey.State.RUNNING:
        return refused(request, survey, ListeningError("survey.not_running"))
    form = ReminderForm(request.POST or None, cluster=request.cluster, initial=_reminder(survey))
    context = {"form": form, "version": request.POST.get("version") or survey.version}
    if request.method == "POST" and form.is_valid():
        try:
            services.update_reminder(
                survey=survey,
                expected_version=number_in(request.POST.get("version", "")),
                subject=form.texts_of("subject"),
                message=form.texts_of("message"),
                remind_at=form.cleaned_data["remind_at"],
            )
            return _after_reminder(request, survey)
        except EditConflict as conflict:
            context |= {"has_conflict": True, "version": getattr(conflict.current, "version", 0)}
            return _remind_page(request, survey, context, 409)
        except ListeningError as problem:
            return refused(request, survey, problem)
    return _remind_page(request, survey, context, 422 if form.is_bound else 200)


def _after_reminder(request: ClusterRequest, survey: Survey) -> HttpResponse:
    if "send" in request.POST:
        survey.refresh_from_db()
        services.remind(survey=survey, now=timezone.now(), requested_by=f"user:{request.user.pk}")
        notify(request, _("The reminders are on their way."))
    else:
        notify(request, _("The reminder has been saved."))
    return _back(request, survey)


def _remind_page(
    request: ClusterRequest, survey: Survey, context: dict[str, Any], status: int
) -> HttpResponse:
    context = context | {
        "survey": survey,
        "to_remind": to_remind(survey, timezone.now()).count(),
        "previews": previews(request.cluster, survey, is_reminder=True),
    }
    return render(request, "listening/surveys/remind.html", context, status=status)


@require_POST
@cluster_view(may=MAY)
def close(request: ClusterRequest, survey_id: int) -> HttpResponse:
    """Close the survey now."""
    survey = survey_or_404(request, survey_id)
    try:
        services.close_survey(survey=survey, now=timezone.now())
    except ListeningError as problem:
        return refused(request, survey, problem)
    notify(request, _("The survey is closed. Whoever is typing may finish."))
    return _back(request, survey)


@cluster_view(may=MAY)
def schedule(request: ClusterRequest, survey_id: int) -> HttpResponse:
    """Move the closing date of a running survey, or open a closed one again."""
    survey = survey_or_404(request, survey_id)
    if survey.state == Survey.State.DRAFT:
        return redirect("listening:survey-edit", request.cluster.slug, survey.pk)
    form = ClosingForm(request.POST or None, initial={"closes_at": survey.closes_at})
    context = {"survey": survey, "form": form, "version": request.POST.get("version") or survey.version}
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "listening/surveys/schedule.html", context, status=status)
    try:
        _reschedule(request, survey, form.cleaned_data["closes_at"])
    except (EditConflict, ListeningError) as problem:
        form.add_error(None, explain(problem))
        context["version"] = Survey.objects.get(pk=survey.pk).version
        return render(request, "listening/surveys/schedule.html", context, status=409)
    notify(request, _("The survey is open until the new date."))
    return _back(request, survey)


def _reschedule(request: ClusterRequest, survey: Survey, closes_at: Any) -> None:
    now = timezone.now()
    if survey.state == Survey.State.CLOSED:
        services.reopen_survey(survey=survey, closes_at=closes_at, now=now)
        return
    version = number_in(request.POST.get("version", ""))
    services.reschedule(survey=survey, expected_version=version, closes_at=closes_at, now=now)


def _reminder(survey: Survey) -> dict[str, Any]:
    values: dict[str, Any] = {"remind_at": survey.remind_at}
    for code in languages_of(survey.cluster):
        for name in ("subject", "message"):
            values[f"{name}_{code}"] = text_of(survey, f"reminder_{name}", code)
    return values


def _back(request: ClusterRequest, survey: Survey) -> HttpResponse:
    return redirect("listening:survey", request.cluster.slug, survey.pk)
