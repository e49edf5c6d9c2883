"""The outcome of a study is computed once for each state, and told in sentences."""

from __future__ import annotations

import pytest

from kontor.jobs.models import Job
from kontor.jobs.running import carry_out
from kontor.studies.computing import plain
from kontor.studies.figures import Robust, as_json, from_json
from kontor.studies.models import Outcome
from kontor.studies.numbers import numbers
from kontor.studies.queries.matrix import matrix_of
from kontor.studies.robust import SPACES, robust
from kontor.studies.services import outcomes
from kontor.studies.services.outcomes import outcome_of
from kontor.studies.told import Names, tell
from tests.studies.factories import AssessorFactory, ScoreFactory, made_study
from tests.studies.matrices import column, matrix, person

pytestmark = pytest.mark.django_db


def found_robust(study, space="said"):
    return robust(numbers(study), study, space)


def test_the_matrix_asks_the_same_queries_for_any_study(django_assert_num_queries):
    study = made_study([[4, None, 2, 5]] * 3)

    with django_assert_num_queries(4):
        matrix_of(study)


def test_the_same_state_is_computed_once(monkeypatch):
    study = made_study([[4, None, 2, 5]] * 3)
    first = outcome_of(study=study)
    monkeypatch.setattr(outcomes, "plain", None)
    monkeypatch.setattr(outcomes, "robust", None)

    assert outcome_of(study=study) == first


def test_what_was_just_computed_reads_as_it_will_from_storage():
    study = made_study([[4, None, 3], [3, 5, 1]], weights=[3, 1, 2], people={"Ada": [3, 1, 1]})

    first, second = outcome_of(study=study), outcome_of(study=study)

    assert repr([first.plain, first.robust]) == repr([second.plain, second.robust])
    assert list(second.robust) == list(SPACES)


def test_a_new_score_makes_a_new_outcome():
    study = made_study([[4, 2], [3, 5]])
    before = outcome_of(study=study).outcome.fingerprint
    score = study.candidates.first().scores.first()
    type(score).objects.filter(pk=score.pk).update(value=1.0, low=1.0, high=1.0)

    assert outcome_of(study=study).outcome.fingerprint != before


def test_a_scenario_has_an_outcome_of_its_own_and_leaves_the_study_as_it_is():
    study = made_study([[4, 2], [3, 5]])
    base = outcome_of(study=study)
    outcome_of(study=study, changes={"without": [study.candidates.first().pk]})

    assert (outcome_of(study=study), Outcome.objects.count()) == (base, 2)


def test_a_large_study_is_simulated_by_a_job(monkeypatch):
    monkeypatch.setattr(outcomes, "CELLS_AT_ONCE", 0)
    study = made_study([[4, 2], [3, 5]])
    found = outcome_of(study=study)
    carry_out(found.job.pk)

    assert (found.said, set(outcome_of(study=study).robust)) == (None, set(SPACES))


def test_asking_twice_queues_the_simulation_once(monkeypatch):
    monkeypatch.setattr(outcomes, "CELLS_AT_ONCE", 0)
    study = made_study([[4, 2], [3, 5]])

    assert outcome_of(study=study).job == outcome_of(study=study).job


def test_a_simulation_of_what_has_changed_meanwhile_is_not_kept(monkeypatch):
    monkeypatch.setattr(outcomes, "CELLS_AT_ONCE", 0)
    study = made_study([[4, 2], [3, 5]])
    found = outcome_of(study=study)
    study.candidates.first().scores.all().delete()
    carry_out(found.job.pk)

    assert Job.objects.get().state == "done"
    assert Outcome.objects.get(pk=found.outcome.pk).robust == {}


def test_earlier_outcomes_are_forgotten(monkeypatch):
    monkeypatch.setattr(outcomes, "KEPT", 2)
    study = made_study([[4, 2], [3, 5]])
    codes = list(study.criteria.values_list("code", flat=True))
    for weight in (1.0, 2.0, 3.0, 4.0):
        outcome_of(study=study, changes={"weights": {codes[0]: weight}})

    assert Outcome.objects.count() == 2


def test_scores_that_were_not_handed_in_do_not_count():
    study = made_study([[4, 2], [3, 5]])
    before = matrix_of(study)
    late = ScoreFactory(
        candidate=study.candidates.first(),
        criterion=study.criteria.first(),
        assessor=AssessorFactory(study=study, submitted_scores_at=None),
        origin="assessor",
    )

    assert late.pk
    assert matrix_of(study) == before


def test_weights_that_have_not_been_opened_show_in_no_figure():
    study = made_study([[4, 2], [3, 5]], people={"Ada": [3, 1], "Bo": [1, 3]}, weights_opened_at=None)

    assert matrix_of(study).people == ()


PEOPLE = [person(1, {"c1": 3.0, "c2": 1.0}), person(2, {"c1": 1.0, "c2": 3.0})]


def test_shares_of_places_add_up():
    found = found_robust(matrix([[5, 2], [3, 5], [1, 1]], people=PEOPLE))

    assert [round(sum(row), 6) for row in found.ranks] == [1.0, 1.0, 1.0]


def test_within_what_people_said_is_narrower_than_whatever_the_weights():
    # The second is first only where the second criterion has more than two thirds of the weight.
    study = matrix(
        [[4, 3], [2, 4]], people=[person(1, {"c1": 1.0, "c2": 1.0}), person(2, {"c1": 2.0, "c2": 1.0})]
    )

    assert (found_robust(study).chance_of_first(1), found_robust(study, "free").chance_of_first(1)) == (
        1.0,
        pytest.approx(2 / 3, abs=0.02),
    )


def test_one_voice_alone_is_taken_with_a_grain_of_salt():
    study = matrix([[5, 1], [1, 5]], [column(1, weight=0.52), column(2, weight=0.48)], people=PEOPLE[:1])

    assert 0.5 < found_robust(study).chance_of_first(1) < 0.8


def test_simulated_figures_come_back_from_storage_as_they_were():
    found = found_robust(matrix([[5, None], [3, 5]]))

    assert from_json(Robust, as_json(found)) == found


NAMES = Names({1: "Alba", 2: "Brisa", 3: "Cala"}, {"c1": "Staff", "c2": "Funding"})


def told(study):
    figures = plain(study)
    found = numbers(study)
    return tell(figures, robust(found, study, "said") if found else None, NAMES)


def test_the_headline_names_the_first_its_points_and_its_lead():
    study = matrix([[5, 2], [3, 5], [1, 1]], [column(1, weight=3.0), column(2, weight=1.0)])

    assert told(study).headline == "Alba comes first with 81 of 100 points, 19 ahead of Brisa."


def test_a_tie_is_told_as_a_tie():
    assert told(matrix([[5, 1], [1, 5], [1, 1]])).headline == (
        "Alba and Brisa share the first place with 50 of 100 points each."
    )


@pytest.mark.parametrize(
    ("study", "sentence"),
    [
        (matrix([[3, 4]]), "Only Alba is left: there is nothing to choose between."),
        (
            matrix([[None, None], [None, None]]),
            "Nothing is known yet about any candidate, so none comes first.",
        ),
        (
            matrix([[1], [1]], [column(knock_out_below=2.0)]),
            "No candidate is left: thresholds have put all 2 candidates out of the race.",
        ),
    ],
)
def test_nonsense_is_answered_in_a_sentence(study, sentence):
    assert told(study).headline == sentence


def test_finding_out_the_next_best_fact_changes_the_sentence():
    unknown = told(matrix([[4, None], [3.5, 4]]))
    known = told(matrix([[4, 5], [3.5, 4]]))

    assert unknown.threat == (
        "What would help most: find out “Funding” for Alba; in 38% of cases the first place then changes."
    )
    assert (unknown.headline, known.headline) == (
        "Brisa comes first with 69 of 100 points, 6.2 ahead of Alba.",
        "Alba comes first with 88 of 100 points, 19 ahead of Brisa.",
    )
