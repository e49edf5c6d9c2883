"""Member surveys: the list, and setting one up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.listening import exports_surveys
from kontor.listening.forms.survey import SurveyForm, languages_of
from kontor.listening.models import Survey
from kontor.listening.problems import ListeningError
from kontor.listening.queries.audience import ONLY_SILENT, chosen_in
from kontor.listening.queries.surveys.lists import surveys_of
from kontor.listening.queries.surveys.reach import choices, reach
from kontor.listening.services import surveys as services
from kontor.listening.services.surveys.closing import close_due
from kontor.listening.views.survey_access import MAY, address, survey_or_404
from kontor.listening.views.survey_preview import previews
from kontor.listening.wording import text_of
from kontor.ui.errors import explain
from kontor.ui.forms import differences, number_in
from kontor.ui.notices import notify

PAGE = 50
WEEKS_OPEN = timedelta(weeks=2)


@require_safe
@cluster_view(may=MAY)
def directory(request: ClusterRequest) -> HttpResponse:
    """List the surveys."""
    close_due(timezone.now())
    page = Paginator(surveys_of(request.cluster), PAGE).get_page(request.GET.get("page"))
    return render(request, "listening/surveys/directory.html", {"page": page})


@require_safe
@cluster_view(may=MAY)
def export(request: ClusterRequest, file_format: str) -> HttpResponse:
    """Download the list of surveys."""
    return exports_surveys.surveys_file(surveys_of(request.cluster), file_format, cluster=request.cluster)


@cluster_view(may=MAY)
def create(request: ClusterRequest) -> HttpResponse:
    """Set up a survey; `?questionnaire=` chooses one."""
    initial = {
        "questionnaire": number_in(request.GET.get("questionnaire", "")) or None,
        "closes_at": (timezone.localtime() + WEEKS_OPEN).replace(hour=18, minute=0, second=0, microsecond=0),
    }
    form = SurveyForm(request.POST or None, cluster=request.cluster, initial=initial)
    if request.method == "POST" and "preview" not in request.POST and form.is_valid():
        survey = services.create_survey(cluster=request.cluster, chosen=_chosen(request), **form.stored())
        notify(request, _("The survey is prepared. Look at it once more, then open it."))
        return redirect("listening:survey", request.cluster.slug, survey.pk)
    return _form(request, form, {}, _chosen(request))


@cluster_view(may=MAY)
def edit(request: ClusterRequest, survey_id: int) -> HttpResponse:
    """Change a survey in preparation; once it runs, only its dates and reminders can be changed."""
    survey = survey_or_404(request, survey_id)
    if survey.state != Survey.State.DRAFT:
        return redirect("listening:survey", request.cluster.slug, survey.pk)
    form = SurveyForm(request.POST or None, cluster=request.cluster, initial=_stored(survey))
    chosen = _chosen(request) if request.method == "POST" else survey.chosen
    context: dict[str, Any] = {"survey": survey, "version": request.POST.get("version") or survey.version}
    if request.method == "POST" and "preview" not in request.POST and form.is_valid():
        try:
            version = number_in(request.POST.get("version", ""))
            services.update_survey(survey=survey, expected_version=version, chosen=chosen, **form.stored())
        except EditConflict as conflict:
            context |= {"version": getattr(conflict.current, "version", 0), "has_conflict": True}
            context["conflict"] = differences(form, _stored(conflict.current))
            return _form(request, form, context, chosen, status=409)
        except ListeningError as problem:
            form.add_error(None, explain(problem))
            return _form(request, form, context, chosen)
        notify(request, _("The survey has been saved."))
        return redirect("listening:survey", request.cluster.slug, survey.pk)
    return _form(request, form, context, chosen)


def _form(
    request: ClusterRequest,
    form: SurveyForm,
    context: dict[str, Any],
    chosen: dict[str, Any],
    status: int = 0,
) -> HttpResponse:
    on, one_per = timezone.localdate(), request.POST.get("one_per", form["one_per"].value() or "")
    is_preview = request.method == "POST" and "preview" in request.POST
    context = context | {
        "form": form,
        "dimensions": choices(request.cluster, chosen, on),
        "only_silent": bool(chosen.get(ONLY_SILENT)),
        "reach": reach(request.cluster, chosen, on, one_per=one_per),
        "previews": previews(request.cluster, form) if is_preview else (),
        "has_questionnaires": form.fields["questionnaire"].queryset.exists(),  # type: ignore[attr-defined]
        "questionnaires_url": address("questionnaires:overview", request.cluster.slug),
    }
    if not status:
        status = 422 if form.is_bound and not is_preview else 200
    return render(request, "listening/surveys/form.html", context, status=status)


@require_safe
@cluster_view(may=MAY)
def audience_counts(request: ClusterRequest) -> HttpResponse:
    """Say whom the groups ticked so far reach; htmx asks at each tick."""
    chosen, on = chosen_in(_lists(request.GET)), timezone.localdate()
    found = reach(request.cluster, chosen, on, one_per=request.GET.get("one_per", ""))
    return render(request, "listening/surveys/partials/reach.html", {"reach": found})


def _chosen(request: ClusterRequest) -> dict[str, Any]:
    return chosen_in(_lists(request.POST))


def _lists(query: QueryDict) -> dict[str, list[str]]:
    return {name: [str(value) for value in values] for name, values in query.lists()}


def _stored(survey: Any) -> dict[str, Any]:
    """Return the survey's values as the form names them."""
    values = {
        "name": survey.name,
        "questionnaire": survey.questionnaire_id,
        "one_per": survey.one_per,
        "is_anonymous": survey.is_anonymous,
        "closes_at": survey.closes_at,
    }
    for code in languages_of(survey.cluster):
        values |= {f"{name}_{code}": text_of(survey, name, code) for name in ("subject", "message")}
    return values
