"""What a survey says: figures, who is behind them, words, files."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import numpy as np
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.exports import list_file
from kontor.actors.models import Organisation
from kontor.listening.answer_files import results_file
from kontor.listening.confidentiality import guard_of
from kontor.listening.models import Survey
from kontor.listening.queries.choosing import chose
from kontor.listening.queries.comparing import compared, earlier_surveys
from kontor.listening.queries.encoded import encoded
from kontor.listening.queries.figures import Result
from kontor.listening.queries.results import results_of
from kontor.listening.queries.texts import WAITING, Texts
from kontor.listening.views.reading import Opened, named_survey, opened, query_of, survey_of
from kontor.questionnaires.definition import Kind, Question, Section
from kontor.reports.model import Column
from kontor.ui.components import NextStep

PAGE = 50


@cluster_view(may="listening.view_summary")
def results(request: ClusterRequest, survey_id: int) -> HttpResponse:
    """Say what the answers to a survey are, one section of its questions at a time."""
    survey = survey_of(request, survey_id)
    guard = guard_of(survey, request.access)
    context: dict[str, Any] = {"survey": survey, "guard": guard, **_asked(survey)}
    if not guard.is_open:
        return render(request, "listening/results_later.html", context)
    seen = opened(request, survey)
    context |= {"opened": seen, "n": seen.data.n, "is_few": 0 < seen.data.n < guard.limit}
    if seen.data.n and not context["is_few"]:
        context |= _shown(request, seen)
    if guard.may_name:
        context["step"] = _step(survey)
    return render(request, "listening/results.html", context)


@cluster_view(may="listening.view_answers")
def named(request: ClusterRequest, survey_id: int) -> HttpResponse:
    """List the organisations behind a figure."""
    survey = named_survey(request, survey_id)
    seen = opened(request, survey)
    asked = _figure(request, seen)
    context: dict[str, Any] = {"survey": survey, "opened": seen}
    if asked is not None:
        page = Paginator(_behind(seen, *asked), PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, **_said_so(seen, *asked)}
    return render(request, "listening/named.html", context)


@cluster_view(may="listening.view_answers")
def named_export(request: ClusterRequest, survey_id: int, form: str) -> HttpResponse:
    """Download the organisations behind a figure."""
    survey = named_survey(request, survey_id)
    seen = opened(request, survey)
    asked = _figure(request, seen)
    rows = (
        []
        if asked is None
        else [(str(each.organisation or ""), str(each.person or "")) for each in _behind(seen, *asked)]
    )
    columns = [Column(_("Organisation")), Column(_("Person"))]
    return list_file(_("Who gave this answer"), columns, rows, form, cluster=request.cluster)


@cluster_view(may="listening.view_answers")
def said(request: ClusterRequest, survey_id: int, question: str) -> HttpResponse:
    """List what was written in answer to a question; with names only where names may be seen."""
    survey = survey_of(request, survey_id)
    guard = guard_of(survey, request.access)
    seen = opened(request, survey) if guard.is_open else None
    column = seen.data.columns.get(question) if seen else None
    if seen is None or column is None or len(column.texts) < guard.limit or not column.texts:
        raise Http404
    texts = _named_texts(survey, seen, column.texts) if guard.may_name else _bare_texts(column.texts)
    context = {
        "survey": survey,
        "guard": guard,
        "question": seen.reading.wording.say(column.question.label),
        "page": Paginator(texts, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "listening/said.html", context)


@cluster_view(may="listening.view_summary")
def export(request: ClusterRequest, survey_id: int, form: str) -> HttpResponse:
    """Download the tables as the page shows them, all sections."""
    survey = survey_of(request, survey_id)
    guard = guard_of(survey, request.access)
    seen = opened(request, survey) if guard.is_open else None
    if seen is None or seen.data.n < guard.limit:
        raise Http404
    return results_file(survey, _compared(request, seen, results_of(seen.reading)), form)


def _figure(request: ClusterRequest, seen: Opened) -> tuple[Question, str, str] | None:
    """Return the question, the answer and the row of a matrix that the address names."""
    question = seen.data.definition.question(request.GET.get("question", ""))
    if question is None or not question.takes_answer:
        return None
    return question, request.GET.get("answer", ""), request.GET.get("row", "")


def _behind(seen: Opened, question: Question, answer: str, row: str) -> Any:
    """Return the answers behind a figure, by organisation."""
    meant = seen.look.mask(seen.data) & chose(seen.data.columns[question.code], answer, row)
    keys = {seen.data.keys[number] for number in np.flatnonzero(meant)}
    answers = seen.survey.responses.select_related("organisation", "person").defer("answers", "segment")
    # Not by `pk__in`: some databases take a thousand values only.
    return [each for each in answers.order_by("organisation__name", "pk") if each.pk in keys]


def _said_so(seen: Opened, question: Question, answer: str, row: str) -> dict[str, str]:
    """Return in words what was asked and what they answered."""
    wording = seen.reading.wording
    said = wording.label(question, answer)
    if question.kind == Kind.NUMBER and ":" in answer:
        said = " – ".join(each.removesuffix(".0") for each in answer.split(":", 1))
    return {
        "question": wording.say(question.label),
        "answer": said,
        "row": next((wording.say(each.label) for each in question.rows if each.code == row), ""),
    }


def _shown(request: ClusterRequest, seen: Opened) -> dict[str, Any]:
    """Return the results of the section asked for, and what else may be asked."""
    sections = [each for each in seen.data.definition.sections if any(q.takes_answer for q in each.questions)]
    wanted = request.GET.get("section", "")
    here = next((each for each in sections if each.code == wanted), sections[0])
    found = results_of(seen.reading, [question.code for question in here.questions])
    earlier = earlier_surveys(seen.survey, seen.data.definition)
    compare_with = request.GET.get("with", "")
    address = query_of(seen.look, **{"with": compare_with})
    return {
        "results": _compared(request, seen, found, earlier),
        "earlier": earlier,
        "compare_with": compare_with,
        "section": here,
        "sections": [
            (_title(seen, each), f"?{address}&{urlencode({'section': each.code})}", each is here)
            for each in sections
        ],
        "address": address,
        "meant": int(seen.look.mask(seen.data).sum()),
    }


def _title(seen: Opened, section: Section) -> str:
    return seen.reading.wording.say(section.title) or _("Questions")


def _compared(
    request: ClusterRequest, seen: Opened, found: tuple[Result, ...], earlier: list[Survey] | None = None
) -> tuple[Result, ...]:
    """Return the results with the change since the survey that the address names."""
    wanted = request.GET.get("with", "")
    if not wanted:
        return found
    surveys = earlier if earlier is not None else earlier_surveys(seen.survey, seen.data.definition)
    before = next((each for each in surveys if str(each.pk) == wanted), None)
    if before is None:
        return found
    return compared(found, seen.reading, encoded(before), guard_of(before, request.access))


def _asked(survey: Survey) -> dict[str, Any]:
    """Return how many were invited, and the share of them that answered. One query."""
    counts = survey.invitees.aggregate(invited=Count("pk"), answered=Count("pk", filter=Q(is_answered=True)))
    share = counts["answered"] / counts["invited"] if counts["invited"] else None
    return {"invited": counts["invited"], "rate": share}


def _step(survey: Survey) -> NextStep | None:
    """Return the texts that wait, as the next step."""
    waiting = Texts(survey).count(WAITING)
    if not waiting:
        return None
    sentence = ngettext(
        "%(number)s text of a member waits to be read: is it a need?",
        "%(number)s texts of members wait to be read: which of them are needs?",
        waiting,
    ) % {"number": waiting}
    url = reverse("listening:survey-texts", args=[survey.cluster.slug, survey.pk])
    return NextStep(sentence, _("Read the texts"), url)


def _named_texts(survey: Survey, seen: Opened, texts: Any) -> list[tuple[str, str, Any]]:
    names = dict(Organisation.objects.filter(survey_responses__survey=survey).values_list("pk", "name"))
    rows = [
        (text, names.get(int(seen.data.organisations[number]), ""), seen.data.keys[number])
        for number, text in texts.items()
    ]
    return sorted(rows, key=lambda row: (row[1].casefold(), row[0]))


def _bare_texts(texts: Any) -> list[tuple[str, str, Any]]:
    """Return the words alone, sorted: their order must not join them to other answers."""
    return [(text, "", None) for text in sorted(texts.values(), key=str.casefold)]
