"""Surveys as the management sees them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kontor.actors.models import Person
from kontor.jobs.models import Job
from kontor.listening.models import Invitee, Survey
from kontor.listening.queries.surveys.response import response_by_segment, standing
from tests.factories import (
    InviteeFactory,
    MembershipFactory,
    QuestionnaireFactory,
    SurveyFactory,
)
from tests.listening.answering import agreed, member, running

pytestmark = pytest.mark.django_db


def address(name: str, survey: Survey | None = None, *more: object) -> str:
    slug = survey.cluster.slug if survey else "nord"
    return reverse(f"listening:{name}", args=[slug, *([survey.pk] if survey else []), *more])


def filled(cluster, **fields):
    """Return a form for a new survey, filled in."""
    closes = (timezone.localtime() + timedelta(days=10)).strftime("%Y-%m-%dT%H:%M")
    questionnaire = QuestionnaireFactory(cluster=cluster)
    texts = {f"{name}_{code}": f"{name} {{link}}" for name in ("subject", "message") for code in ("de", "en")}
    basics = {"name": "Needs 2026", "questionnaire": questionnaire.pk, "one_per": "organisation"}
    return {**basics, "closes_at": closes, **texts, **fields}


def test_a_survey_is_prepared_with_its_groups(manager_client, cluster):
    manager_client.post(address("survey-new"), filled(cluster, kind=["sme", "nonsense"], only_silent="1"))
    survey = Survey.objects.get()

    assert (survey.state, survey.chosen) == ("draft", {"kind": ["sme"], "only_silent": True})


def test_an_unknown_gap_is_named_and_nothing_is_lost(manager_client, cluster):
    response = manager_client.post(address("survey-new"), filled(cluster, message_en="Dear {vorname}"))
    text = response.content.decode()

    assert (response.status_code, "{vorname}" in text, "Dear {vorname}" in text) == (422, True, True)


def test_a_questionnaire_of_another_cluster_is_refused(manager_client, cluster):
    foreign = QuestionnaireFactory()
    response = manager_client.post(address("survey-new"), filled(cluster, questionnaire=foreign.pk))

    assert (response.status_code, Survey.objects.count()) == (422, 0)


def test_the_preview_shows_the_mail_in_each_language(manager_client, cluster):
    form = filled(cluster, message_de="Guten Tag {name}", message_en="Dear {name}")
    text = manager_client.post(address("survey-preview"), form).content.decode()

    assert [part for part in ("Guten Tag Ada Beispiel", "Dear Ada Example") if part not in text] == []


def test_the_reach_counts_members_contacts_and_mails(manager_client, cluster):
    agreed(member(cluster))
    MembershipFactory(organisation__cluster=cluster)
    response = manager_client.get(address("survey-audience"), {"one_per": "person"})
    found = response.context["reach"]

    assert (found.members, found.reachable, found.mails, found.without) == (2, 1, 2, 1)


def test_opening_invites_and_queues_the_mails(manager_client, cluster):
    member(cluster)
    survey = SurveyFactory(cluster=cluster, state="draft", version_asked=None)
    manager_client.post(address("survey-open", survey))

    assert (Survey.objects.get().state, Invitee.objects.count(), Job.objects.get().kind) == (
        "running",
        1,
        "listening.send_survey_mails",
    )


def test_a_second_press_on_open_changes_nothing(manager_client, cluster):
    member(cluster)
    survey = SurveyFactory(cluster=cluster, state="draft", version_asked=None)
    statuses = [manager_client.post(address("survey-open", survey)).status_code for _ in range(2)]

    assert (statuses, Invitee.objects.count()) == ([302, 409], 1)


def test_a_running_survey_is_not_edited(manager_client, cluster):
    survey = running(cluster)
    manager_client.post(address("survey-edit", survey), filled(cluster))

    assert Survey.objects.get().name == survey.name


def test_the_second_of_two_editors_is_told(manager_client, cluster):
    survey = SurveyFactory(cluster=cluster, state="draft", version_asked=None, version=2)
    response = manager_client.post(address("survey-edit", survey), filled(cluster, version=1))

    assert response.status_code == 409


def test_the_closing_date_moves_and_links_live_longer(manager_client, cluster):
    survey = running(cluster)
    later = timezone.localtime() + timedelta(days=40)
    manager_client.post(
        address("survey-schedule", survey), {"version": 1, "closes_at": later.strftime("%Y-%m-%dT%H:%M")}
    )

    assert timezone.localdate(Survey.objects.get().closes_at) == later.date()


def test_a_closed_survey_opens_again(manager_client, cluster):
    survey = running(cluster)
    manager_client.post(address("survey-close", survey))
    closed = Survey.objects.get().state
    later = (timezone.localtime() + timedelta(days=4)).strftime("%Y-%m-%dT%H:%M")
    manager_client.post(address("survey-schedule", survey), {"closes_at": later})

    assert (closed, Survey.objects.get().state) == ("closed", "running")


def test_people_are_added_while_it_runs(manager_client, cluster):
    survey = running(cluster)
    person = agreed(member(cluster))
    manager_client.post(address("survey-invitees-add", survey), {"people": [person.pk, 10**9]})

    assert [each.email for each in Invitee.objects.all()] == [person.email]


def test_a_mark_by_hand_can_be_taken_back(manager_client, cluster):
    invitee = InviteeFactory(survey=running(cluster), sent_at=timezone.now())
    page = address("survey-invitee", invitee.survey, invitee.pk)
    states = []
    for state in ("bounced", "sent"):
        manager_client.post(page, {"state": state})
        states.append(Invitee.objects.get().state)

    assert states == ["bounced", "sent"]


def test_the_response_counts_organisations_against_the_members_of_the_opening_day(cluster):
    survey = running(cluster)
    first, second, later = member(cluster), member(cluster), member(cluster)
    later.memberships.update(valid_from=timezone.localdate() + timedelta(days=1))
    for organisation, answered in ((first, True), (first, True), (second, False)):
        InviteeFactory(survey=survey, organisation=organisation, is_answered=answered)
    second.kind = "large"
    second.save()
    kinds = response_by_segment(survey)[0].groups

    assert [(each.group, each.members, each.invited, each.answered) for each in kinds] == [
        ("sme", 1, 1, 1),
        ("large", 1, 1, 0),
    ]


def test_a_group_that_hardly_answers_is_flagged(cluster):
    survey = running(cluster)
    for number in range(24):
        kind = "large" if number < 8 else "sme"
        organisation = member(cluster)
        organisation.kind = kind
        organisation.save()
        InviteeFactory(survey=survey, organisation=organisation, is_answered=number >= 14)

    assert [each.group.group for each in response_by_segment(survey)[0].under] == ["large"]


def test_of_few_invited_anonymously_no_number_is_told(cluster):
    survey = running(cluster, is_anonymous=True)
    for kind in ("sme", "large"):
        organisation = member(cluster)
        organisation.kind = kind
        organisation.save()
        InviteeFactory(survey=survey, organisation=organisation, is_answered=True)

    assert [each.answered for each in response_by_segment(survey)[0].groups] == [None, None]


def test_the_parts_of_the_standing_add_up(cluster):
    survey = running(cluster)
    for state in Invitee.State:
        for answered in (True, False):
            InviteeFactory(survey=survey, state=state, is_answered=answered)
    found = standing(survey)

    assert found.waiting + found.answered + found.declined + found.bounced + found.silent == found.invited


PAGES = ["surveys", "survey", "survey-live", "survey-invitees", "survey-invitees-add", "survey-remind"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_the_same_queries_for_one_row_and_for_three(manager_client, cluster, name):
    survey = running(cluster)
    page = address(name, None if name == "surveys" else survey)
    counts = []
    for _ in range(2):
        InviteeFactory(survey=survey, organisation=member(cluster))
        running(cluster)
        manager_client.get(page)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            manager_client.get(page)
        counts.append(len(queries))
        InviteeFactory(survey=survey, organisation=member(cluster))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("name", ["surveys", "survey-invitees"])
def test_lists_are_downloaded(manager_client, cluster, name, form):
    survey = InviteeFactory(survey=running(cluster)).survey
    response = manager_client.get(address(f"{name}-{form}", None if name == "surveys" else survey))

    assert (response.status_code, f".{form}" in response["Content-Disposition"]) == (200, True)


@pytest.mark.parametrize("state", ["draft", "running", "closed"])
@pytest.mark.parametrize("is_anonymous", [True, False])
def test_the_survey_is_shown_in_every_state(manager_client, cluster, state, is_anonymous):
    survey = running(cluster, state=state, is_anonymous=is_anonymous, closed_at=timezone.now())
    InviteeFactory(survey=survey)
    Person.objects.update(consent_on=date(2026, 1, 1))

    assert manager_client.get(address("survey", survey)).status_code == 200
