"""Equal terms: the candidate says how it sees us, and both views stand side by side."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from kontor.studies.models import MutualView
from kontor.studies.problems import StudyError
from kontor.studies.reading import reading_of
from kontor.studies.services import mutual
from kontor.studies.shown_mutual import asymmetry, pairs_of
from tests.studies.factories import made_study

pytestmark = pytest.mark.django_db


@pytest.fixture
def study(cluster):
    return made_study([[4, 2], [3, 5]], cluster=cluster, state="open", weights_opened_at=timezone.now())


@pytest.fixture
def view(study):
    return mutual.ask(
        candidate=study.candidates.first(),
        name="Marijke",
        email="M@Example.org",
        language="en",
        codes=["c1", "c2"],
    )


def refusal(act, **arguments):
    with pytest.raises(StudyError) as refused:
        act(**arguments)
    return refused.value.code


def page_of(view):
    return reverse("studies:mutual-answer", args=["nord", mutual.invite(view=view)])


def answered(view, values, **more):
    typed = {code: {"value": value, "comment": ""} for code, value in values.items()}
    return mutual.save_answers(view=view, typed=typed, edition=view.version, hands_in=True, **more)


def test_asking_sends_a_link_in_the_candidates_language(view):
    page_of(view)

    assert (mail.outbox[0].to, mail.outbox[0].subject) == (
        ["m@example.org"],
        "How do you see us? Nord asks for your view",
    )


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"codes": ["nothing"]}, "mutual.no_criteria"), ({"email": "x"}, "mutual.bad_address")],
)
def test_what_cannot_be_asked_is_refused(study, fields, code):
    given = {"name": "A", "email": "a@example.org", "language": "en", "codes": ["c1"]}

    assert refusal(mutual.ask, candidate=study.candidates.first(), **(given | fields)) == code


def test_a_fresh_link_closes_the_earlier_one(view, client):
    first = page_of(view)
    second = page_of(view)

    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)


def test_another_address_closes_the_link_of_the_first(view, client):
    page = page_of(view)
    mutual.ask(candidate=view.candidate, name="B", email="b@example.org", language="en", codes=["c1"])

    assert client.get(page).status_code == 404


def test_the_guest_sees_nothing_of_our_view(view, client, study):
    study.candidates.first().scores.update(evidence="They are slow", source="Inside")
    text = client.get(page_of(view)).content.decode()

    assert ("They are slow" in text, "Inside" in text, "Cluster B" in text) == (False, False, False)


def test_the_guest_answers_saves_and_hands_in(view, client):
    page = page_of(view)
    client.post(page, {"value:c1": "2", "comment:c1": "Hard to reach", "edition": view.version, "save": "1"})
    saved = MutualView.objects.get()
    client.post(page, {"value:c1": "2", "value:c2": "5", "edition": saved.version, "hand_in": "1"})
    handed = MutualView.objects.get()

    assert (saved.answers, saved.submitted_at) == (
        {"c1": {"value": 2.0, "comment": "Hard to reach"}},
        None,
    )
    assert (handed.answers["c2"]["value"], handed.submitted_at is not None) == (5.0, True)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"c1": "9"}, "mutual.outside"),
        ({"c1": "much"}, "mutual.not_a_number"),
        ({}, "mutual.nothing_said"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_lost(view, client, values, code):
    form = {f"value:{name}": value for name, value in values.items()}
    more = {"edition": view.version, "comment:c2": "Kept", "hand_in": "1"}
    if not values:
        del more["comment:c2"]
    response = client.post(page_of(view), form | more)

    assert refusal(answered, view=view, values=values) == code
    assert (response.status_code, not values or "Kept" in response.content.decode()) == (422, True)


def test_two_windows_do_not_overwrite_each_other(view, client):
    page = page_of(view)
    client.post(page, {"value:c1": "4", "edition": view.version, "save": "1"})
    response = client.post(page, {"value:c1": "1", "edition": view.version, "save": "1"})

    assert (response.status_code, MutualView.objects.get().answers["c1"]["value"]) == (409, 4.0)


def test_after_the_decision_nothing_is_asked_any_more(view, client, study):
    page = page_of(view)
    type(study).objects.update(state="decided")

    assert client.get(page).status_code == 410


def test_both_views_stand_side_by_side_and_the_widest_gap_is_named(view, study):
    answered(view, {"c1": "2", "c2": "2"})
    pairs = pairs_of(reading_of(study), MutualView.objects.get())

    assert [(pair.ours, pair.theirs, pair.gap) for pair in pairs] == [("4", "2", -0.5), ("2", "2", 0.0)]
    assert asymmetry("Cluster A", pairs) == (
        "On “Criterion c1” Cluster A gives us 2 and we give it 4: it is more critical."
    )


def test_what_was_not_handed_in_is_not_shown(view, study):
    typed = {"c1": {"value": "2", "comment": ""}}
    mutual.save_answers(view=view, typed=typed, edition=view.version, hands_in=False)

    assert [pair.theirs for pair in pairs_of(reading_of(study), MutualView.objects.get())] == ["–", "–"]


def test_the_page_shows_whom_to_ask(manager_client, study):
    page = manager_client.get(reverse("studies:mutual", args=["nord", study.pk])).content.decode()

    assert page.count("not asked yet") == 2


def test_a_candidate_is_asked_on_the_page(manager_client, study):
    url = reverse("studies:mutual-ask", args=["nord", study.pk, study.candidates.first().pk])
    form = {"name": "Marijke", "email": "m@example.org", "language": "de", "codes": ["c1"]}
    manager_client.post(url, form)

    assert (MutualView.objects.get().codes, len(mail.outbox)) == (["c1"], 1)
