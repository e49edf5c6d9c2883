"""The management's table of scores, and all words on one cell."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.studies import exports
from kontor.studies.forms.scores import fields_of, fields_of_score, read_cell
from kontor.studies.models import Score, Study, StudyCandidate
from kontor.studies.problems import StudyError
from kontor.studies.queries.named import NamedCriterion, criteria_named
from kontor.studies.queries.progress import progress_of
from kontor.studies.queries.sheets import table, words_on
from kontor.studies.services import judging
from kontor.studies.services.judging import ScoreSavedElsewhere
from kontor.studies.shown_scores import shown_table, shown_word
from kontor.studies.shown_scoring import choices_of, ends_of
from kontor.studies.views.found import (
    CHANGE,
    JUDGEMENTS,
    candidate_or_404,
    criterion_or_404,
    refused,
    study_or_404,
)
from kontor.ui.errors import explain
from kontor.ui.forms import number_in
from kontor.ui.notices import notify

# So many candidates stand on one page of the table.
MOST_ROWS = 50


@require_safe
@cluster_view(may=JUDGEMENTS)
def scores(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Show candidates × criteria with what counts in each cell."""
    study = study_or_404(request, study_id)
    criteria = criteria_named(study)
    candidates = list(study.candidates.select_related("partner"))
    words = request.GET.get("q", "").strip()[:100]
    fitting = [each for each in candidates if words.casefold() in each.partner.name.casefold()]
    page = max(1, number_in(request.GET.get("page", "")))
    first = min((page - 1) * MOST_ROWS, max(0, len(fitting) - 1) // MOST_ROWS * MOST_ROWS)
    rows = table(study, criteria, fitting[first : first + MOST_ROWS])
    context = {
        "study": study,
        "criteria": criteria,
        "table": shown_table(rows, (get_language() or "en")[:2]),
        "words": words,
        "number": len(fitting),
        "pages": range(1, (len(fitting) - 1) // MOST_ROWS + 2) if fitting else (),
        "page": first // MOST_ROWS + 1,
        "progress": progress_of([study])[study.pk],
        "may_change": request.access.may(CHANGE) and study.state != Study.State.DECIDED,
    }
    return render(request, "studies/scores.html", context)


@cluster_view(may=JUDGEMENTS)
def cell(request: ClusterRequest, study_id: int, candidate_id: int, criterion_id: int) -> HttpResponse:
    """Show all that was said about a cell, and take what the group agrees on."""
    study = study_or_404(request, study_id)
    candidate = candidate_or_404(study, candidate_id)
    criterion = NamedCriterion(criterion_or_404(study, criterion_id))
    if request.method != "POST":
        return render(request, "studies/cell.html", _cell_context(request, study, candidate, criterion))
    if not request.access.may(CHANGE):
        return refused(request, study, StudyError("study.may_not"), status=403)
    edition = number_in(request.POST.get("edition", ""))
    try:
        judgement = read_cell(fields_of(request.POST.dict()), criterion.row)
        if judgement is None:
            raise StudyError("score.no_value")
        judging.agree_score(
            candidate=candidate, criterion=criterion.row, judgement=judgement, edition=edition
        )
    except StudyError as problem:
        if isinstance(problem, ScoreSavedElsewhere):
            edition = problem.score.version if problem.score else 0
        context = _cell_context(request, study, candidate, criterion)
        context |= {"problem": explain(problem), "edition": edition}
        return render(request, "studies/cell.html", context, status=422)
    notify(request, _("The score of the group has been saved."))
    return redirect("studies:cell", request.cluster.slug, study.pk, candidate.pk, criterion.pk)


def _cell_context(
    request: ClusterRequest, study: Study, candidate: StudyCandidate, criterion: NamedCriterion
) -> dict[str, Any]:
    """Return what the page of a cell shows, with the form as typed where something was typed."""
    language = (get_language() or "en")[:2]
    words = words_on(candidate, criterion)
    agreed = next((each for each in words if each.origin == Score.Origin.AGREED), None)
    is_typed = request.method == "POST"
    fields = fields_of(request.POST.dict()) if is_typed else fields_of_score(agreed, language)
    return {
        "study": study,
        "candidate": candidate,
        "criterion": criterion,
        "row": table(study, [criterion], [candidate])[0].cells[0],
        "words": [shown_word(each, criterion, language) for each in words],
        "agreed": agreed,
        "fields": fields,
        "edition": agreed.version if agreed else 0,
        "choices": choices_of(criterion, fields.get("value", "")),
        "ends": ends_of(criterion, language),
        "confidences": [(str(value), label) for value, label in Score.CONFIDENCE],
        "confidence": fields.get("confidence", "3"),
        "may_change": request.access.may(CHANGE) and study.state != Study.State.DECIDED,
    }


@require_POST
@cluster_view(may=CHANGE)
def withdraw(request: ClusterRequest, study_id: int, candidate_id: int, criterion_id: int) -> HttpResponse:
    """Take back what the group agreed on."""
    study = study_or_404(request, study_id)
    score = get_object_or_404(
        Score.objects.select_related("candidate__study__cluster"),
        candidate=candidate_or_404(study, candidate_id),
        criterion=criterion_or_404(study, criterion_id),
        origin=Score.Origin.AGREED,
    )
    try:
        judging.withdraw_agreed(score=score)
    except StudyError as problem:
        return refused(request, study, problem)
    notify(request, _("What single people judged counts again."))
    return redirect("studies:cell", request.cluster.slug, study.pk, candidate_id, criterion_id)


@require_safe
@cluster_view(may=JUDGEMENTS)
def export(request: ClusterRequest, study_id: int, file_format: str) -> HttpResponse:
    """Download the scores: what counts, and in Excel on a second sheet everything that was handed in."""
    study = study_or_404(request, study_id)
    criteria = criteria_named(study)
    rows = table(study, criteria, list(study.candidates.select_related("partner")))
    return exports.scores_file(study, rows, criteria, file_format)
