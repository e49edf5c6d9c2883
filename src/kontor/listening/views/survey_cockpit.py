"""The cockpit of a survey: where it stands and what helps next."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.jobs.models import Job
from kontor.jobs.queries import standing as job_standing
from kontor.listening.models import Survey
from kontor.listening.problems import ListeningError
from kontor.listening.queries.surveys.lists import groups_chosen, latest_job
from kontor.listening.queries.surveys.reach import reach
from kontor.listening.queries.surveys.response import response_by_segment, standing
from kontor.listening.services import surveys as services
from kontor.listening.services.surveys.sending import to_invite, to_remind
from kontor.listening.views.survey_access import MAY, address, refused, survey_or_404
from kontor.listening.views.survey_preview import previews
from kontor.ui.notices import notify


@require_safe
@cluster_view(may=MAY)
def detail(request: ClusterRequest, survey_id: int) -> HttpResponse:
    """Show where the survey stands and what helps next."""
    survey = survey_or_404(request, survey_id)
    is_draft = survey.state == Survey.State.DRAFT
    context: dict[str, Any] = {"survey": survey, "job": latest_job(survey)}
    if is_draft:
        on = timezone.localdate()
        context["reach"] = reach(request.cluster, survey.chosen, on, one_per=survey.one_per)
        context["previews"] = previews(request.cluster, survey)
        context["groups"] = groups_chosen(survey)
    else:
        context |= live_context(survey)
        context["to_remind"] = to_remind(survey, timezone.now()).count()
        context["to_invite"] = to_invite(survey).count()
        context["results_url"] = address("listening:survey-results", request.cluster.slug, survey.pk)
        context["calls_url"] = address("listening:calls", request.cluster.slug) or address(
            "needs:silent", request.cluster.slug
        )
    if context["job"]:
        context["progress"] = progress_context(request, survey, context["job"])
    template = "preparing" if is_draft else "cockpit"
    return render(request, f"listening/surveys/{template}.html", context)


@require_safe
@cluster_view(may=MAY)
def live(request: ClusterRequest, survey_id: int) -> HttpResponse:
    """Return the response as it stands; htmx asks every few seconds."""
    survey = survey_or_404(request, survey_id)
    return render(request, "listening/surveys/partials/live.html", {"survey": survey} | live_context(survey))


@require_safe
@cluster_view(may=MAY)
def progress(request: ClusterRequest, survey_id: int) -> HttpResponse:
    """Return how far the mails are; htmx asks each second."""
    survey = survey_or_404(request, survey_id)
    job = latest_job(survey)
    if job is None or not request.htmx:
        return redirect("listening:survey", request.cluster.slug, survey.pk)
    return render(request, "jobs/progress.html", progress_context(request, survey, job))


@require_POST
@cluster_view(may=MAY)
def delete(request: ClusterRequest, survey_id: int) -> HttpResponse:
    """Throw away a survey that nobody was asked to answer."""
    survey = survey_or_404(request, survey_id)
    try:
        services.delete_survey(survey=survey)
    except ListeningError as problem:
        return refused(request, survey, problem)
    notify(request, _("The survey has been deleted."))
    return redirect("listening:surveys", request.cluster.slug)


def live_context(survey: Survey) -> dict[str, Any]:
    """Return what the live part of the cockpit shows."""
    dimensions = response_by_segment(survey)
    return {
        "numbers": standing(survey),
        "dimensions": dimensions,
        "under": [each for dimension in dimensions for each in dimension.under],
        "is_running": survey.state == Survey.State.RUNNING,
    }


def progress_context(request: ClusterRequest, survey: Survey, job: Job) -> dict[str, Any]:
    """Return what the progress of the mails shows."""
    return {
        "title": _("The mails are on their way"),
        "standing": job_standing(job),
        "poll_url": reverse("listening:survey-progress", args=[request.cluster.slug, survey.pk]),
        "done_url": reverse("listening:survey", args=[request.cluster.slug, survey.pk]),
        "done_label": _("See how it stands"),
    }
