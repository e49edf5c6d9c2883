"""Scenarios: kept, changed, deleted and brought back; and weights tried out by sliders."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kontor.studies.computing import plain
from kontor.studies.matrix import changed
from kontor.studies.models import Outcome, Scenario, Study
from kontor.studies.problems import StudyError
from kontor.studies.queries.matrix import matrix_of
from kontor.studies.services.outcomes import outcome_of
from kontor.studies.services.scenarios import MOST_SCENARIOS, create_scenario
from kontor.studies.trying import Levels, levels_now, weights_of
from tests.studies.factories import ScenarioFactory, frozen, made_study

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def study(cluster):
    return made_study([[5, 1], [1, 5], [2, 2]], cluster=cluster, weights=[3, 1], state="open")


def url(name, study, *args):
    return reverse(f"studies:{name}", args=[study.cluster.slug, study.pk, *args])


def text(answer):
    return " ".join(answer.content.decode().split())


def form_of(**changes):
    return {"name_en": "Other way round", "weight-c1": "25", "weight-c2": "75"} | changes


def test_a_scenario_is_kept_and_stands_beside_the_study(manager_client, study):
    manager_client.post(url("scenario-new", study), form_of(story_en="Who knows?"))
    page = text(manager_client.get(url("scenarios", study)))

    assert Scenario.objects.get().changes == {"weights": {"c1": 0.25, "c2": 0.75}}
    assert "Somebody else comes first in “Other way round”." in page
    assert "“c" not in page
    assert "Cluster B comes first with 75 of 100 points" in page


def test_untouched_weights_are_no_change(manager_client, study):
    answer = manager_client.post(
        url("scenario-new", study), form_of(**{"weight-c1": "75", "weight-c2": "25"})
    )

    assert (answer.status_code, "needs at least one change" in text(answer)) == (422, True)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name_en": ""}, "Give the scenario a name"),
        ({"weight-c1": "much"}, "is not a number"),
        ({"weight-c1": "-5"}, "cannot be less than nothing"),
        ({"weight-c1": "0", "weight-c2": "0"}, "must weigh something"),
        ({"score-value-0": "3"}, "needs all three"),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(manager_client, study, fields, sentence):
    answer = manager_client.post(url("scenario-new", study), form_of(story_en="Kept as typed", **fields))

    assert (answer.status_code, sentence in text(answer), "Kept as typed" in text(answer)) == (
        422,
        True,
        True,
    )
    assert not Scenario.objects.exists()


def test_scores_and_missing_candidates_change_what_comes_out(manager_client, study):
    first, _second, third = study.candidates.all()
    other = {"score-candidate-0": third.pk, "score-criterion-0": "c1", "score-value-0": "5"}
    plainly = {"name_en": "Without A", "without": [first.pk]}
    manager_client.post(url("scenario-new", study), plainly | other)
    changes = Scenario.objects.get().changes

    assert changes == {"scores": [[third.pk, "c1", 5.0]], "without": [first.pk]}
    assert outcome_of(study=study, changes=changes).plain == plain(changed(matrix_of(study), changes))


def test_a_score_outside_the_scale_is_refused(study):
    with pytest.raises(StudyError, match=r"scenario\.score_outside"):
        create_scenario(
            study=study,
            name={"en": "X"},
            story={},
            changes={"scores": [[study.candidates.first().pk, "c1", 9.0]]},
        )


def test_nobody_left_is_refused(study):
    everyone = list(study.candidates.values_list("pk", flat=True))

    with pytest.raises(StudyError, match=r"scenario\.nobody_left"):
        create_scenario(study=study, name={"en": "X"}, story={}, changes={"without": everyone})


def test_there_is_an_end_to_scenarios(study):
    ScenarioFactory.create_batch(MOST_SCENARIOS, study=study)

    with pytest.raises(StudyError, match=r"scenario\.too_many"):
        create_scenario(study=study, name={"en": "X"}, story={}, changes={"weights": {"c1": 1.0}})


def test_nothing_changes_after_the_decision(manager_client, study):
    scenario = ScenarioFactory(study=study, changes={"weights": {"c1": 1.0}})
    Study.objects.filter(pk=study.pk).update(state="decided")
    answers = [
        manager_client.post(url("scenario-new", study), form_of()),
        manager_client.post(url("scenario", study, scenario.pk), form_of()),
        manager_client.post(url("scenario-delete", study, scenario.pk)),
    ]

    assert ([each.status_code for each in answers], Scenario.objects.count()) == ([409] * 3, 1)


def test_who_comes_second_is_shown_both_versions(manager_client, study):
    scenario = ScenarioFactory(study=study, changes={"weights": {"c1": 0.5, "c2": 0.5}})
    manager_client.post(url("scenario", study, scenario.pk), form_of(version=scenario.version))
    answer = manager_client.post(
        url("scenario", study, scenario.pk), form_of(name_en="Mine", version=scenario.version)
    )

    assert answer.status_code == 409
    assert all(name in text(answer) for name in ("Other way round", "Mine", "has changed this meanwhile"))


def test_a_deleted_scenario_comes_back(manager_client, study):
    scenario = ScenarioFactory(study=study, changes={"weights": {"c1": 1.0}})
    page = manager_client.post(url("scenario-delete", study, scenario.pk), follow=True)
    assert not Scenario.objects.exists()
    undo = next(part for part in text(page).split('"') if "/scenarios/restore/" in part)
    manager_client.post(undo)

    assert Scenario.objects.get() == scenario


def test_a_scenario_of_another_study_does_not_exist_here(manager_client, study, cluster):
    other = ScenarioFactory(study=made_study([[1]], cluster=cluster))

    assert manager_client.get(url("scenario", study, other.pk)).status_code == 404


def test_sliders_at_rest_are_the_weights_of_the_group(study):
    matrix = matrix_of(study)

    assert weights_of(levels_now(matrix), matrix) == pytest.approx({"c1": 0.75, "c2": 0.25}, abs=0.001)


def test_a_family_divides_its_share_among_its_criteria(cluster):
    made = made_study(
        [[1, 2, 3]],
        cluster=cluster,
        criteria=[{"content": content(family)} for family in ("a", "a", "b")],
        weights=[1, 1, 2],
    )
    found = weights_of(Levels({"a": 30, "b": 70}, {"c1": 100, "c2": 50, "c3": 10}), matrix_of(made))

    assert found == pytest.approx({"c1": 0.2, "c2": 0.1, "c3": 0.7})


def content(family):
    return frozen(f"of_{family}", family=family)


def test_moving_a_slider_shows_what_comes_out_and_stores_nothing(manager_client, study):
    query = {"family-cluster": "100", "level-c1": "10", "level-c2": "100"}
    part = text(manager_client.get(url("slider", study), query, headers=HTMX))
    page = text(manager_client.get(url("slider", study), query))

    assert "Cluster B comes first" in part
    assert "Cluster B comes first" in page
    assert ("<html" in part, "<html" in page) == (False, True)
    assert "As it stands, Cluster A comes first." in part
    assert not Outcome.objects.exists()


def test_weights_tried_out_can_be_kept(manager_client, study):
    part = manager_client.get(url("slider", study), {"level-c1": "0"}, headers=HTMX).content.decode()
    keep = next(each for each in part.split('"') if "/scenarios/new/?" in each).replace("&amp;", "&")
    form = text(manager_client.get(keep))

    assert ('name="weight-c1" value="0"' in form, 'name="weight-c2" value="100"' in form) == (True, True)


@pytest.mark.parametrize("level", ["nan", "inf", "much", "1e999", "-3"])
def test_no_slider_is_moved_by_nonsense(manager_client, study, level):
    assert manager_client.get(url("slider", study), {"level-c1": level}, headers=HTMX).status_code == 200


def test_sliders_all_down_are_answered_in_a_sentence(manager_client, study):
    part = text(
        manager_client.get(url("slider", study), {"family-cluster": "0", "level-c1": "0", "level-c2": "0"})
    )

    assert "Nothing weighs anything." in part
