"""The factories make what the database accepts."""

import pytest

from tests.factories import OrganisationFactory
from tests.studies.factories import DecisionFactory, OutcomeFactory, made_study
from tests.studies.furnish import furnish

pytestmark = pytest.mark.django_db


def test_a_study_is_made_of_rows_and_columns():
    study = made_study([[1, None], [(2, 3, 4), 5]], weights=[1, 2], people={"Ada": [3, 1]})

    scores = [(s.low, s.value, s.high) for c in study.candidates.all() for s in c.scores.all()]
    assert (scores, study.assessors.get().weight_statement.weights) == (
        [(1, 1, 1), (2, 3, 4), (5, 5, 5)],
        {"c1": 0.75, "c2": 0.25},
    )


def test_one_of_everything_is_of_one_cluster():
    organisation = OrganisationFactory()

    assert {each.cluster_id for each in furnish(organisation).values()} == {organisation.cluster_id}
    assert (DecisionFactory().pk, OutcomeFactory().pk) != (None, None)
