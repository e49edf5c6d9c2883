"""Put a questionnaire away, or delete one that was never asked."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.questionnaires import services
from kontor.questionnaires.problems import QuestionnaireError
from kontor.questionnaires.views.access import CHANGE, questionnaire_or_404, refused
from kontor.ui.forms import ConfirmByName
from kontor.ui.notices import notify


@require_POST
@cluster_view(may=CHANGE)
def archive(request: ClusterRequest, questionnaire_id: int) -> HttpResponse:
    """Put it away, or take it out again; the same press undoes it."""
    questionnaire = questionnaire_or_404(request, questionnaire_id)
    done = services.set_archived(questionnaire=questionnaire, is_archived=not questionnaire.is_archived)
    undo_url = reverse("questionnaires:archive", args=[request.cluster.slug, done.pk])
    text = _("The questionnaire has been put away.") if done.is_archived else _("The questionnaire is back.")
    notify(request, text, undo_url=undo_url)
    return redirect("questionnaires:overview", request.cluster.slug)


@cluster_view(may=CHANGE)
def delete(request: ClusterRequest, questionnaire_id: int) -> HttpResponse:
    """Delete it after its name was typed; one that was released can only be put away."""
    questionnaire = questionnaire_or_404(request, questionnaire_id)
    if questionnaire.versions.exists():
        problem = QuestionnaireError("questionnaire.released")
        return refused(request, problem, questionnaire=questionnaire, status=409 if request.POST else 200)
    form = ConfirmByName(request.POST or None, name=questionnaire.name)
    if request.method == "POST" and form.is_valid():
        try:
            services.delete_questionnaire(questionnaire=questionnaire)
        except QuestionnaireError as problem:
            return refused(request, problem, questionnaire=questionnaire)
        notify(request, _("The questionnaire has been deleted."))
        return redirect("questionnaires:overview", request.cluster.slug)
    context = {"questionnaire": questionnaire, "form": form}
    return render(request, "questionnaires/delete.html", context, status=422 if form.is_bound else 200)
