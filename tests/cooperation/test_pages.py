"""The pages of the cooperation, for those who keep it and for those who read."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from icalendar import Calendar

from kontor.accounts.models import RoleKind
from kontor.agreements.models import Agreement
from kontor.cooperation.models import Activity
from tests.cooperation.factories import ActivityFactory, ParticipantFactory, TaskFactory
from tests.factories import GoalFactory
from tests.partners.factories import PartnerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(cluster):
    return ActivityFactory(partner__cluster=cluster, partner__name="LichtRegio")


def url(name, *arguments):
    return reverse(f"cooperation:{name}", args=["nord", *arguments])


def test_a_first_visit_explains_and_leads_on(manager_client):
    page = manager_client.get(url("overview")).content.decode()

    assert ("No partner yet" in page, reverse("studies:overview", args=["nord"]) in page) == (True, True)


def test_the_next_step_is_the_missing_protocol(manager_client, activity):
    page = manager_client.get(url("overview")).content.decode()

    assert "There is no protocol with LichtRegio yet" in page


def test_an_activity_is_planned_and_shown_with_its_thread(manager_client, cluster):
    partner, goal = PartnerFactory(cluster=cluster), GoalFactory(cluster=cluster)
    form = {
        "partner": partner.pk,
        "kind": "delegation",
        "title_en": "Delegation to Eindhoven",
        "starts_on": "2027-03-01",
        "ends_on": "2027-03-03",
        "goals": [goal.pk],
    }
    response = manager_client.post(url("create"), form, follow=True)

    assert response.redirect_chain[-1][0] == url("detail", Activity.objects.get().pk)
    assert str(goal.title) in response.content.decode()


def test_what_is_wrong_is_said_and_nothing_is_lost(manager_client, cluster):
    form = {
        "partner": PartnerFactory(cluster=cluster).pk,
        "kind": "visit",
        "place": "Delft",
        "starts_on": "x",
    }
    response = manager_client.post(url("create"), form)

    assert (response.status_code, 'value="Delft"' in response.content.decode()) == (422, True)


def test_who_saves_second_sees_both_versions(manager_client, activity):
    form = {"partner": activity.partner_id, "kind": "visit", "title_en": "Mine", "starts_on": "2026-10-05"}
    manager_client.post(url("edit", activity.pk), form | {"version": 1, "place": "Delft"})
    response = manager_client.post(url("edit", activity.pk), form | {"version": 1, "place": "Breda"})

    assert (response.status_code, Activity.objects.get().place) == (409, "Delft")


def test_done_needs_a_result(manager_client, activity):
    refused = manager_client.post(url("state", activity.pk), {"state": "done"})
    manager_client.post(url("state", activity.pk), {"state": "done", "result_en": "A test day was agreed."})

    assert (refused.status_code, Activity.objects.get().state) == (422, "done")


def test_a_task_is_noted_done_and_opened_again(manager_client, activity):
    manager_client.post(url("task-new", activity.pk), {"title": "Send the minutes", "who": "Imke"})
    task = activity.tasks.get()
    manager_client.post(url("task", task.pk), {"act": "done", "outcome": "sent"})
    done = activity.tasks.get().is_done
    manager_client.post(url("task", task.pk), {"act": "reopen"})

    assert (done, activity.tasks.get().is_done) == (True, False)


def test_a_deleted_activity_is_brought_back_by_one_press(manager_client, activity):
    page = manager_client.post(url("delete", activity.pk), follow=True).content.decode()
    key = page.split("/activities/restore/")[1].split("/")[0]
    manager_client.post(url("restore", key))

    assert Activity.objects.get().pk == activity.pk


def test_the_protocol_is_drafted_from_the_catalogue_and_knows_its_partner(manager_client, activity):
    page = manager_client.get(url("protocol", activity.partner_id))
    form = page.context["form"]
    given = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    response = manager_client.post(url("protocol", activity.partner_id), given)
    made = Agreement.objects.get()

    assert (response.url, made.counterpart, made.reference) == (
        reverse("agreements:detail", args=["nord", made.pk]),
        "LichtRegio",
        f"cooperation:{activity.partner_id}",
    )


def test_an_activity_goes_into_a_calendar_as_whole_days(manager_client, activity):
    response = manager_client.get(url("calendar", activity.pk))
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")

    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 10, 5), date(2026, 10, 6))


@pytest.mark.parametrize(
    ("kind", "sees"), [(RoleKind.BOARD, True), (RoleKind.MEMBER, False), (RoleKind.FUNDER, False)]
)
def test_names_of_people_are_for_those_inside(client_of, key_to, activity, kind, sees):
    ParticipantFactory(activity=activity, name="Mette Kjær")
    TaskFactory(activity=activity, title="Send the minutes")
    page = client_of(key_to(kind)).get(url("detail", activity.pk)).content.decode()

    assert ("Mette Kjær" in page, "Send the minutes" in page, "Add a task" in page) == (sees, sees, False)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_list_leaves_as_a_file(manager_client, activity, form):
    assert manager_client.get(url(f"export-{form}")).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_overview_asks_the_same_queries_for_any_number(
    manager_client, cluster, number, django_assert_num_queries
):
    for _ in range(number):
        ActivityFactory(partner__cluster=cluster)
    manager_client.get(url("overview"))

    with django_assert_num_queries(10):
        manager_client.get(url("overview"))
