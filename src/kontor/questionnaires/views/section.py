"""A section: its title, a few words before its questions, and when it is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.queries.history import last_editor
from kontor.questionnaires import editing, services
from kontor.questionnaires.definition import Definition, Section
from kontor.questionnaires.forms.fields import text_fields
from kontor.questionnaires.forms.section import SectionForm
from kontor.questionnaires.forms.shown import earlier_questions, shown_condition
from kontor.questionnaires.models import Questionnaire
from kontor.questionnaires.problems import QuestionnaireError
from kontor.questionnaires.stored import section_digest
from kontor.questionnaires.views.access import CHANGE, offer_of, questionnaire_or_404, refused
from kontor.ui.notices import notify


@cluster_view(may=CHANGE)
def create(request: ClusterRequest, questionnaire_id: int) -> HttpResponse:
    """Add a section at the end."""
    questionnaire = questionnaire_or_404(request, questionnaire_id)
    posted = request.POST if request.method == "POST" else None
    form = SectionForm(questionnaire.definition, Section("", {}, ()), posted)
    if posted is None or not form.may_store:
        return _page(request, questionnaire, form, 0)
    codes = {section.code for section in questionnaire.definition.sections}
    title = next(filter(None, form.typed.title.values()), "")
    new = replace(form.typed, code=editing.free_code(title, codes, "section"))
    return _store(request, questionnaire, form, editing.add_section(questionnaire.definition, new))


@cluster_view(may=CHANGE)
def edit(request: ClusterRequest, questionnaire_id: int, place: int) -> HttpResponse:
    """Change a section; who comes second sees what is stored and keeps what was typed."""
    questionnaire = questionnaire_or_404(request, questionnaire_id)
    definition = questionnaire.definition
    place = _place(definition, place, request.POST.get("was", ""))
    if not 1 <= place <= len(definition.sections):
        problem = QuestionnaireError("questionnaire.no_such_place")
        return refused(request, problem, questionnaire=questionnaire, status=404)
    before = definition.sections[place - 1]
    posted = request.POST if request.method == "POST" else None
    form = SectionForm(definition, before, posted)
    if posted is None or not form.may_store:
        return _page(request, questionnaire, form, place)
    if posted.get("seen") != section_digest(before):
        more = {"has_conflict": True, "who": last_editor(questionnaire)}
        return _page(request, questionnaire, form, place, more)
    return _store(request, questionnaire, form, editing.replace_section(definition, place, form.typed), place)


def _place(definition: Definition, place: int, was: str) -> int:
    """Return where the section stands now, by its short name."""
    codes = [section.code for section in definition.sections]
    return codes.index(was) + 1 if was in codes else place


def _store(
    request: ClusterRequest,
    questionnaire: Questionnaire,
    form: SectionForm,
    definition: Definition,
    place: int = 0,
) -> HttpResponse:
    try:
        services.store_draft(
            questionnaire=questionnaire, expected_version=questionnaire.version, definition=definition
        )
    except EditConflict:
        more = {"has_conflict": True, "who": last_editor(questionnaire)}
        return _page(request, questionnaire, form, place, more)
    notify(request, _("The section has been saved."))
    return redirect("questionnaires:detail", request.cluster.slug, questionnaire.pk)


def _page(
    request: ClusterRequest,
    questionnaire: Questionnaire,
    form: SectionForm,
    place: int,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    definition, slug = questionnaire.definition, request.cluster.slug
    offer = offer_of(request, definition)
    first = sum(len(section.questions) for section in definition.sections[: place - 1]) + 1 if place else 0
    earlier = earlier_questions(definition, first, len(definition.sections), offer.language)
    stored = form.before.show_if if form.is_nested else None
    is_saving = form.act.name == "save"
    context: dict[str, Any] = {
        "questionnaire": questionnaire,
        "place": place,
        "titles": text_fields("title", definition.languages, form.typed.title),
        "intros": text_fields("intro", definition.languages, form.typed.intro),
        "condition": shown_condition(
            definition, earlier, offer, stored=stored, typed=(form.join, form.lines)
        ),
        "faults": form.faults if is_saving else {},
        "was": form.before.code,
        "seen": section_digest(form.before) if place else "",
        "action": reverse("questionnaires:section", args=[slug, questionnaire.pk, place])
        if place
        else reverse("questionnaires:section-new", args=[slug, questionnaire.pk]),
    }
    status = 409 if more else 422 if is_saving else 200
    return render(request, "questionnaires/section.html", context | (more or {}), status=status)
