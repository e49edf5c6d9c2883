"""Everything a ranking needs of one study, read once."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from kontor.studies.matrix import CandidateRow, CriterionColumn, Matrix, PersonWeights
from kontor.studies.models import Score, Study, StudyCandidate, StudyCriterion
from kontor.studies.settling import Said


def matrix_of(study: Study) -> Matrix:
    """Return the study's matrix. Four queries."""
    criteria = tuple(_column(each) for each in study.criteria.all())
    candidates = tuple(
        CandidateRow(each.pk, each.partner_id, each.excluded_because) for each in study.candidates.all()
    )
    said: dict[tuple[int, int], list[Said]] = {}
    for candidate, criterion, word in _counted(study):
        said.setdefault((candidate, criterion), []).append(word)
    return Matrix(
        candidates=candidates,
        criteria=criteria,
        said={cell: tuple(words) for cell, words in said.items()},
        people=tuple(_people(study)),
    )


def _counted(study: Study) -> Iterable[tuple[int, int, Said]]:
    """Yield the scores that count: handed in, agreed, or from data. Bare rows, for there may be many."""
    rows = Score.objects.filter(
        Q(assessor=None) | Q(assessor__submitted_scores_at__isnull=False), candidate__study=study
    )
    keys = ("candidate_id", "criterion_id", "origin", "value", "low", "high", "confidence", "assessor_id")
    for row in rows.values_list(*keys, "assessor__group"):
        candidate, criterion, origin, value, low, high, confidence, assessor, group = row
        yield candidate, criterion, Said(origin, value, low, high, confidence, assessor, group or "")


def _column(each: StudyCriterion) -> CriterionColumn:
    return CriterionColumn(
        pk=each.pk,
        code=each.code,
        family=str(each.content.get("family", "")),
        is_benefit=each.is_benefit,
        low=each.scale_low,
        high=each.scale_high,
        knock_out_below=each.knock_out_below,
        knock_out_above=each.knock_out_above,
        weight=each.group_weight,
    )


def _people(study: Study) -> Iterable[PersonWeights]:
    # Until the weights are opened nobody learns anything of another's, from no figure either.
    rows = study.assessors.filter(
        weight_statement__submitted_at__isnull=False, study__weights_opened_at__isnull=False
    )
    for each in rows.select_related("weight_statement"):
        weights = {code: float(weight) for code, weight in each.weight_statement.weights.items()}
        yield PersonWeights(each.pk, each.group, weights)


def candidate_names(candidates: Iterable[StudyCandidate]) -> dict[int, str]:
    """Return candidate pk → the partner's name."""
    return {each.pk: str(each.partner) for each in candidates}
