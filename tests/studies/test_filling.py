"""Scores are filled from data, marked so, and a refresh says what has changed."""

from datetime import date

import pytest

from kontor.partners.models import Fact
from kontor.studies.models import Score, Study
from kontor.studies.problems import StudyError
from kontor.studies.services.filling import fill, plan_filling
from tests.partners.factories import FactFactory
from tests.studies.factories import (
    AssessorFactory,
    ScoreFactory,
    StudyCandidateFactory,
    StudyCriterionFactory,
    StudyFactory,
    frozen,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)
MEMBERS = "partners.fact.members_total"


@pytest.fixture
def study(cluster):
    made = StudyFactory(cluster=cluster, state="judging")
    content = frozen("size", "Size", scale="number", scale_low=0.0, scale_high=1000.0, source=MEMBERS)
    StudyCriterionFactory(study=made, code="size", content=content)
    StudyCriterionFactory(study=made, code="trust")
    for name, number in (("A", 120.0), ("B", None), ("C", 5000.0)):
        candidate = StudyCandidateFactory(study=made, partner__name=name)
        if number is not None:
            FactFactory(partner=candidate.partner, number=number, source="Website", as_of=date(2026, 1, 15))
    return made


def kinds(plan):
    return [(str(line.candidate), line.kind) for line in plan.lines]


def test_a_plan_says_what_would_be_filled_and_what_could_not(study):
    plan = plan_filling(study, TODAY)

    assert kinds(plan) == [("A", "new"), ("B", "nothing"), ("C", "outside")]
    assert ([each.code for each in plan.unsourced], plan.changes, Score.objects.count()) == (["trust"], 1, 0)


def test_what_is_filled_carries_its_source_and_day(study):
    fill(study=study, on=TODAY)

    score = Score.objects.get()
    assert (score.origin, score.value, score.source, score.as_of) == (
        "data",
        120.0,
        "Website",
        date(2026, 1, 15),
    )


def test_a_refresh_says_what_has_changed(study):
    fill(study=study, on=TODAY)
    again = fill(study=study, on=TODAY)
    candidate = study.candidates.get(partner__name="A")
    FactFactory(partner=candidate.partner, number=150.0, as_of=date(2026, 2, 1))
    changed = fill(study=study, on=TODAY)
    Fact.objects.all().delete()
    gone = fill(study=study, on=TODAY)

    assert [kinds(plan)[0][1] for plan in (again, changed, gone)] == ["same", "changed", "gone"]
    assert (changed.of("changed")[0].before.value, Score.objects.count()) == (150.0, 0)


def test_what_people_judge_goes_before_data_and_stays(study):
    candidate, criterion = study.candidates.first(), study.criteria.get(code="size")
    person = AssessorFactory(study=study, submitted_scores_at="2026-01-15T12:00Z")
    ScoreFactory(candidate=candidate, criterion=criterion, assessor=person, value=300.0)

    fill(study=study, on=TODAY)

    assert sorted(Score.objects.values_list("origin", "value")) == [("assessor", 300.0), ("data", 120.0)]


def test_nothing_is_filled_after_the_decision(study):
    Study.objects.update(state="decided")

    with pytest.raises(StudyError, match=r"^study\.decided$"):
        fill(study=study, on=TODAY)
