"""The task of an assessor: what is asked, how far one is, what is public about the candidates."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kontor.partners.queries.profile import profile
from kontor.studies.models import Study, StudyCandidate, WeightStatement
from kontor.studies.problems import StudyError
from kontor.studies.queries.named import NamedCriterion, criteria_named
from kontor.studies.queries.sheets import candidates_to_score, own_scores
from kontor.studies.services import judging
from kontor.studies.services.weighing import drafted
from kontor.studies.views.door import Door, both_ways
from kontor.studies.weighing_reading import read_weights
from kontor.studies.weighing_structure import structure_of
from kontor.ui.errors import explain
from kontor.ui.notices import notify


def _start(request: HttpRequest, door: Door) -> HttpResponse:
    """Show the question and the two tasks, with how far each is."""
    study, assessor = door.study, door.assessor
    criteria = criteria_named(study)
    candidates = candidates_to_score(study)
    statement = WeightStatement.objects.filter(assessor=assessor).first()
    said = own_scores(assessor) if assessor.scores_candidates else {}
    here = {candidate.pk for candidate in candidates}
    context = {
        "door": door,
        "study": study,
        "assessor": assessor,
        "criteria": criteria,
        "candidates": candidates,
        "statement": statement,
        "has_changed": has_changed(statement, criteria),
        "said": sum(candidate in here for candidate, _criterion in said),
        "cells": len(criteria) * len(candidates),
        "is_over": study.state == Study.State.DECIDED,
        "door_weigh": door.url("weigh"),
        "door_score": door.url("score"),
        "facts": [(each, door.url("facts", each.pk)) for each in candidates],
    }
    return render(request, "studies/assess/start.html", context)


def _hand_in(request: HttpRequest, door: Door) -> HttpResponse:
    """Hand the scores in, after a look at what is missing."""
    if request.method != "POST":
        return redirect(door.url("score"))
    try:
        judging.hand_in_scores(assessor=door.assessor)
    except StudyError as problem:
        back = door.url("score")
        context = {"door": door, "study": door.study, "problem": explain(problem), "back_url": back}
        return render(request, "studies/assess/refused.html", context, status=409)
    notify(request, _("Thank you. Your scores have been handed in."))
    return redirect(door.url())


def _facts(request: HttpRequest, door: Door, candidate_id: int) -> HttpResponse:
    """Show the public facts about a candidate, never contacts nor what others say."""
    rows = StudyCandidate.objects.select_related("partner__cluster")
    candidate = rows.filter(pk=candidate_id, study=door.study, excluded_because="").first()
    if candidate is None:
        raise Http404
    known = profile(candidate.partner, timezone.localdate(), with_contacts=False)
    groups = [
        (group, [(field, fact) for field, fact in lines if fact is not None]) for group, lines in known.groups
    ]
    context = {
        "door": door,
        "study": door.study,
        "candidate": candidate,
        "groups": [(group, lines) for group, lines in groups if lines],
        "competences": known.competences,
        "start_url": door.url(),
        "score_url": door.url("candidate", candidate.pk) if _may_score(door) else "",
    }
    return render(request, "studies/assess/facts.html", context)


def _may_score(door: Door) -> bool:
    return door.is_open and door.assessor.scores_candidates


def has_changed(statement: WeightStatement | None, criteria: list[NamedCriterion]) -> bool:
    """True where what is typed now is not what was handed in."""
    if statement is None or statement.submitted_at is None:
        return False
    technique, fields = drafted(statement)
    reading = read_weights(structure_of(criteria), technique, fields)
    same = reading.weights.keys() == statement.weights.keys() and all(
        abs(weight - statement.weights[code]) < 1e-9 for code, weight in reading.weights.items()
    )
    return not same


start, mine_start = both_ways(_start)
hand_in, mine_hand_in = both_ways(_hand_in)
facts, mine_facts = both_ways(_facts)
