"""Texts that wait to be read: a need, or none."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.listening.forms_texts import TextNeedForm
from kontor.listening.models import Survey, SurveyResponse
from kontor.listening.problems import ListeningError
from kontor.listening.queries.texts import NEED, NO_NEED, WAITING, Texts
from kontor.listening.queries.wording import Wording, wording_of
from kontor.listening.services.reading import make_need, read_again, set_aside
from kontor.listening.views.reading import named_survey, survey_of
from kontor.needs.models import Need
from kontor.needs.problems import NeedError
from kontor.needs.said import LONGEST_STATEMENT, needs_said
from kontor.questionnaires.answers import WORDS
from kontor.questionnaires.definition import Kind
from kontor.ui.errors import explain
from kontor.ui.notices import notify

PAGE = 50
STATES = (WAITING, NEED, NO_NEED)


@cluster_view(may="listening.view_answers")
def texts(request: ClusterRequest, survey_id: int) -> HttpResponse:
    """List what members wrote and no rule could make a need of, those that wait first."""
    survey = survey_of(request, survey_id)
    found, wording = Texts(survey), _wording(request, survey)
    state = request.GET.get("state", WAITING)
    state = state if state in STATES else WAITING
    page = Paginator(found.lines(state), PAGE).get_page(request.GET.get("page"))
    chips = _chips(found, state)
    context = {
        "survey": survey,
        "groups": [chips],
        "state": state,
        "all": sum(choice["count"] for choice in chips["choices"]),
        "page": page,
        "lines": [(each, wording.say(each.question.label)) for each in found.words(page)],
    }
    return render(request, "listening/texts.html", context)


@cluster_view(may="listening.view_answers")
def read(request: ClusterRequest, survey_id: int, response_id: UUID, question: str) -> HttpResponse:
    """Read one text and decide: make a need of it, or say that it is none."""
    survey = named_survey(request, survey_id)
    answer = get_object_or_404(
        survey.responses.select_related("organisation", "person", "cluster"), pk=response_id
    )
    text = str(answer.answers.get(question) or "")
    wording = _wording(request, survey)
    asked = wording.definition.question(question.removesuffix(WORDS))
    if asked is None or not text or (asked.kind == Kind.TEXT) == question.endswith(WORDS):
        raise Http404
    form = TextNeedForm(
        request.POST if "make" in request.POST else None,
        cluster=request.cluster,
        initial=_guessed(answer, question, text, wording),
    )
    if request.method == "POST":
        if not request.access.may("needs.change_need"):
            raise PermissionDenied
        done = _decide(request, answer, question, text, form)
        if done is not None:
            return done
    context = {
        "survey": survey,
        "response": answer,
        "name": question,
        "question": wording.say(asked.label),
        "text": text,
        "form": form,
        "has_topics": form.has_topics,
        "words": Texts(survey).one(answer.pk, question),
    }
    return render(request, "listening/text.html", context, status=422 if form.errors else 200)


def _decide(
    request: ClusterRequest, answer: SurveyResponse, name: str, text: str, form: TextNeedForm
) -> HttpResponse | None:
    """Carry out what was pressed; None where the form must be shown again."""
    try:
        if "none" in request.POST:
            set_aside(response=answer, name=name, text=text, user=request.user)
            notify(request, _("Noted: no need. It is not put before you again."))
        elif "again" in request.POST:
            read_again(response=answer, name=name)
            return redirect(request.path)
        elif not form.is_valid():
            return None
        else:
            make_need(response=answer, name=name, text=text, user=request.user, **form.cleaned_data)
            notify(request, _("The need has been recorded."))
    except ListeningError as problem:
        form.add_error(None, explain(problem)) if form.is_bound else notify(request, explain(problem))
        return None if form.is_bound else redirect(_list(answer))
    except (NeedError, ValidationError) as problem:
        form.add_error(None, explain(problem) if isinstance(problem, NeedError) else problem.messages)
        return None
    return _next(request, answer)


def _next(request: ClusterRequest, answer: SurveyResponse) -> HttpResponse:
    """Go on to the next text that waits, or back to the list."""
    survey = survey_of(request, answer.survey_id)
    texts = Texts(survey)
    waiting = next(iter(texts.words(texts.lines(WAITING)[:1])), None)
    if waiting is None:
        return redirect(_list(answer))
    args = [request.cluster.slug, survey.pk, waiting.response, waiting.name]
    return redirect("listening:survey-text", *args)


def _list(answer: SurveyResponse) -> str:
    return reverse("listening:survey-texts", args=[answer.cluster.slug, answer.survey_id])


def _guessed(answer: SurveyResponse, name: str, text: str, wording: Wording) -> dict[str, Any]:
    """Return what the rest of the answer says about the need: country, urgency, the words."""
    said = needs_said(wording.definition, answer.answers, wording.language)
    code = name.removesuffix(WORDS)
    own = next((each for each in said if each.question == code and not each.topic), None)
    country = own.country if own else next((each.country for each in said if each.country), "")
    return {
        "statement": text[:LONGEST_STATEMENT],
        "country": country,
        "urgency": own.urgency if own else Need.Urgency.SOON,
    }


def _wording(request: ClusterRequest, survey: Survey) -> Wording:
    asked = survey.version_asked.asked if survey.version_asked else survey.questionnaire.definition
    return wording_of(request.cluster, asked, get_language() or "en")


def _chips(found: Texts, here: str) -> dict[str, Any]:
    labels = {WAITING: _("To be read"), NEED: _("Became a need"), NO_NEED: _("No need")}
    return {
        "label": _("State"),
        "choices": [
            {
                "label": labels[state],
                "count": found.count(state),
                "url": f"?state={state}",
                "is_on": state == here,
            }
            for state in STATES
        ],
    }
