"""The pages of the cluster management: what they show, to whom, and with how many queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kontor.accounts.models import RoleKind
from kontor.criteria.models import CatalogueVersion
from kontor.partners.models import Partner
from kontor.studies.models import Score, Study, WeightStatement
from kontor.studies.services import preparing_candidates, weighing_group
from tests.factories import GoalFactory, PersonFactory
from tests.partners.factories import FactFactory, PartnerFactory
from tests.studies.factories import (
    AssessorFactory,
    ScoreFactory,
    StudyCandidateFactory,
    StudyCriterionFactory,
    StudyFactory,
    WeightStatementFactory,
    frozen,
    made_study,
    version_in,
)

pytestmark = pytest.mark.django_db
SECRET = 0.1234567


@pytest.fixture
def study(cluster):
    return made_study([[1, 2], [3, None]], people={"Ada": [1, 1]}, cluster=cluster, state="judging")


@pytest.fixture
def page(manager_client, study):
    """Return a function that opens a page of the study as the manager."""

    def open_page(name, *more, **data):
        return manager_client.get(url_of(study, name, *more), data)

    return open_page


@pytest.fixture
def post(manager_client, study):
    """Return a function that posts to a page of the study as the manager, and follows."""

    def send(name, *more, **data):
        return manager_client.post(url_of(study, name, *more), data, follow=True)

    return send


def url_of(study, name, *more):
    return reverse(f"studies:{name}", args=[study.cluster.slug, study.pk, *more])


def text(response):
    return " ".join(response.content.decode().split())


def test_without_a_published_catalogue_the_way_leads_to_the_criteria(manager_client, cluster):
    criteria = reverse("criteria:overview", args=[cluster.slug])

    for name in ("overview", "create"):
        response = manager_client.get(reverse(f"studies:{name}", args=[cluster.slug]))
        assert (response.status_code, criteria in text(response)) == (200, True)


def test_the_list_tells_state_progress_and_next_step(manager_client, study):
    shown = text(manager_client.get(reverse("studies:overview", args=[study.cluster.slug])))

    assert "2 candidates, 2 criteria; 1 of 1 weighed; 1 of 4 scores missing" in shown
    assert "1 person has not got the link yet." in shown


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_queries_for_any_number(
    manager_client, cluster, count, django_assert_num_queries
):
    for _ in range(count):
        made_study([[1]], people={"Ada": [1]}, cluster=cluster)
    url = reverse("studies:overview", args=[cluster.slug])
    manager_client.get(url)

    with django_assert_num_queries(9):
        manager_client.get(url)


def test_a_study_is_begun_step_by_step(manager_client, cluster):
    version, goal = version_in(cluster), GoalFactory(cluster=cluster)
    short = PartnerFactory(cluster=cluster, stage="short", name="Short")
    PartnerFactory(cluster=cluster, stage="long", name="Long")
    data = {"title_en": "North", "catalogue_version": version.pk, "goals": [goal.pk]}

    choose = manager_client.post(reverse("studies:create", args=[cluster.slug]), data, follow=True)
    study = Study.objects.get()
    criteria = manager_client.post(url_of(study, "candidates-choose"), {"partners": [short.pk]}, follow=True)
    listed = manager_client.post(url_of(study, "criteria-choose"), {"codes": version.codes}, follow=True)

    assert f'value="{short.pk}" id="partner-{short.pk}" checked' in text(choose)
    assert choose.content.count(b'name="partners"') == 1
    assert "criteria/choose/" in criteria.request["PATH_INFO"]
    assert "2 criteria have been added." in text(listed)
    assert (study.goals.get(), study.candidates.get().partner) == (goal, short)


def test_a_study_without_a_title_is_said(manager_client, cluster):
    data = {"catalogue_version": version_in(cluster).pk}

    response = manager_client.post(reverse("studies:create", args=[cluster.slug]), data)

    assert (response.status_code, Study.objects.count()) == (422, 0)
    assert "Give the study a title in at least one language." in text(response)


def test_the_second_editor_sees_both_texts(manager_client, study):
    data = {"title_en": "Mine", "catalogue_version": study.catalogue_version_id, "version": 7}

    response = manager_client.post(url_of(study, "edit"), data)

    assert (response.status_code, "Mine" in text(response)) == (409, True)
    assert str(study.title) in text(response)


def test_a_study_goes_only_after_its_title_was_typed(manager_client, study):
    wrong = manager_client.post(url_of(study, "delete"), {"confirm_name": "something else"})
    kept = Study.objects.count()
    manager_client.post(url_of(study, "delete"), {"confirm_name": str(study.title)})

    assert (wrong.status_code, kept, Study.objects.count()) == (422, 1, 0)


def test_what_is_removed_comes_back_by_one_press(post, study):
    candidate, criterion = study.candidates.first(), study.criteria.first()
    first = post("candidate-remove", candidate.pk)
    second = post("criterion-remove", criterion.pk)
    gone = Score.objects.count()
    for response in (first, second):
        message = next(iter(response.context["messages"]))
        undo = message.extra_tags.split("undo:")[1]
        response.client.post(undo)

    assert (gone, study.candidates.count(), study.criteria.count()) == (0, 2, 2)
    assert "2 scores went with it." in text(first)


def test_one_candidate_alone_is_answered_in_a_sentence(manager_client, cluster):
    study = made_study([[1]], cluster=cluster)
    sentence = "With a single candidate there is nothing to choose between."

    shown = [text(manager_client.get(url_of(study, name))) for name in ("detail", "candidates")]

    assert [sentence in each for each in shown] == [True, True]


def test_five_hundred_candidates_are_offered_and_shown(manager_client, cluster):
    study = StudyFactory(cluster=cluster)
    StudyCriterionFactory(study=study)
    Partner.objects.bulk_create(PartnerFactory.build_batch(500, cluster=cluster))
    offered = manager_client.get(url_of(study, "candidates-choose"))
    keys = list(Partner.objects.values_list("pk", flat=True))
    preparing_candidates.add_candidates(study=study, partner_ids=keys)

    table = manager_client.get(url_of(study, "scores"))

    assert offered.content.count(b'name="partners"') == 500
    assert (len(table.context["table"]), table.context["number"]) == (50, 500)
    assert manager_client.get(url_of(study, "scores"), {"page": "99"}).context["page"] == 10


def test_criteria_are_found_by_words(manager_client, study):
    found = manager_client.get(url_of(study, "criteria-choose"), {"q": "nonsense"})

    assert "No criterion fits this search." in text(found)


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (3, 3), (9, 24)])
def test_pages_ask_the_same_queries_for_any_size(manager_client, cluster, rows, columns):
    people = {f"Person {number}": [1] * columns for number in range(rows)}
    study = made_study([[3] * columns] * rows, people=people, cluster=cluster, state="judging")
    study = weighing_group.open_weights(study=study)
    expected = {"detail": 12, "candidates": 7, "criteria": 6, "people": 8, "weights": 8, "scores": 14}
    counted = {}
    for name in expected:
        manager_client.get(url_of(study, name))
        with CaptureQueriesContext(connection) as queries:
            manager_client.get(url_of(study, name))
        counted[name] = len(queries)

    assert counted == expected


def test_before_the_opening_nobody_sees_a_weight_on_any_page(manager_client, cluster):
    study = made_study([[1, 2]], cluster=cluster, state="judging")
    person = AssessorFactory(study=study, name="Ada")
    WeightStatementFactory(
        assessor=person,
        weights={"c1": SECRET, "c2": 1 - SECRET},
        answers={"technique": "points", "fields": {"points": {"value:_:c1": "12.34567"}}},
        comment="Nobody reads this",
    )
    names = (
        *("detail", "candidates", "criteria", "people", "weights", "weights-xlsx", "weights-csv", "scores"),
        *("people-xlsx", "people-csv", "scores-xlsx", "scores-csv", "weights-by-hand"),
    )

    for name in names:
        response = manager_client.get(url_of(study, name), follow=True)
        shown = response.content.decode(errors="replace")
        assert not any(secret in shown for secret in ("12.3", "12,3", "0.123", "Nobody reads this")), name
    assert "1 of 1 have handed in" in text(manager_client.get(url_of(study, "weights")))


def test_the_export_of_weights_waits_for_the_opening(page, post):
    before = page("weights-csv")
    post("weights-open")
    after = page("weights-csv")

    assert (before.status_code, after["Content-Type"]) == (302, "text/csv; charset=utf-8")
    assert "Ada" in after.content.decode("utf-8-sig")


def test_opened_weights_are_shown_agreed_and_made_anew(page, post, study):
    post("weights-open")
    opened = text(page("weights"))
    refused = post("weights-by-hand", **{"weight-c1": "30", "weight-c2": "10"})
    post("weights-by-hand", **{"weight-c1": "30", "weight-c2": "10", "because": "Talked over"})
    agreed = [each.group_weight for each in study.criteria.all()]
    post("weights-rule", rule="mean")

    assert "Only one person has handed in weights" in opened
    assert (refused.status_code, "Give the reason" in text(refused)) == (422, True)
    assert (agreed, [each.group_weight for each in study.criteria.all()]) == ([0.75, 0.25], [0.5, 0.5])


def test_a_cell_shows_all_words_and_takes_an_agreement(page, post, study):
    candidate, criterion = study.candidates.last(), study.criteria.last()
    person = AssessorFactory(study=study, name="Bob", submitted_scores_at="2026-01-15T12:00Z")
    draft = AssessorFactory(study=study, name="Draft")
    for who, why in ((person, "<script>alert(1)</script>"), (draft, "Not yet")):
        ScoreFactory(candidate=candidate, criterion=criterion, assessor=who, evidence=why)
    shown = text(page("cell", candidate.pk, criterion.pk))

    refused = post("cell", candidate.pk, criterion.pk, value="4", edition="0")
    post("cell", candidate.pk, criterion.pk, value="4", evidence="Talked over", edition="0")
    twice = post("cell", candidate.pk, criterion.pk, value="5", evidence="Late", edition="0")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert ("<script>alert" in shown, "Not yet" in shown) == (False, False)
    assert (refused.status_code, "Give the reason for what the group agrees on." in text(refused)) == (
        422,
        True,
    )
    assert (
        twice.status_code,
        Score.objects.get(origin="agreed", candidate=candidate, criterion=criterion).value,
    ) == (422, 4.0)


def test_scores_export_with_every_word(page, study):
    response = page("scores-xlsx")

    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert "Cluster A" in page("scores-csv").content.decode("utf-8-sig")


def test_people_are_added_by_hand_and_faults_are_said(manager_client, study):
    good = {"name": "Bob", "email": "bob@x.org", "language": "de", "group": "sme", "weighs": "on"}
    url = url_of(study, "person-new")
    manager_client.post(url, good)
    again = manager_client.post(url, good)

    assert study.assessors.filter(email="bob@x.org", scores_candidates=False).count() == 1
    assert (again.status_code, "takes part already" in text(again)) == (422, True)


def test_people_without_consent_are_not_offered(page, study):
    PersonFactory(organisation__cluster=study.cluster, family_name="Secret")

    assert "Secret" not in text(page("people-members"))


def test_a_new_link_is_shown_once(post, study):
    shown = text(post("person-link", study.assessors.get().pk))

    assert "/nord/studies/assess/" in shown


def test_filling_shows_what_would_change_and_does_it(page, post, study):
    StudyCriterionFactory(study=study, code="ties", content=frozen("ties", source="actors.ties"))
    content = frozen(
        "size", scale="number", scale_low=None, scale_high=None, source="partners.fact.members_total"
    )
    StudyCriterionFactory(study=study, code="size", content=content)
    FactFactory(partner=study.candidates.first().partner, number=120.0)

    shown = text(page("fill"))
    post("fill")

    assert "would change" in shown
    assert Score.objects.filter(origin="data", criterion__code="size").get().value == 120.0


@pytest.mark.parametrize(
    ("kind", "opened"),
    [
        (RoleKind.BOARD, {"overview", "detail", "candidates", "criteria"}),
        (RoleKind.FUNDER, set()),
        (RoleKind.MEMBER, set()),
        (RoleKind.PARTNER, set()),
    ],
)
def test_who_may_see_which_page(client_of, key_to, study, kind, opened):
    client = client_of(key_to(kind))
    names = ("detail", "candidates", "criteria", "people", "weights", "scores", "fill", "import", "edit")
    answers = {name for name in names if client.get(url_of(study, name)).status_code == 200}
    if client.get(reverse("studies:overview", args=[study.cluster.slug])).status_code == 200:
        answers.add("overview")

    assert answers == opened


def test_a_decided_study_refuses_and_says_so(manager_client, cluster):
    study = made_study([[1]], people={"Ada": [1]}, cluster=cluster, state="decided")
    acts = ("start", "weights-open", "weights-rule", "people-send", "fill", "edit", "delete", "people-team")

    answers = {name: manager_client.post(url_of(study, name)) for name in acts}

    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(acts, 409)
    assert all("The decision has been made." in text(answer) for answer in answers.values())


def test_an_old_version_of_the_catalogue_is_told(manager_client, study):
    first = study.catalogue_version
    CatalogueVersion.objects.create(
        catalogue=first.catalogue, cluster=first.cluster, number=first.number + 1, content=first.content
    )

    shown = text(manager_client.get(url_of(study, "criteria")))

    assert "version 2 has been published since" in shown


def test_the_next_step_follows_the_study(manager_client, cluster):
    study = StudyFactory(cluster=cluster)
    said = []

    def step():
        said.append(manager_client.get(url_of(study, "detail")).context["step"].label)

    step()
    StudyCandidateFactory.create_batch(2, study=study)
    step()
    StudyCriterionFactory(study=study)
    step()
    person = AssessorFactory(study=study)
    step()
    Study.objects.update(state="judging")
    step()
    study.assessors.update(invited_at="2026-01-15T12:00Z")
    step()
    WeightStatementFactory(assessor=person)
    study.assessors.update(submitted_scores_at="2026-01-15T12:00Z")
    step()
    Study.objects.update(state="open")
    step()

    assert said == [
        *("Choose candidates", "Choose criteria", "Choose people", "Start judging", "Send the links"),
        *("See who is missing", "Open the weights", "Fill the gaps"),
    ]
    assert WeightStatement.objects.count() == 1
