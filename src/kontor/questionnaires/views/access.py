"""What the pages of this room share: the questionnaire of this cluster, ways to other rooms, refusals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest
from kontor.actors.queries.history import last_editor
from kontor.questionnaires.definition import Definition, Kind
from kontor.questionnaires.forms.shown import Offer
from kontor.questionnaires.models import Questionnaire
from kontor.questionnaires.problems import QuestionnaireError
from kontor.questionnaires.topics import topics_of
from kontor.questionnaires.vocabulary import vocabulary_of
from kontor.ui.components import Text
from kontor.ui.errors import explain

VIEW, CHANGE = "questionnaires.view_questionnaire", "questionnaires.change_questionnaire"


def questionnaire_or_404(request: ClusterRequest, pk: int) -> Questionnaire:
    """Return a questionnaire of this cluster."""
    return get_object_or_404(Questionnaire, pk=pk, cluster=request.cluster)


def reader_language() -> str:
    """Return the language in which the page is read."""
    return (get_language() or "en").split("-")[0]


def address(name: str, *args: object) -> str:
    """Return the address of a page that may not be there, or ""."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def offer_of(request: ClusterRequest, definition: Definition) -> Offer:
    """Return what a form may offer: countries, competences and topics by name. At most two queries."""
    language = reader_language()
    vocabulary = vocabulary_of(request.cluster, language, definition)
    names: Mapping[Kind, Mapping[str, Text]] = {
        Kind.COUNTRY: vocabulary.countries,
        Kind.COMPETENCE: vocabulary.competences,
    }
    return Offer(language, names, topics_of(request.cluster, language))


def refused(
    request: ClusterRequest, problem: QuestionnaireError, *, questionnaire: Questionnaire, status: int = 409
) -> HttpResponse:
    """Say in a sentence why an act could not be done."""
    context = {"problem": explain(problem), "questionnaire": questionnaire}
    return render(request, "questionnaires/refused.html", context, status=status)


def overtaken(request: ClusterRequest, questionnaire: Questionnaire, conflict: EditConflict) -> HttpResponse:
    """Say that somebody else was faster with an act that had nothing typed in it."""
    context: dict[str, Any] = {
        "problem": "",
        "who": last_editor(conflict.current),
        "questionnaire": questionnaire,
    }
    return render(request, "questionnaires/refused.html", context, status=409)
