"""The pages of the result: what they say, what they cost, who may see them."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from kontor.accounts.models import RoleKind
from kontor.jobs.models import Job
from kontor.jobs.running import carry_out
from kontor.studies.models import Outcome, Study
from kontor.studies.reading import reading_of
from kontor.studies.services import outcomes
from kontor.studies.told import points_text
from tests.studies.factories import ScenarioFactory, ScoreFactory, made_study

pytestmark = pytest.mark.django_db

PAGES = ("result", "result-robust", "result-facts", "result-groups", "scenarios", "slider")
CELLS = [[4, 2, None], [3, 5, 2], [1, (1, 2, 4), 3]]


def url(name, study, *args):
    return reverse(f"studies:{name}", args=[study.cluster.slug, study.pk, *args])


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def study(cluster):
    made = made_study(
        CELLS, cluster=cluster, weights=[3, 1, 2], people={"Ada": [3, 1, 1], "Bo": [1, 1, 3]}, state="open"
    )
    Study.objects.filter(pk=made.pk).update(weights_opened_at=timezone.now())
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "de"])
def test_pages_open(manager_client, study, page, language):
    ScenarioFactory(study=study, changes={"weights": {"c2": 1.0}})
    manager_client.cookies["kontor_language"] = language

    assert manager_client.get(url(page, study)).status_code == 200


def test_candidate_page_opens(manager_client, study):
    for candidate in study.candidates.all():
        assert manager_client.get(url("candidate-result", study, candidate.pk)).status_code == 200


NOT_FOR = [RoleKind.MEMBER, RoleKind.COORDINATOR, RoleKind.PARTNER, RoleKind.FUNDER]
FILES = ("result-xlsx", "result-csv", "result-docx-de", "result-docx-en", "result-pdf-de", "result-pdf-en")


@pytest.mark.parametrize("role", NOT_FOR)
def test_others_than_insiders_see_no_result(client_of, key_to, study, role):
    client = client_of(key_to(role))

    assert {client.get(url(page, study)).status_code for page in (*PAGES, *FILES)} == {403}


def test_the_board_reads_the_result_but_keeps_no_scenario(client_of, key_to, study):
    client = client_of(key_to(RoleKind.BOARD))

    assert client.get(url("result", study)).status_code == 200
    assert client.post(url("scenario-new", study), {"name_en": "X"}).status_code == 403


@pytest.mark.parametrize("name", FILES)
def test_files_hold_the_result(manager_client, study, name):
    answer = manager_client.get(url(name, study))

    assert (answer.status_code, len(answer.content) > 200) == (200, True)


def test_the_page_says_what_the_method_computes(manager_client, study):
    reading = reading_of(study)
    page = text(manager_client.get(url("result", study)))

    assert reading.told.headline in page
    for each in weighted_order(study):
        assert points_text(each) in page


def weighted_order(study):
    """Compute by hand: utility (score − 1) / 4, what is not known at the middle, weights 3 : 1 : 2."""
    weights = [3 / 6, 1 / 6, 2 / 6]
    values = [[0.75, 0.25, 0.5], [0.5, 1.0, 0.25], [0.0, 0.25, 0.5]]
    return [sum(w * v for w, v in zip(weights, row, strict=True)) for row in values]


def test_filling_in_the_next_best_fact_changes_the_sentence(manager_client, cluster):
    made = made_study([[4, None], [3.5, 4]], cluster=cluster, state="open")
    before = text(manager_client.get(url("result", made)))
    fact = reading_of(made).plain.next_facts[0]
    cell = url("cell", made, fact.candidate, made.criteria.get(code=fact.code).pk)
    assert cell in before
    found = {"value": "5", "confidence": "2", "evidence": "Annual report", "source": "Report", "edition": "0"}
    assert manager_client.post(cell, found).status_code == 302
    after = text(manager_client.get(url("result", made)))

    assert ("Cluster B comes first" in before, "Cluster A comes first" in after) == (True, True)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_the_same_queries_for_any_number(
    cluster, manager_client, django_assert_num_queries, page, number
):
    made = made_study(
        [[4, None] * (4 * number)] * (3 * number), cluster=cluster, weights=[1] * 8 * number, state="open"
    )
    for place in range(number):
        ScenarioFactory(study=made, changes={"weights": {"c1": 0.1 * (place + 1), "c2": 1.0}})
    manager_client.get(url(page, made))

    with django_assert_num_queries(QUERIES[page]):
        manager_client.get(url(page, made))


# Session, user, role, study; four for the matrix, the outcome, candidates, criteria; then the page's own.
QUERIES = {
    "result": 11,
    "result-robust": 11,
    "result-facts": 11,
    "result-groups": 11,
    "scenarios": 13,
    "slider": 10,
}


def test_a_large_study_says_that_it_computes_and_swaps_in_what_comes_out(manager_client, study, monkeypatch):
    monkeypatch.setattr(outcomes, "CELLS_AT_ONCE", 0)
    page = text(manager_client.get(url("result", study)))
    assert "How sure the order is, is being computed" in page
    poll = url("result-progress", study)
    assert 'id="progress"' in text(manager_client.get(poll, headers={"HX-Request": "true"}))
    carry_out(Job.objects.get().pk)
    done = manager_client.get(poll, headers={"HX-Request": "true"})

    assert (done["HX-Retarget"], "How often who takes which place" in text(done)) == ("#result", True)


def test_a_failed_simulation_is_not_begun_anew_each_second(manager_client, study, monkeypatch):
    monkeypatch.setattr(outcomes, "CELLS_AT_ONCE", 0)
    manager_client.get(url("result", study))
    job = Job.objects.get()
    Job.objects.update(state="failed", error_code="job.interrupted")
    answer = manager_client.get(
        url("result-progress", study) + f"?job={job.pk}", headers={"HX-Request": "true"}
    )

    assert ("hx-get" in answer.content.decode(), Job.objects.count()) == (False, 1)


def test_groups_stay_hidden_until_the_weights_are_opened(manager_client, study):
    Study.objects.filter(pk=study.pk).update(weights_opened_at=None)

    assert "have not been opened yet" in text(manager_client.get(url("result-groups", study)))


def test_the_board_sees_no_group_of_a_single_person(client_of, key_to, manager_client, study):
    study.assessors.filter(name="Ada").update(group="research")
    assert "Research and universities" in text(manager_client.get(url("result-groups", study)))
    page = text(client_of(key_to(RoleKind.BOARD)).get(url("result-groups", study)))

    assert ("Research and universities" in page, "nobody can be recognised" in page) == (False, True)


def test_the_board_reads_evidence_but_not_whose(client_of, key_to, study):
    candidate = study.candidates.first()
    ada = study.assessors.get(name="Ada")
    type(ada).objects.filter(pk=ada.pk).update(submitted_scores_at=ada.created_at)
    ScoreFactory(
        candidate=candidate, criterion=study.criteria.last(), assessor=ada, evidence="Annual report, page 3"
    )
    page = text(client_of(key_to(RoleKind.BOARD)).get(url("candidate-result", study, candidate.pk)))

    assert ("Annual report, page 3" in page, "Ada" in page) == (True, False)


def test_what_people_write_is_shown_as_text(manager_client, study):
    evil = "<script>alert(1)</script>"
    candidate = study.candidates.select_related("partner").first()
    type(candidate.partner).objects.filter(pk=candidate.partner.pk).update(name=evil)
    ScoreFactory(candidate=candidate, criterion=study.criteria.last(), evidence=evil, source=evil)
    ScenarioFactory(study=study, name=evil, story=evil, changes={"without": [study.candidates.last().pk]})
    pages = [*(url(page, study) for page in PAGES), url("candidate-result", study, candidate.pk)]

    assert [evil in manager_client.get(page).content.decode() for page in pages] == [False] * len(pages)


@pytest.mark.parametrize(
    ("cells", "fields", "sentence"),
    [
        ([[3, 4]], {}, "Only Cluster A is left"),
        ([[None, None], [None, None]], {}, "Nothing is known yet about any candidate"),
        ([[3, 3], [3, 3]], {}, "Cluster A and Cluster B share the first place"),
        ([[3], [4]], {}, "Cluster B comes first"),
        ([[1], [1]], {"criteria": [{"knock_out_below": 2.0}]}, "No candidate is left"),
        ([], {}, "the study has no criterion"),
    ],
)
def test_nonsense_is_answered_in_a_sentence_on_every_page(manager_client, cluster, cells, fields, sentence):
    made = made_study(cells, cluster=cluster, **fields)
    ScenarioFactory(study=made, changes={"weights": {"c1": 1.0}})
    answers = {page: manager_client.get(url(page, made)) for page in (*PAGES, *FILES)}

    assert {answer.status_code for answer in answers.values()} == {200}
    assert sentence in text(answers["result"])
    assert all(
        manager_client.get(url("candidate-result", made, each.pk)).status_code == 200
        for each in made.candidates.all()
    )


def test_of_very_many_candidates_the_first_fifty_are_shown(manager_client, cluster):
    made = made_study([[1 + place % 5] for place in range(60)], cluster=cluster)
    page = text(manager_client.get(url("result", made)))

    assert ("The first 50 of 60" in page, page.count('class="rank-bar"')) == (True, 50)


def test_looking_twice_computes_nothing_anew(manager_client, study, monkeypatch):
    manager_client.get(url("result", study))
    monkeypatch.setattr(outcomes, "plain", None)
    monkeypatch.setattr(outcomes, "robust", None)

    assert (manager_client.get(url("result-robust", study)).status_code, Outcome.objects.count()) == (200, 1)
