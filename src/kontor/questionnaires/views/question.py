"""One question: add it and change it; whatever a button does on the way, nothing typed is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.queries.history import last_editor
from kontor.questionnaires import editing, services
from kontor.questionnaires.comparison import question_differences
from kontor.questionnaires.definition import Definition, Kind, Question, Range
from kontor.questionnaires.forms.question import QuestionForm
from kontor.questionnaires.forms.shown import shown_form
from kontor.questionnaires.kinds import KINDS
from kontor.questionnaires.models import Questionnaire
from kontor.questionnaires.problems import QuestionnaireError
from kontor.questionnaires.renaming import with_renamed_options
from kontor.questionnaires.stored import question_digest
from kontor.questionnaires.views.access import (
    CHANGE,
    offer_of,
    questionnaire_or_404,
    reader_language,
    refused,
)
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify

FIRST_SCALE = Range(low=1, high=5)


@dataclass(frozen=True)
class Asked:
    """The question that a request is about. place: 0 for a new one; section: place of its section."""

    questionnaire: Questionnaire
    place: int
    question: Question
    section: int

    @property
    def definition(self) -> Definition:
        """Return the draft."""
        return self.questionnaire.definition


@cluster_view(may=CHANGE)
def create(request: ClusterRequest, questionnaire_id: int) -> HttpResponse:
    """Add a question: first its kind (`?section=1&kind=single`), then the form."""
    questionnaire = questionnaire_or_404(request, questionnaire_id)
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    section = _section_asked(request, questionnaire.definition)
    if not section:
        return redirect("questionnaires:section-new", request.cluster.slug, questionnaire.pk)
    if kind not in set(Kind):
        context = {"questionnaire": questionnaire, "kinds": KINDS, "section": section}
        return render(request, "questionnaires/kinds.html", context)
    limits = FIRST_SCALE if kind == Kind.SCALE else Range()
    return _answer(request, Asked(questionnaire, 0, Question("", Kind(kind), {}, range=limits), section))


@cluster_view(may=CHANGE)
def edit(request: ClusterRequest, questionnaire_id: int, place: int) -> HttpResponse:
    """Change a question, also to another kind or another section; who comes second sees both versions.

    Two people may work on two questions at once: only a change of this very question is a conflict.
    """
    questionnaire = questionnaire_or_404(request, questionnaire_id)
    was = request.POST.get("was", "")
    try:
        asked = _found(questionnaire, place, was)
    except QuestionnaireError as problem:
        if not was:
            return refused(request, problem, questionnaire=questionnaire, status=404)
        return _gone(request, questionnaire)
    return _answer(request, asked)


def _found(questionnaire: Questionnaire, place: int, was: str) -> Asked:
    """Return the question at `place`, or where it stands now if somebody has moved it meanwhile."""
    definition = questionnaire.definition
    at_place = place if was in ("", _code_at(definition, place)) else editing.place_of(definition, was)
    question = editing.question_at(definition, at_place)
    return Asked(questionnaire, at_place, question, editing.spot(definition, at_place)[0] + 1)


def _code_at(definition: Definition, place: int) -> str:
    codes = [question.code for question in definition.questions()]
    return codes[place - 1] if 1 <= place <= len(codes) else ""


def _answer(request: ClusterRequest, asked: Asked) -> HttpResponse:
    """Show the form, or store it."""
    posted = request.POST if request.method == "POST" else None
    form = QuestionForm(asked.definition, asked.question, asked.section, posted)
    if posted is None or not form.may_store:
        return _page(request, asked, form, status=422 if posted and form.act.name == "save" else 200)
    if asked.place and posted.get("seen") != question_digest(asked.question):
        return _conflict(request, asked, form)
    try:
        services.store_draft(
            questionnaire=asked.questionnaire,
            expected_version=asked.questionnaire.version,
            definition=_next(asked, form),
        )
    except EditConflict:
        # Somebody was faster by the blink of an eye: look again at what stands there now.
        again = {"questionnaire_id": asked.questionnaire.pk} | ({"place": asked.place} if asked.place else {})
        return (edit if asked.place else create)(request, request.cluster.slug, **again)  # type: ignore[return-value]
    except QuestionnaireError as problem:
        form.faults["code"] = explain(problem)
        return _page(request, asked, form, status=422)
    notify(request, _("The question has been saved."))
    return _after(request, asked, form)


def _next(asked: Asked, form: QuestionForm) -> Definition:
    """Return the draft with the question as typed, in the section chosen."""
    definition, question = asked.definition, form.fitted()
    section = min(form.section, len(definition.sections))
    if not asked.place:
        return editing.add_question(definition, question, section)
    definition = editing.replace_question(definition, asked.place, question)
    definition = with_renamed_options(definition, question.code, form.renamed_options)
    return editing.move_to_section(definition, asked.place, section)


def _conflict(request: ClusterRequest, asked: Asked, form: QuestionForm) -> HttpResponse:
    """Show what is stored beside what was typed; saving again keeps what was typed."""
    conflict = question_differences(asked.question, form.fitted(), asked.definition, reader_language())
    more = {"has_conflict": True, "conflict": conflict, "who": last_editor(asked.questionnaire)}
    return _page(request, asked, form, status=409, more=more)


def _gone(request: ClusterRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Show the form of a question that somebody has taken out meanwhile; saving adds it anew."""
    kind, section = request.POST.get("kind", ""), _section_asked(request, questionnaire.definition)
    empty = Question("", Kind(kind) if kind in set(Kind) else Kind.TEXT, {})
    asked = Asked(questionnaire, 0, empty, section)
    form = QuestionForm(questionnaire.definition, empty, section, request.POST)
    more = {"is_gone": True, "who": last_editor(questionnaire)}
    return _page(request, asked, form, status=409, more=more)


def _page(
    request: ClusterRequest,
    asked: Asked,
    form: QuestionForm,
    *,
    status: int,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    slug, key, place = request.cluster.slug, asked.questionnaire.pk, asked.place
    language = reader_language()
    context: dict[str, Any] = {
        "questionnaire": asked.questionnaire,
        "place": place,
        "form": shown_form(form, place, offer_of(request, asked.definition)),
        "was": asked.question.code if place else "",
        "seen": question_digest(asked.question) if place else "",
        "action": reverse("questionnaires:question", args=[slug, key, place])
        if place
        else reverse("questionnaires:question-new", args=[slug, key]),
        "section": form.section,
        "sections": [
            (number, asked.definition.say(each.title, language) or str(number))
            for number, each in enumerate(asked.definition.sections, 1)
        ],
    }
    return render(request, "questionnaires/question.html", context | (more or {}), status=status)


def _after(request: ClusterRequest, asked: Asked, form: QuestionForm) -> HttpResponse:
    """Go on to the builder at this question, or to the kinds for another one."""
    slug, key = request.cluster.slug, asked.questionnaire.pk
    if "another" in request.POST:
        return redirect(reverse("questionnaires:question-new", args=[slug, key]) + f"?section={form.section}")
    return redirect(reverse("questionnaires:detail", args=[slug, key]) + f"#{form.typed.code}")


def _section_asked(request: ClusterRequest, definition: Definition) -> int:
    """Return the place of the section asked for, else of the last one, 0 where there is none."""
    asked = number_in(request.POST.get("section", "") or request.GET.get("section", ""))
    last = len(definition.sections)
    return asked if 1 <= asked <= last else last
