"""The builder: all sections and questions, what is wrong with them, and their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.questionnaires import editing, queries, services, undo
from kontor.questionnaires.definition import Definition
from kontor.questionnaires.forms.fields import Act
from kontor.questionnaires.models import Questionnaire
from kontor.questionnaires.outline import outlined, placed_faults
from kontor.questionnaires.problems import QuestionnaireError
from kontor.questionnaires.ready import origin_title
from kontor.questionnaires.soundness import gaps, problems
from kontor.questionnaires.stored import fingerprint
from kontor.questionnaires.views.access import (
    CHANGE,
    VIEW,
    address,
    overtaken,
    questionnaire_or_404,
    reader_language,
    refused,
)
from kontor.questionnaires.views.preview import language_links
from kontor.ui.forms import number_in
from kontor.ui.notices import notify


@dataclass(frozen=True)
class Done:
    """What an act came to: the next definition, a message, and what was taken out."""

    definition: Definition
    message: str = ""
    taken: undo.Taken | None = None


@cluster_view(may=VIEW)
def detail(request: ClusterRequest, questionnaire_id: int) -> HttpResponse:
    """Show the builder."""
    questionnaire = questionnaire_or_404(request, questionnaire_id)
    return render(request, "questionnaires/detail.html", _builder(request, questionnaire))


@require_POST
@cluster_view(may=CHANGE)
def arrange(request: ClusterRequest, questionnaire_id: int) -> HttpResponse:
    """Move, duplicate or take out a question or a section; the button says which: "up:3"."""
    questionnaire = questionnaire_or_404(request, questionnaire_id)
    try:
        done = _done(questionnaire, Act.of(request.POST))
        services.store_draft(
            questionnaire=questionnaire,
            expected_version=number_in(request.POST.get("version", "")),
            definition=done.definition,
        )
    except EditConflict as conflict:
        return overtaken(request, questionnaire, conflict)
    except QuestionnaireError as problem:
        return refused(request, problem, questionnaire=questionnaire, status=422)
    if done.taken is not None:
        key = undo.keep(request, done.taken)
        notify(
            request,
            done.message,
            undo_url=reverse("questionnaires:restore", args=[request.cluster.slug, key]),
        )
    elif done.message:
        notify(request, done.message)
    return redirect("questionnaires:detail", request.cluster.slug, questionnaire.pk)


@require_POST
@cluster_view(may=CHANGE)
def bring_back(request: ClusterRequest, key: str) -> HttpResponse:
    """Put back the question or section that was taken out a moment ago."""
    taken = undo.take(request, key)
    questionnaire = get_object_or_404(Questionnaire, pk=taken.questionnaire, cluster=request.cluster)
    try:
        services.store_draft(
            questionnaire=questionnaire,
            expected_version=questionnaire.version,
            definition=undo.put_back(questionnaire.definition, taken),
        )
    except EditConflict as conflict:
        undo.keep(request, taken)
        return overtaken(request, questionnaire, conflict)
    notify(request, _("It is back."))
    return redirect("questionnaires:detail", request.cluster.slug, questionnaire.pk)


def _done(questionnaire: Questionnaire, act: Act) -> Done:
    """Return what the act makes of the draft.

    Raises QuestionnaireError "questionnaire.no_such_place" or "questionnaire.act_unknown".
    """
    definition, place = questionnaire.definition, act.index
    match act.name:
        case "up" | "down":
            return Done(editing.move_question(definition, place, -1 if act.name == "up" else 1))
        case "duplicate":
            return Done(
                editing.duplicate_question(definition, place), _("The copy stands below the question.")
            )
        case "remove":
            taken = undo.taken_question(questionnaire, place)
            return Done(editing.remove_question(definition, place), _("The question is gone."), taken)
        case "section-up" | "section-down":
            return Done(editing.move_section(definition, place, -1 if act.name == "section-up" else 1))
        case "section-remove":
            done = editing.remove_section(definition, place)
            return Done(
                done, _("The section is gone with its questions."), undo.taken_section(questionnaire, place)
            )
    raise QuestionnaireError("questionnaire.act_unknown")


def _builder(request: ClusterRequest, questionnaire: Questionnaire) -> dict[str, Any]:
    definition, language = questionnaire.definition, reader_language()
    last = questionnaire.versions.order_by("-number").first()
    faults = problems(definition)
    return {
        "questionnaire": questionnaire,
        "title": definition.say(definition.title, language),
        "sections": outlined(definition, language),
        "number": sum(question.takes_answer for question in definition.questions()),
        "languages": language_links(definition.languages),
        "faults": placed_faults(definition, faults, language),
        "gaps": placed_faults(definition, gaps(definition), language),
        "last": last,
        "is_changed": last is not None and last.digest != fingerprint(definition),
        "uses": queries.uses_of(questionnaire),
        "origin": origin_title(questionnaire.origin, language),
        "may_change": request.access.may(CHANGE),
        "export_url": address("questionnaires:export-xlsform", request.cluster.slug, questionnaire.pk),
        "survey_url": address("listening:survey-new", request.cluster.slug),
    }
