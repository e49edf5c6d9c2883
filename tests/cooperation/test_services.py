"""Planning, changing and finishing what is done with partners."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from kontor.accounts.services import EditConflict
from kontor.cooperation import services
from kontor.cooperation.checks import checks
from kontor.cooperation.evidence import activities, protocols
from kontor.cooperation.models import Activity, Participant
from kontor.cooperation.problems import CooperationError
from kontor.cooperation.queries import late_tasks, reference_of, relations
from kontor.needs.services import restore
from kontor.reports.model import Missing
from tests.agreements.factories import AgreementFactory
from tests.cooperation.factories import ActivityFactory, ParticipantFactory, TaskFactory
from tests.factories import GoalFactory, OrganisationFactory
from tests.partners.factories import PartnerFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)


def refusal(act, **arguments):
    with pytest.raises(CooperationError) as refused:
        act(**arguments)
    return refused.value.code


def test_an_activity_serves_a_partner_and_goals(cluster):
    partner, goal = PartnerFactory(cluster=cluster), GoalFactory(cluster=cluster)
    made = services.plan_activity(
        cluster=cluster, partner=partner, title={"en": "Visit"}, starts_on=TODAY, goals=[goal]
    )

    assert (made.partner, list(made.goals.all()), made.state) == (partner, [goal], "planned")


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"title": {"de": "  "}}, "cooperation.no_title"), ({}, "cooperation.no_title")],
)
def test_an_activity_without_a_title_is_refused(cluster, fields, code):
    given = {"cluster": cluster, "partner": PartnerFactory(cluster=cluster), "starts_on": TODAY}

    assert refusal(services.plan_activity, **given, **fields) == code


def test_a_partner_of_another_cluster_is_refused(cluster):
    given = {"cluster": cluster, "partner": PartnerFactory(), "starts_on": TODAY, "title": {"en": "x"}}

    assert refusal(services.plan_activity, **given) == "cooperation.other_cluster"


def test_an_activity_that_ends_before_it_begins_is_refused(cluster):
    with pytest.raises(ValidationError):
        services.plan_activity(
            cluster=cluster,
            partner=PartnerFactory(cluster=cluster),
            title={"en": "Visit"},
            starts_on=TODAY,
            ends_on=date(2026, 11, 24),
        )


def test_who_saves_second_changes_nothing():
    activity = ActivityFactory()
    services.update_activity(activity=activity, expected_version=1, goals=[], place="Eindhoven")

    with pytest.raises(EditConflict):
        services.update_activity(activity=activity, expected_version=1, goals=[], place="Delft")


def test_an_activity_is_done_once_it_has_a_result():
    activity = ActivityFactory()
    done = {"activity": activity, "state": "done", "on": TODAY}

    assert refusal(services.set_state, **done) == "cooperation.no_result"
    assert services.set_state(**done, result={"en": "Two projects begun"}).state == "done"


def test_what_has_not_begun_cannot_be_done():
    activity = ActivityFactory(starts_on=date(2026, 12, 1))

    given = {"activity": activity, "state": "done", "on": TODAY, "result": {"en": "x"}}
    assert refusal(services.set_state, **given) == "cooperation.not_over"


def test_naming_somebody_twice_names_once():
    activity = ActivityFactory()
    for _ in range(2):
        services.add_participant(activity=activity, side="theirs", name=" Mette Kjær ")

    assert list(Participant.objects.values_list("name", "side")) == [("Mette Kjær", "theirs")]


def test_an_organisation_of_another_cluster_does_not_take_part():
    given = {"activity": ActivityFactory(), "side": "ours", "organisation": OrganisationFactory()}

    assert refusal(services.add_participant, **given) == "cooperation.other_cluster"


def test_a_deleted_activity_comes_back_with_people_and_tasks():
    activity = ActivityFactory()
    ParticipantFactory(activity=activity)
    TaskFactory(activity=activity)
    key = activity.pk
    restore(services.delete_activity(activity=activity))
    back = Activity.objects.get()

    assert (back.pk, back.participants.count(), back.tasks.count()) == (key, 1, 1)


def test_a_task_is_late_after_its_day_until_it_is_done():
    task = TaskFactory(due=date(2026, 11, 24))
    TaskFactory(due=TODAY, activity=task.activity)

    assert list(late_tasks(task.cluster, TODAY)) == [task]
    services.finish_task(task=task, on=TODAY, outcome="sent")
    assert list(late_tasks(task.cluster, TODAY)) == []


def protocol(partner, **fields):
    return AgreementFactory(
        cluster=partner.cluster, kind="cooperation_protocol", reference=reference_of(partner), **fields
    )


@pytest.mark.parametrize("number", [1, 3])
def test_relations_ask_the_same_queries_for_any_number(cluster, number, django_assert_num_queries):
    for _ in range(number):
        activity = ActivityFactory(partner__cluster=cluster)
        TaskFactory(activity=activity)
        protocol(activity.partner)

    with django_assert_num_queries(8):
        assert len(relations(cluster, TODAY)) == number


def test_a_profile_that_repeats_another_counts_as_that_one(cluster):
    kept = PartnerFactory(cluster=cluster, stage="partner")
    merged = PartnerFactory(cluster=cluster, merged_into=kept)
    ActivityFactory(partner=merged, cluster=cluster)
    (relation,) = relations(cluster, TODAY)

    assert (relation.partner, len(relation.coming)) == (kept, 1)


@pytest.mark.parametrize(
    ("agreed", "open_too", "state"),
    [(False, False, "gap"), (True, False, "done"), (True, True, "almost")],
)
def test_point_13_follows_the_protocols(cluster, agreed, open_too, state):
    partner = PartnerFactory(cluster=cluster, stage="partner")
    if agreed:
        protocol(partner, state="agreed", agreed_at="2026-10-01T10:00:00Z")
    if open_too:
        PartnerFactory(cluster=cluster, stage="partner")

    assert [(check.point, check.state) for check in checks(cluster, TODAY)] == [(13, state)]


def test_without_a_partner_point_13_is_left_to_the_hand(cluster):
    assert checks(cluster, TODAY) == []


def test_the_strategy_hears_of_protocols_and_activities(cluster):
    activity = ActivityFactory(partner__cluster=cluster, partner__name="LichtRegio", partner__country="NL")
    protocol(activity.partner, state="agreed", agreed_at="2026-10-01T10:00:00Z")

    assert [str(cell) for cell in protocols(cluster, TODAY).rows[0]] == [
        *("LichtRegio", "Netherlands", "agreed on 1\u00a0October 2026", "0", "0", "0", "1"),
    ]
    assert str(activities(cluster, TODAY).rows[0][0]) == "Visit to the test laboratory"


def test_the_strategy_is_told_what_is_missing(cluster):
    assert isinstance(protocols(cluster, TODAY), Missing)
