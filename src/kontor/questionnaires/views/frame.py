"""What stands around the questions: name, purpose, languages, title, introduction, thanks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.views.conflict import conflict_shown
from kontor.questionnaires import services
from kontor.questionnaires.definition import Definition
from kontor.questionnaires.forms.frame import FrameForm
from kontor.questionnaires.models import Questionnaire
from kontor.questionnaires.views.access import CHANGE, questionnaire_or_404
from kontor.ui.forms import number_in
from kontor.ui.notices import notify


@cluster_view(may=CHANGE)
def frame(request: ClusterRequest, questionnaire_id: int) -> HttpResponse:
    """Change the frame; who comes second is shown both versions."""
    questionnaire = questionnaire_or_404(request, questionnaire_id)
    form = FrameForm(request.POST or None, questionnaire=questionnaire)
    context: dict[str, Any] = {
        "questionnaire": questionnaire,
        "form": form,
        "version": request.POST.get("version", "") or questionnaire.version,
    }
    if request.method != "POST":
        return render(request, "questionnaires/frame.html", context)
    if not form.is_valid():
        return render(request, "questionnaires/frame.html", context, status=422)
    try:
        services.keep_frame(
            questionnaire=questionnaire,
            expected_version=number_in(request.POST.get("version", "")),
            name=form.cleaned_data["name"],
            purpose=form.cleaned_data["purpose"],
            definition=_framed(questionnaire.definition, form),
        )
    except EditConflict as conflict:
        return render(request, "questionnaires/frame.html", context | _both(form, conflict), status=409)
    notify(request, _("Saved."))
    return redirect("questionnaires:detail", request.cluster.slug, questionnaire.pk)


def _framed(definition: Definition, form: FrameForm) -> Definition:
    return replace(
        definition,
        title=form.texts("title", definition.title),
        intro=form.texts("intro", definition.intro),
        thanks=form.texts("thanks", definition.thanks),
        languages=form.languages(),
    )


def _both(form: FrameForm, conflict: EditConflict) -> dict[str, Any]:
    """Return what the page shows after somebody else's change."""
    current = Questionnaire.objects.get(pk=conflict.current.pk)
    return conflict_shown(form, current, FrameForm(None, questionnaire=current).initial)
