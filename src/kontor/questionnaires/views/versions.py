"""Release a draft, and read what was released."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.questionnaires import queries, services
from kontor.questionnaires.comparison import changes
from kontor.questionnaires.models import Questionnaire, QuestionnaireVersion
from kontor.questionnaires.outline import outlined, placed_faults
from kontor.questionnaires.problems import QuestionnaireError
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
from kontor.questionnaires.views.preview import RIGHT_TO_LEFT, chosen_language, language_links, rendered
from kontor.ui.forms import number_in
from kontor.ui.notices import notify


@cluster_view(may=VIEW)
def release(request: ClusterRequest, questionnaire_id: int) -> HttpResponse:
    """Show what a release would bring, and all versions so far; a post releases the draft."""
    questionnaire = questionnaire_or_404(request, questionnaire_id)
    may_change = request.access.may(CHANGE)
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    if request.method != "POST":
        return render(
            request, "questionnaires/release.html", _release(questionnaire) | {"may_change": may_change}
        )
    try:
        made = services.release(
            questionnaire=questionnaire,
            user=request.user,
            expected_version=number_in(request.POST.get("version", "")),
        )
    except EditConflict as conflict:
        return overtaken(request, questionnaire, conflict)
    except QuestionnaireError as problem:
        return refused(request, problem, questionnaire=questionnaire, status=422)
    notify(request, _("Version %(number)s is released and can be asked.") % {"number": made.number})
    return redirect("questionnaires:detail", request.cluster.slug, questionnaire.pk)


@cluster_view(may=VIEW)
def version(request: ClusterRequest, questionnaire_version_id: int) -> HttpResponse:
    """Read one version as it is asked, with what has changed in the draft since."""
    found = get_object_or_404(
        QuestionnaireVersion.objects.select_related("questionnaire", "released_by"),
        pk=questionnaire_version_id,
        cluster=request.cluster,
    )
    asked = found.asked
    language = chosen_language(request, asked)
    shown, html = rendered(request, asked, language, {}, tells_faults=False)
    context = {
        "questionnaire": found.questionnaire,
        "version": found,
        "changes": changes(asked, found.questionnaire.definition, reader_language()),
        "sections": outlined(asked, reader_language()),
        "languages": language_links(asked.languages),
        "language": language,
        "direction": "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr",
        "shown": shown,
        "questions": html,
        "survey_url": address("listening:survey-new", request.cluster.slug),
    }
    return render(request, "questionnaires/version.html", context)


def _release(questionnaire: Questionnaire) -> dict[str, Any]:
    definition, language = questionnaire.definition, reader_language()
    versions = list(queries.versions_of(questionnaire))
    last = versions[0] if versions else None
    is_new = last is None or last.digest != fingerprint(definition)
    return {
        "questionnaire": questionnaire,
        "versions": versions,
        "last": last,
        "is_new": is_new,
        "changes": changes(last.asked, definition, language) if last and is_new else (),
        "faults": placed_faults(definition, problems(definition), language),
        "gaps": placed_faults(definition, gaps(definition), language),
        "number": sum(question.takes_answer for question in definition.questions()),
        "next_number": last.number + 1 if last else 1,
    }
