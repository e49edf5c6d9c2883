"""How sure the order is, how groups see it apart, and why one candidate stands where it does."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.studies.queries.evidence import words_behind
from kontor.studies.reading import reading_of
from kontor.studies.shown_candidate import candidate_view
from kontor.studies.shown_groups import groups_of
from kontor.studies.shown_places import places_of
from kontor.studies.shown_result import outs_of
from kontor.studies.shown_reversal import reversal_told
from kontor.studies.shown_robust import friends_of, never_first, pairs_of, reach_told, reaches_of
from kontor.studies.views.found import JUDGEMENTS, address, candidate_or_404, study_or_404
from kontor.studies.views.result import RESULT, work_of


@require_safe
@cluster_view(may=RESULT)
def robust(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Show how far weights may go, what would change the first place, and who beats whom how often."""
    reading = reading_of(study_or_404(request, study_id))
    heads, pairs = pairs_of(reading, reading.found.said)
    reversal = reading.plain.reversal
    context = {
        "study": reading.study,
        "reading": reading,
        "work": work_of(reading),
        "spaces": [found for space in ("said", "free") if (found := places_of(reading, space))],
        "reaches": reaches_of(reading),
        "reach_told": reach_told(reading),
        "reversal": reversal_told(reversal, reading) if reversal else None,
        "friends": friends_of(reading),
        "never": never_first(reading),
        "heads": heads,
        "pairs": pairs,
    }
    return render(request, "studies/result_robust.html", context)


@require_safe
@cluster_view(may=RESULT)
def groups(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Show how each group of assessors sees it, once the weights have been opened."""
    study = study_or_404(request, study_id)
    reading = reading_of(study)
    is_open = study.weights_opened_at is not None
    shown = groups_of(reading, shows_single=request.access.may(JUDGEMENTS)) if is_open else None
    context = {"study": study, "reading": reading, "groups": shown}
    return render(request, "studies/result_groups.html", context)


@require_safe
@cluster_view(may=RESULT)
def candidate(request: ClusterRequest, study_id: int, candidate_id: int) -> HttpResponse:
    """Show why a candidate stands where it does, with evidence, and what would put it first."""
    study = study_or_404(request, study_id)
    row = candidate_or_404(study, candidate_id)
    reading = reading_of(study)
    view = candidate_view(reading, row, words_behind(row), names_people=request.access.may(JUDGEMENTS))
    context = {
        "study": study,
        "reading": reading,
        "candidate": row,
        "view": view,
        "reversal": reversal_told(view.reversal, reading) if view and view.reversal else None,
        "out": next((each for each in outs_of(reading) if each.candidate == row.pk), None),
        "may_judge": request.access.may(JUDGEMENTS),
        "profile_url": address("partners:detail", request.cluster.slug, row.partner_id),
    }
    return render(request, "studies/result_candidate.html", context)
