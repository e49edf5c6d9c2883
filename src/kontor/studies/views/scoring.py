"""The pages on which somebody scores: by candidate or by criterion, each cell kept as it is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kontor.studies.forms.scores import cell_prefix, fields_of
from kontor.studies.models import Score, StudyCandidate, StudyCriterion
from kontor.studies.queries.named import NamedCriterion, criteria_named
from kontor.studies.queries.sheets import candidates_to_score, own_scores
from kontor.studies.services.scoring import Kept, keep_cell
from kontor.studies.shown_scoring import ShownCell, shown_cell
from kontor.studies.views.door import Door, both_ways
from kontor.ui.forms import number_in
from kontor.ui.notices import notify

BY = ("candidate", "criterion")


def _score(request: HttpRequest, door: Door) -> HttpResponse:
    """List candidates, or criteria, with how far each is."""
    if not door.assessor.scores_candidates:
        return redirect(door.url())
    criteria, candidates = criteria_named(door.study), candidates_to_score(door.study)
    said, by = own_scores(door.assessor), request.GET.get("by", "")
    by = by if by in BY else BY[0]
    here = {each.pk for each in candidates}
    counted = [cell for cell in said if cell[0] in here]
    rows = _rows(door, by, candidates if by == "candidate" else criteria, counted)
    context = {
        "door": door,
        "study": door.study,
        "assessor": door.assessor,
        "by": by,
        "rows": rows,
        "each": len(criteria) if by == "candidate" else len(candidates),
        "said": len(counted),
        "cells": len(criteria) * len(candidates),
        "missing": len(criteria) * len(candidates) - len(counted),
        "unread": len(door.assessor.typed),
        "start_url": door.url(),
        "hand_in_url": door.url("hand-in"),
    }
    return render(request, "studies/assess/score.html", context)


def _rows(
    door: Door, by: str, things: Sequence[StudyCandidate | NamedCriterion], said: Sequence[tuple[int, int]]
) -> list[tuple[str, str, int]]:
    """Return (name, address, number of cells said something about) of each candidate, or criterion."""
    place = BY.index(by)
    return [
        (
            each.name if isinstance(each, NamedCriterion) else str(each),
            door.url(by, each.pk),
            sum(cell[place] == each.pk for cell in said),
        )
        for each in things
    ]


def _by_candidate(request: HttpRequest, door: Door, candidate_id: int) -> HttpResponse:
    """Show all criteria for one candidate."""
    candidates = candidates_to_score(door.study)
    candidate = _one(candidates, candidate_id)
    cells = [(candidate, each) for each in criteria_named(door.study)]
    context = {
        "by": "candidate",
        "candidate": candidate,
        "title": str(candidate),
        "place": candidates.index(candidate) + 1,
        "of": len(candidates),
        "next": _after(door, "candidate", candidates, candidate),
        "facts_url": door.url("facts", candidate.pk),
    }
    return _sheet(request, door, cells, context)


def _by_criterion(request: HttpRequest, door: Door, criterion_id: int) -> HttpResponse:
    """Show all candidates on one criterion."""
    criteria = criteria_named(door.study)
    criterion = _one(criteria, criterion_id)
    cells = [(each, criterion) for each in candidates_to_score(door.study)]
    context = {
        "by": "criterion",
        "criterion": criterion,
        "title": criterion.name,
        "place": criteria.index(criterion) + 1,
        "of": len(criteria),
        "next": _after(door, "criterion", criteria, criterion),
    }
    return _sheet(request, door, cells, context)


def _cell(request: HttpRequest, door: Door, candidate_id: int, criterion_id: int) -> HttpResponse:
    """Keep one cell and return its state, for htmx."""
    candidate = _one(candidates_to_score(door.study), candidate_id)
    rows = StudyCriterion.objects.filter(study=door.study, pk=criterion_id)
    criterion = rows.first()
    if criterion is None:
        raise Http404
    if request.method != "POST":
        return redirect(door.url("candidate", candidate.pk))
    kept = _keep(request, door, candidate, criterion, own_scores(door.assessor))
    if not request.htmx and kept.problem:  # type: ignore[attr-defined]
        return redirect(door.url("candidate", candidate.pk))
    cell = shown_cell(door, candidate, NamedCriterion(criterion), kept, get_language() or "en")
    context = {"cell": cell, "is_swap": True}
    return render(request, "studies/assess/partials/cell_state.html", context, status=kept.status)


Pairs = list[tuple[StudyCandidate, NamedCriterion]]


def _sheet(request: HttpRequest, door: Door, pairs: Pairs, more: dict[str, Any]) -> HttpResponse:
    if not door.assessor.scores_candidates:
        return redirect(door.url())
    language = get_language() or "en"
    said, typed = own_scores(door.assessor), door.assessor.typed
    cells: list[ShownCell] = []
    faulty = 0
    for candidate, criterion in pairs:
        if request.method == "POST":
            kept = _keep(request, door, candidate, criterion.row, said)
            faulty += bool(kept.problem)
        else:
            key = f"{candidate.pk}:{criterion.pk}"
            kept = Kept.read(said.get((candidate.pk, criterion.pk)), typed.get(key), criterion.row, language)
        cells.append(shown_cell(door, candidate, criterion, kept, language))
    if request.method == "POST" and not faulty:
        notify(request, _("Saved."))
        return redirect(more["next"] or door.url("score") if "next" in request.POST else request.path)
    context = {"door": door, "study": door.study, "cells": cells, "score_url": door.url("score"), **more}
    context["is_wide"] = True
    if faulty:
        text = ngettext(
            "One cell could not be saved yet.", "%(number)s cells could not be saved yet.", faulty
        )
        context["problem"] = text % {"number": faulty}
    return render(request, "studies/assess/sheet.html", context, status=422 if faulty else 200)


def _keep(
    request: HttpRequest,
    door: Door,
    candidate: StudyCandidate,
    criterion: StudyCriterion,
    said: Mapping[tuple[int, int], Score],
) -> Kept:
    prefix = cell_prefix(candidate.pk, criterion.pk)
    return keep_cell(
        assessor=door.assessor,
        candidate=candidate,
        criterion=criterion,
        fields=fields_of(request.POST.dict(), prefix),
        edition=number_in(request.POST.get(f"{prefix}edition", "")),
        stored=said.get((candidate.pk, criterion.pk)),
    )


def _one(rows: list[Any], key: int) -> Any:
    found = next((each for each in rows if each.pk == key), None)
    if found is None:
        raise Http404
    return found


def _after(door: Door, page: str, rows: list[Any], row: Any) -> str:
    """Return the address of the next candidate or criterion, "" after the last one."""
    place = rows.index(row) + 1
    return door.url(page, rows[place].pk) if place < len(rows) else ""


score, mine_score = both_ways(_score)
by_candidate, mine_by_candidate = both_ways(_by_candidate)
by_criterion, mine_by_criterion = both_ways(_by_criterion)
cell, mine_cell = both_ways(_cell)
