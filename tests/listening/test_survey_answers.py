"""Answering a survey: nothing is lost, nothing is written twice, no link opens anything else."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from kontor.accounts.models import TaskLink
from kontor.listening.models import AnswerDraft, Invitee, SurveyResponse
from kontor.needs.models import Hearing, Need
from tests.factories import InviteeFactory, PersonFactory
from tests.listening.answering import TICKED, link_of, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitee(cluster) -> Invitee:
    """Return somebody who was asked by name."""
    return InviteeFactory(survey=running(cluster))


@pytest.fixture
def unnamed(cluster) -> Invitee:
    """Return somebody who was asked anonymously."""
    return InviteeFactory(survey=running(cluster, is_anonymous=True))


def save(client, link, **fields):
    return client.post(f"{link}save/", {"edition": 0, **fields})


def send(client, link, **fields):
    return client.post(link, {"edition": 0, "send": 1, **fields})


def test_a_sent_answer_is_stored_with_the_member_and_its_need(client, invitee):
    send(client, link_of(invitee), **TICKED)

    response = SurveyResponse.objects.get()
    need = Need.objects.get()
    assert (response.answers, response.slot, need.organisation, need.source) == (
        {"topics": ["market_access"]},
        f"o:{invitee.organisation_id}",
        invitee.organisation,
        "survey",
    )


def test_sending_twice_stores_once(client, invitee):
    link = link_of(invitee)
    statuses = [send(client, link, **TICKED).status_code for _ in range(2)]

    assert (statuses, SurveyResponse.objects.count(), Hearing.objects.count()) == ([302, 302], 1, 1)


def test_a_missing_answer_is_named_and_what_was_typed_stays(client, invitee):
    link = link_of(invitee)
    response = send(client, link, **{"q-words": "Mäßig viel"})
    text = response.content.decode()

    assert (response.status_code, "Please answer this question." in text, "Mäßig viel" in text) == (
        422,
        True,
        True,
    )


def test_what_was_typed_before_a_fault_is_kept_as_a_draft(client, invitee):
    send(client, link_of(invitee), **{"q-words": "Mäßig viel"})

    assert AnswerDraft.objects.get().fields == {"q-words": ["Mäßig viel"]}


def test_a_draft_is_there_on_another_device(client, client_of, invitee):
    link = link_of(invitee)
    save(client, link, **{"q-words": "Erst die Hälfte"})
    client.cookies.clear()

    assert "Erst die Hälfte" in client.get(link).content.decode()


@pytest.mark.parametrize(
    "words",
    ["<script>alert(1)</script> & „ß“", "שלום \u202eعرب", "🦦" * 40, "x" * 100_000, "a\r\nb"],
    ids=["html", "rtl", "emoji", "long", "lines"],
)
def test_own_words_arrive_as_they_are(client, invitee, words):
    send(client, link_of(invitee), **TICKED, **{"q-words": words})

    assert SurveyResponse.objects.get().answers["words"] == words.replace("\r\n", "\n")


def test_own_words_are_shown_escaped(client, invitee):
    link = link_of(invitee)
    save(client, link, **{"q-words": "</textarea><script>alert(1)</script>"})

    assert "<script>alert(1)" not in client.get(link).content.decode()


def test_a_save_tells_its_edition(client, invitee):
    link = link_of(invitee)
    first = save(client, link, **{"q-words": "a"}).json()["edition"]
    second = save(client, link, edition=first, **{"q-words": "ab"}).json()["edition"]

    assert (first, second) == (1, 2)


def test_a_second_tab_is_told_and_overwrites_nothing(client, invitee):
    link = link_of(invitee)
    save(client, link, tab="one", turn=1, **{"q-words": "first"})
    response = save(client, link, tab="two", turn=1, **{"q-words": "second"})

    assert (response.status_code, response.json()["edition"], AnswerDraft.objects.get().fields) == (
        409,
        1,
        {"q-words": ["first"]},
    )


def test_keeping_mine_after_a_conflict_replaces_the_other_state(client, invitee):
    link = link_of(invitee)
    save(client, link, tab="one", turn=1, **{"q-words": "first"})
    known = save(client, link, tab="two", turn=1, **{"q-words": "second"}).json()["edition"]
    save(client, link, tab="two", turn=2, edition=known, **{"q-words": "second"})

    assert AnswerDraft.objects.get().fields == {"q-words": ["second"]}


def test_a_reply_lost_on_the_way_is_no_conflict(client, invitee):
    link = link_of(invitee)
    save(client, link, tab="one", turn=1, **{"q-words": "a"})
    response = save(client, link, tab="one", turn=2, **{"q-words": "ab"})

    assert (response.status_code, response.json()["edition"]) == (200, 2)


def test_a_save_that_arrives_late_overwrites_nothing(client, invitee):
    link = link_of(invitee)
    save(client, link, tab="one", turn=2, **{"q-words": "later"})
    response = save(client, link, tab="one", turn=1, **{"q-words": "earlier"})

    assert (response.status_code, AnswerDraft.objects.get().fields) == (200, {"q-words": ["later"]})


def test_sending_an_older_tab_is_told_and_keeps_what_it_holds(client, invitee):
    link = link_of(invitee)
    save(client, link, tab="one", turn=1, **{"q-words": "first"})
    response = send(client, link, **TICKED, **{"q-words": "second"})

    assert (response.status_code, "second" in response.content.decode(), SurveyResponse.objects.count()) == (
        409,
        True,
        0,
    )


def test_an_older_tab_does_not_replace_an_answer_that_is_in(client, invitee):
    link = link_of(invitee)
    save(client, link, tab="one", turn=1, **{"q-words": "old"})
    send(client, link, edition=1, **TICKED, **{"q-words": "sent"})
    response = send(client, link, edition=1, **TICKED, **{"q-words": "from the older tab"})

    assert (response.status_code, SurveyResponse.objects.get().answers["words"]) == (409, "sent")


def test_an_answer_can_be_changed_with_the_same_link(client, invitee):
    link = link_of(invitee)
    send(client, link, **TICKED)
    edition = client.get(f"{link}?change=1").context["edition"]
    send(client, link, edition=edition, **{"q-topics": "skilled_staff"})

    topics = [need.topic.code for need in Need.objects.all()]
    assert (SurveyResponse.objects.get().answers, topics) == (
        {"topics": ["skilled_staff"]},
        ["skilled_staff"],
    )


def test_after_sending_the_link_shows_no_answer(client, invitee):
    link = link_of(invitee)
    send(client, link, **TICKED, **{"q-words": "Vertraulich"})
    text = client.get(link).content.decode()

    assert ("Thank you for your answer" in text, "Vertraulich" in text) == (True, False)


def test_a_colleague_learns_that_there_is_an_answer_and_nothing_of_it(client, invitee):
    send(client, link_of(invitee), **TICKED, **{"q-words": "Vertraulich"})
    colleague = InviteeFactory(survey=invitee.survey, organisation=invitee.organisation)
    text = client.get(link_of(colleague)).content.decode()

    assert ("Your organisation has answered already" in text, "Vertraulich" in text) == (True, False)


def test_a_colleague_who_sends_meanwhile_adds_no_second_answer(client, invitee):
    colleague = InviteeFactory(survey=invitee.survey, organisation=invitee.organisation)
    send(client, link_of(invitee), **TICKED)
    send(client, link_of(colleague), **{"q-topics": "skilled_staff"})

    assert [each.answers for each in SurveyResponse.objects.all()] == [{"topics": ["market_access"]}]


def test_each_person_has_an_answer_where_the_survey_asks_persons(client, invitee):
    invitee.survey.one_per = "person"
    invitee.survey.save()
    colleague = InviteeFactory(survey=invitee.survey, organisation=invitee.organisation)
    for each in (invitee, colleague):
        send(client, link_of(each), **TICKED)

    assert SurveyResponse.objects.count() == 2


def test_without_a_script_what_is_typed_can_be_saved_for_later(client, invitee):
    link = link_of(invitee)
    response = client.post(link, {"edition": 0, "later": 1, "q-words": "später"})

    assert (response.status_code, AnswerDraft.objects.get().fields) == (200, {"q-words": ["später"]})


def test_whoever_began_before_the_closing_may_send_in_the_grace_time(client, invitee):
    link = link_of(invitee)
    save(client, link, **{"q-words": "begun"})
    with time_machine.travel(invitee.survey.closes_at + timedelta(minutes=100), tick=False):
        send(client, link, edition=1, **TICKED)

    assert SurveyResponse.objects.count() == 1


def test_whoever_opened_the_page_before_the_closing_may_send_without_a_draft(client, invitee):
    link = link_of(invitee)
    begun = client.get(link).context["begun"]
    with time_machine.travel(invitee.survey.closes_at + timedelta(minutes=100), tick=False):
        send(client, link, begun=begun, **TICKED)

    assert SurveyResponse.objects.count() == 1


def test_proof_of_an_opened_page_is_good_for_its_own_link_only(client, invitee):
    other = InviteeFactory(survey=invitee.survey)
    begun = client.get(link_of(other)).context["begun"]
    with time_machine.travel(invitee.survey.closes_at + timedelta(minutes=10), tick=False):
        response = send(client, link_of(invitee), begun=begun, **TICKED)

    assert (response.status_code, SurveyResponse.objects.count()) == (410, 0)


def test_after_the_grace_time_nothing_is_taken_and_the_draft_is_kept(client, invitee):
    link = link_of(invitee)
    save(client, link, **{"q-words": "begun"})
    with time_machine.travel(invitee.survey.closes_at + timedelta(minutes=121), tick=False):
        response = send(client, link, edition=1, **TICKED)

    assert (response.status_code, AnswerDraft.objects.get().fields) == (410, {"q-words": ["begun"]})


def test_whoever_comes_after_the_closing_sees_that_it_is_closed(client, invitee):
    with time_machine.travel(invitee.survey.closes_at + timedelta(minutes=1), tick=False):
        response = client.get(link_of(invitee))

    assert (response.status_code, "This survey is closed" in response.content.decode()) == (410, True)


@pytest.mark.parametrize("way", ["answer", "save", "decline"])
def test_a_wrong_token_opens_nothing(client, invitee, way):
    address = reverse(f"answering:{way}", args=[invitee.cluster.slug, "x" * 43])

    assert client.post(address).status_code == 404


def test_a_link_of_another_cluster_opens_nothing(client, invitee):
    foreign = InviteeFactory()
    token = link_of(foreign).rstrip("/").rsplit("/", 1)[1]

    assert client.get(reverse("answering:answer", args=[invitee.cluster.slug, token])).status_code == 404


def test_the_page_names_nobody_else(client, invitee):
    other = InviteeFactory(survey=invitee.survey)
    text = client.get(link_of(invitee)).content.decode()

    assert [word for word in (other.email, other.organisation.name) if word in text] == []


def test_an_expired_link_sends_a_new_one_to_the_known_address(client, invitee, mailoutbox):
    link = link_of(invitee)
    TaskLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    client.post(link, {"new_link": 1})

    assert [mail.to for mail in mailoutbox] == [[invitee.email]]


def test_a_renewed_link_finds_the_draft_of_the_first(client, invitee, mailoutbox):
    link = link_of(invitee)
    save(client, link, **{"q-words": "begun"})
    TaskLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    client.post(link, {"new_link": 1})
    fresh = next(line for line in mailoutbox[0].body.splitlines() if "/answer/" in line)

    assert "begun" in client.get(fresh.removeprefix("http://localhost:8000")).content.decode()


def test_declining_takes_two_clicks_and_is_noted(client, invitee):
    link = f"{link_of(invitee)}decline/"
    client.get(link)
    before = Invitee.objects.get().state
    client.post(link)

    assert (before, Invitee.objects.get().state) == ("sent", "declined")


def test_the_page_speaks_the_language_of_the_person(client, invitee):
    Invitee.objects.update(language="de")
    invitee.refresh_from_db()
    text = client.get(link_of(invitee)).content.decode()

    assert ("Was brauchen Sie im Ausland?" in text, 'lang="de"' in text) == (True, True)


@pytest.mark.parametrize("others", [0, 2])
def test_the_queries_of_an_answer_page(client, invitee, django_assert_num_queries, others):
    for _ in range(others):
        InviteeFactory(survey=invitee.survey)
    link = link_of(invitee)
    with django_assert_num_queries(4):
        client.get(link)


def test_an_anonymous_answer_carries_nobody(client, unnamed):
    send(client, link_of(unnamed), **TICKED)

    row = SurveyResponse.objects.get()
    assert (row.organisation, row.person, row.language, row.submitted_at, row.segment) == (
        None,
        None,
        "",
        None,
        {},
    )


def test_an_anonymous_answer_leaves_no_time_on_invitee_link_need_or_hearing(client, unnamed):
    send(client, link_of(unnamed), **TICKED)
    link = TaskLink.objects.get()

    assert (
        Invitee.objects.get().answered_at,
        link.opened_at,
        link.done_at,
        Need.objects.count(),
        Hearing.objects.count(),
    ) == (None, None, None, 0, 0)


def test_an_anonymous_draft_is_locked_and_opens_with_its_link(client, unnamed):
    link = link_of(unnamed)
    save(client, link, **{"q-words": "Geheim"})
    draft = AnswerDraft.objects.get()

    assert (draft.fields, "Geheim" in draft.sealed, "Geheim" in client.get(link).content.decode()) == (
        {},
        False,
        True,
    )


def test_an_anonymous_draft_has_nothing_in_common_with_its_link(client, unnamed):
    save(client, link_of(unnamed), **{"q-words": "Geheim"})
    link, draft = TaskLink.objects.get(), AnswerDraft.objects.get()

    assert link.token_hash not in json.dumps([draft.key, draft.sealed, draft.tab])


def test_an_anonymous_draft_goes_with_the_answer(client, unnamed):
    link = link_of(unnamed)
    save(client, link, **{"q-words": "Geheim"})
    send(client, link, edition=1, **TICKED)

    assert AnswerDraft.objects.count() == 0


def test_an_anonymous_answer_is_taken_once(client, unnamed):
    first, second = link_of(unnamed), link_of(unnamed)
    send(client, first, **TICKED)
    send(client, second, **{"q-topics": "skilled_staff"})

    assert [each.answers for each in SurveyResponse.objects.all()] == [{"topics": ["market_access"]}]


@pytest.mark.parametrize(("sharing", "segment"), [(4, {}), (5, {"kind": "sme"})])
def test_the_kind_is_kept_only_among_enough(client, cluster, sharing, segment):
    survey = running(cluster, is_anonymous=True)
    people = [InviteeFactory(survey=survey, segment={"kind": "sme", "size": "small"}) for _ in range(sharing)]
    send(client, link_of(people[0]), **TICKED)

    assert SurveyResponse.objects.get().segment == segment


def test_the_page_says_what_an_anonymous_survey_stores(client, unnamed):
    text = client.get(link_of(unnamed)).content.decode()

    assert "Not stored with them: name, organisation, address, language, day or time." in text


def test_a_link_of_an_earlier_address_opens_nothing(client, invitee):
    link = link_of(invitee)
    Invitee.objects.update(email="somebody.else@example.org", person=PersonFactory())

    assert client.get(link).status_code == 404
