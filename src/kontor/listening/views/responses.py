"""Single answers: a list, one of them, a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import get_language

from kontor.accounts.models.user import LANGUAGES
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.listening.answer_files import answers_file
from kontor.listening.confidentiality import guard_of
from kontor.listening.models import Survey, SurveyResponse
from kontor.listening.queries.encoded import encoded
from kontor.listening.queries.spoken import spoken
from kontor.listening.queries.wording import wording_of
from kontor.listening.views.reading import named_survey, survey_of
from kontor.needs.models import Need

PAGE = 50


@cluster_view(may="listening.view_answers")
def responses(request: ClusterRequest, survey_id: int) -> HttpResponse:
    """List who answered; anonymous surveys have no single answers to show, and say so."""
    survey = survey_of(request, survey_id)
    if survey.is_anonymous:
        guard = guard_of(survey, request.access)
        return render(request, "listening/responses.html", {"survey": survey, "guard": guard})
    rows = survey.responses.select_related("organisation", "person").defer("answers", "segment")
    words = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    if words:
        rows = rows.filter(organisation__name__icontains=words)
    page = Paginator(rows.order_by("organisation__name", "pk"), PAGE).get_page(request.GET.get("page"))
    return render(request, "listening/responses.html", {"survey": survey, "page": page, "q": words})


@cluster_view(may="listening.view_answers")
def response(request: ClusterRequest, survey_id: int, response_id: UUID) -> HttpResponse:
    """Show one answer, question by question, with the needs that came of it."""
    survey = named_survey(request, survey_id)
    found = _response(survey, response_id)
    asked = survey.version_asked.asked if survey.version_asked else survey.questionnaire.definition
    wording = wording_of(request.cluster, asked, get_language() or "en")
    context: dict[str, Any] = {
        "survey": survey,
        "response": found,
        "sections": spoken(asked, found.answers, wording),
        "needs": _needs(found),
    }
    return render(request, "listening/response.html", context)


@cluster_view(may="listening.view_answers")
def export(request: ClusterRequest, survey_id: int, form: str) -> HttpResponse:
    """Download all answers, in the language asked for: `?language=de`."""
    survey = survey_of(request, survey_id)
    guard = guard_of(survey, request.access)
    if not (guard.may_name or survey.is_anonymous):
        raise PermissionDenied
    data = encoded(survey)
    if not guard.is_open or (data.n < guard.limit and guard.holds_back):
        raise Http404
    wanted = request.GET.get("language", "")
    language = wanted if wanted in dict(LANGUAGES) else get_language() or "en"
    with translation.override(language):
        wording = wording_of(request.cluster, data.definition, language)
        return answers_file(survey, data, wording, guard, form)


def _response(survey: Survey, key: UUID) -> SurveyResponse:
    rows = survey.responses.select_related("organisation", "person", "cluster")
    return get_object_or_404(rows, pk=key)


def _needs(found: SurveyResponse) -> list[Need]:
    """Return the needs of the organisation that came of this survey. One query."""
    bases = [f"survey:{found.survey_id}:", f"read:{found.pk.hex}:"]
    needs = Need.objects.filter(cluster=found.cluster_id, organisation=found.organisation_id)
    rows = needs.exclude(reference="").select_related("topic")
    return [need for need in rows if need.reference.startswith(tuple(bases))]
