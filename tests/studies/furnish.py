"""One object of everything that an address of this room can name."""

from __future__ import annotations

from django.db.models import Model

from kontor.actors.models import Organisation
from tests.studies.factories import (
    AssessorFactory,
    MutualViewFactory,
    ScenarioFactory,
    ScoreFactory,
    ScoreImportFactory,
    StudyFactory,
    WeightStatementFactory,
)

# Parameters that name no object of a cluster.
FIXED: dict[str, object] = {}


def furnish(organisation: Organisation) -> dict[str, Model]:
    """Return the objects by the name of their parameter, without "_id"."""
    study = StudyFactory(cluster=organisation.cluster)
    score = ScoreFactory(candidate__study=study, criterion__study=study)
    assessor = AssessorFactory(study=study)
    code = score.criterion.code
    return {
        "study": study,
        "candidate": score.candidate,
        "criterion": score.criterion,
        "score": score,
        "assessor": assessor,
        "statement": WeightStatementFactory(assessor=assessor, weights={code: 1.0}),
        "scenario": ScenarioFactory(study=study),
        "batch": ScoreImportFactory(study=study),
        "mutual": MutualViewFactory(candidate=score.candidate),
    }
