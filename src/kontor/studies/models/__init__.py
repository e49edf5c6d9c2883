"""Studies: who is compared by what, who judged how, what came out, what was decided."""

from kontor.studies.models.decision import Decision, DecisionNote, MutualView
from kontor.studies.models.imported import ScoreImport
from kontor.studies.models.judging import Assessor, Score, WeightStatement
from kontor.studies.models.outcome import Outcome, Scenario
from kontor.studies.models.study import Study, StudyCandidate, StudyCriterion

__all__ = [
    "Assessor",
    "Decision",
    "DecisionNote",
    "MutualView",
    "Outcome",
    "Scenario",
    "Score",
    "ScoreImport",
    "Study",
    "StudyCandidate",
    "StudyCriterion",
    "WeightStatement",
]
