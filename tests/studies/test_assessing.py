"""Assessors weigh and score by a link or by their account, and reach nothing else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from kontor.studies.models import Assessor, Score, Study, WeightStatement
from kontor.studies.services.inviting_links import links_for
from tests.factories import RoleFactory
from tests.partners.factories import FactFactory, PartnerContactFactory
from tests.studies.factories import AssessorFactory, ScoreFactory, StudyCriterionFactory, frozen, made_study

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def study(cluster):
    return made_study([[None, None], [None, None]], cluster=cluster, state="judging")


@pytest.fixture
def assessor(study):
    return AssessorFactory(study=study, name="Ada")


@pytest.fixture
def url(study, assessor):
    """Return a function that gives the address of a page behind the assessor's link."""
    token = links_for([assessor])[assessor.pk]

    def address(page="", *more):
        name = f"studies:assess-{page}" if page else "studies:assess"
        return reverse(name, args=[study.cluster.slug, token, *more])

    return address


def text(response):
    return " ".join(response.content.decode().split())


def cell(candidate, criterion, **fields):
    return {f"c{candidate.pk}-{criterion.pk}-{name}": value for name, value in fields.items()}


def points(*typed, **more):
    fields = {f"value:_:c{place}": each for place, each in enumerate(typed, 1)}
    return {"technique": "points", "edition": "0"} | fields | more


def test_the_start_shows_question_tasks_and_candidates(client, url, study):
    shown = text(client.get(url()))

    assert str(study.question) in shown
    assert all(
        word in shown for word in ("Cluster A", "Cluster B", "0 of 4 scores given", "Weigh the criteria")
    )


def test_the_pages_speak_the_language_of_the_person(client, study):
    person = AssessorFactory(study=study, language="de")
    token = links_for([person])[person.pk]

    shown = text(client.get(reverse("studies:assess", args=[study.cluster.slug, token])))

    assert "bittet um Ihr Urteil" in shown


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("preparing", "Judging has not begun yet."),
        ("decided", "The decision has been made. Thank you for your part in it"),
    ],
)
def test_outside_of_the_judging_the_page_says_so(client, url, state, sentence):
    Study.objects.update(state=state)

    shown = text(client.get(url()))

    assert (sentence in shown, "Weigh the criteria" in shown) == (True, False)


def test_weights_go_by_plain_form_from_draft_to_hand_in(client, url):
    kept = client.post(url("weigh"), points("30", "10", later="1"))
    draft = WeightStatement.objects.get()
    handed = client.post(url("weigh"), points("30", "10", edition="1", hand_in="1"), follow=True)

    statement = WeightStatement.objects.get()
    assert (kept.status_code, draft.submitted_at) == (302, None)
    assert (statement.submitted_at is not None, statement.weights) == (True, {"c1": 0.75, "c2": 0.25})
    assert "Thank you. Your weights have been handed in." in text(handed)


def test_what_is_missing_at_hand_in_is_said_and_kept(client, url):
    response = client.post(url("weigh"), points("x", "10", hand_in="1"))

    assert (response.status_code, "“x” for “Criterion c1” is not a number." in text(response)) == (422, True)
    assert WeightStatement.objects.get().answers["fields"]["points"]["value:_:c1"] == "x"


def test_switching_the_technique_loses_nothing(client, url):
    client.post(url("weigh"), points("30", "10", switch="ranking"))
    client.post(url("weigh"), {"technique": "ranking", "edition": "1", "rank:_:c1": "2", "switch": "points"})

    back = text(client.get(url("weigh") + "?technique=points"))

    assert 'value="30"' in back


def test_arrows_move_a_thing_without_a_script(client, url):
    data = {"technique": "ranking", "edition": "0", "rank:_:c1": "1", "rank:_:c2": "2", "move": "up:_:c2"}

    client.post(url("weigh"), data)

    fields = WeightStatement.objects.get().answers["fields"]["ranking"]
    assert fields == {"rank:_:c1": "2", "rank:_:c2": "1"}


def test_htmx_keeps_and_shows_the_weights_at_every_change(client, url):
    response = client.post(url("preview"), points("30", "10"), headers=HTMX)

    shown = text(response)
    assert (response.status_code, 'name="edition" value="1"' in shown, "75.0%" in shown) == (200, True, True)
    assert "40 shared out, 60 left." in shown


def test_another_device_is_told_and_may_keep_its_own(client, url):
    client.post(url("preview"), points("30", "10"), headers=HTMX)

    told = client.post(url("preview"), points("1", "1"), headers=HTMX)
    plain = client.post(url("weigh"), points("1", "1", hand_in="1"))
    kept = client.post(url("weigh"), points("1", "1", keep="1"))

    assert (told.status_code, plain.status_code, kept.status_code) == (409, 409, 200)
    assert "Keep what is here" in text(plain)
    assert WeightStatement.objects.get().answers["fields"]["points"]["value:_:c1"] == "1"


@pytest.mark.parametrize("technique", ["points", "ranking", "cards", "swing", "pairs", "nonsense"])
def test_many_criteria_are_weighed_by_family_in_every_technique(client, url, study, technique):
    for number in range(12):
        family = f"family{number % 3}"
        StudyCriterionFactory(study=study, code=f"x{number}", content=frozen(f"x{number}", family=family))

    response = client.get(url("weigh") + f"?technique={technique}")

    assert (response.status_code, "The families" in text(response)) == (200, True)


def test_a_sheet_is_saved_by_plain_form_and_leads_on(client, url, study):
    first, second = study.candidates.all()
    one, two = study.criteria.all()
    data = cell(first, one, value="4", evidence="Seen", confidence="3") | cell(first, two, value="?")

    response = client.post(url("candidate", first.pk), data | {"next": "1"})

    assert response.url == url("candidate", second.pk)
    rows = Score.objects.order_by("criterion__position").values_list(
        "value", "is_unknown", "evidence", "confidence"
    )
    assert list(rows) == [(4.0, False, "Seen", 3), (None, True, "", 2)]


def test_what_cannot_be_read_is_said_beside_the_cell_and_kept(client, url, study):
    first, one = study.candidates.first(), study.criteria.first()
    StudyCriterionFactory(study=study, code="n", content=frozen("n", scale="number"))
    number = study.criteria.get(code="n")

    response = client.post(
        url("candidate", first.pk), cell(first, number, value="viel") | cell(first, one, value="4")
    )
    again = text(client.get(url("candidate", first.pk)))

    assert (response.status_code, Score.objects.get().criterion) == (422, one)
    assert ("“viel” is not a number." in again, 'value="viel"' in again) == (True, True)


def test_htmx_keeps_one_cell(client, url, study):
    first, one = study.candidates.first(), study.criteria.first()

    saved = client.post(url("cell", first.pk, one.pk), cell(first, one, value="4", edition="0"), headers=HTMX)
    stale = client.post(url("cell", first.pk, one.pk), cell(first, one, value="2", edition="0"), headers=HTMX)

    assert (saved.status_code, "Saved" in text(saved)) == (200, True)
    assert (stale.status_code, "Saved there: 4" in text(stale)) == (409, True)
    assert Score.objects.get().value == 4


def test_criterion_by_criterion_shows_all_candidates(client, url, study):
    shown = text(client.get(url("criterion", study.criteria.first().pk)))

    assert ("Cluster A" in shown, "Cluster B" in shown) == (True, True)


def test_scores_are_handed_in_and_the_gaps_are_told(client, url, study):
    ScoreFactory(
        candidate=study.candidates.first(), criterion=study.criteria.first(), assessor=Assessor.objects.get()
    )
    asked = text(client.get(url("score")))

    done = client.post(url("hand-in"), follow=True)

    assert "3 cells are still empty; they count as not known." in asked
    assert ("Thank you. Your scores have been handed in." in text(done)) is True
    assert Assessor.objects.get().submitted_scores_at is not None


def test_nothing_is_handed_in_where_nothing_was_said(client, url):
    response = client.post(url("hand-in"))

    assert (response.status_code, "There is no score to hand in yet." in text(response)) == (409, True)


def test_public_facts_are_shown_and_contacts_are_not(client, url, study):
    candidate = study.candidates.first()
    FactFactory(partner=candidate.partner, number=1234.0, source="Website")
    PartnerContactFactory(partner=candidate.partner, name="Aino Virtanen", email="aino@x.org")

    shown = text(client.get(url("facts", candidate.pk)))

    assert ("1,234" in shown, "Website" in shown) == (True, True)
    assert ("Aino" in shown, "aino@x.org" in shown) == (False, False)


def test_nobody_sees_what_others_say(client, url, study):
    other = AssessorFactory(study=study, name="Zoe", submitted_scores_at=timezone.now())
    ScoreFactory(
        candidate=study.candidates.first(),
        criterion=study.criteria.first(),
        assessor=other,
        evidence="Whispered",
        value=2.0,
    )
    pages = [
        url(),
        url("score"),
        url("candidate", study.candidates.first().pk),
        url("criterion", study.criteria.first().pk),
        url("facts", study.candidates.first().pk),
    ]

    shown = " ".join(text(client.get(page)) for page in pages)

    assert [word in shown for word in ("Zoe", "Whispered", 'value="2" checked')] == [False, False, False]


def test_a_link_reaches_nothing_of_another_study(client, url, cluster):
    foreign = made_study([[1]], cluster=cluster, state="judging")
    candidate, criterion = foreign.candidates.get(), foreign.criteria.get()
    asked = [
        url("candidate", candidate.pk),
        url("criterion", criterion.pk),
        url("facts", candidate.pk),
        url("cell", candidate.pk, criterion.pk),
    ]

    assert [client.post(page, cell(candidate, criterion, value="5")).status_code for page in asked] == [
        404
    ] * 4
    assert Score.objects.filter(assessor__isnull=False).count() == 0


def test_a_candidate_that_was_left_out_is_not_scored(client, url, study):
    candidate = study.candidates.first()
    candidate.excluded_because = "Too small"
    candidate.save()

    assert client.get(url("candidate", candidate.pk)).status_code == 404


@pytest.mark.parametrize("token", ["nonsense", "x" * 43])
def test_a_wrong_token_opens_nothing(client, study, token):
    assert client.get(reverse("studies:assess", args=[study.cluster.slug, token])).status_code == 404


def test_a_link_opens_no_page_of_the_management(client, url, study):
    client.get(url())

    response = client.get(reverse("studies:scores", args=[study.cluster.slug, study.pk]))

    assert (response.status_code, "/accounts/" in response.url or "login" in response.url) == (302, True)


def test_who_only_scores_is_not_led_to_weigh(client, study):
    person = AssessorFactory(study=study, weighs=False)
    token = links_for([person])[person.pk]
    url = reverse("studies:assess-weigh", args=[study.cluster.slug, token])

    assert client.get(url).status_code == 302
    assert client.post(url, points("1", "1", hand_in="1")).status_code == 302
    assert WeightStatement.objects.count() == 0


def test_an_account_has_the_same_task_without_a_link(client_of, study):
    role = RoleFactory(cluster=study.cluster, kind="board")
    AssessorFactory(study=study, user=role.user)
    client = client_of(role.user)
    base = [study.cluster.slug, study.pk]

    start = text(client.get(reverse("studies:mine", args=base)))
    client.post(reverse("studies:mine-weigh", args=base), points("30", "10", hand_in="1"))

    assert reverse("studies:mine-weigh", args=base) in start
    assert WeightStatement.objects.get().weights == {"c1": 0.75, "c2": 0.25}


def test_an_account_without_a_task_is_led_back(manager_client, study):
    response = manager_client.get(reverse("studies:mine", args=[study.cluster.slug, study.pk]), follow=True)

    assert "You do not weigh or score in this study." in text(response)


def test_what_is_typed_never_runs(client, url, study):
    first, one = study.candidates.first(), study.criteria.first()
    evil = "<script>alert(1)</script>"
    client.post(url("candidate", first.pk), cell(first, one, value="4", evidence=evil))
    client.post(url("weigh"), points("1", "1", comment=evil))

    shown = text(client.get(url("candidate", first.pk))) + text(client.get(url("weigh")))

    assert ("<script>alert" in shown, shown.count("&lt;script&gt;alert(1)")) == (False, 2)


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (3, 3), (9, 24)])
def test_pages_ask_the_same_queries_for_any_size(client, cluster, rows, columns, django_assert_num_queries):
    study = made_study([[None] * columns] * rows, cluster=cluster, state="judging")
    person = AssessorFactory(study=study)
    for candidate in study.candidates.all():
        for criterion in study.criteria.all():
            ScoreFactory(candidate=candidate, criterion=criterion, assessor=person)
    token = links_for([person])[person.pk]
    first = study.candidates.first()
    expected = {"": 6, "weigh": 4, "score": 5, "candidate": 5}
    more = {"candidate": [first.pk]}
    for page, number in expected.items():
        name = f"studies:assess-{page}" if page else "studies:assess"
        address = reverse(name, args=[cluster.slug, token, *more.get(page, [])])
        client.get(address)
        with django_assert_num_queries(number):
            client.get(address)
