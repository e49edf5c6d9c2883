"""The pages of phone campaigns: what they show, what they take, and that nothing typed gets lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from kontor.accounts.models import RoleKind
from kontor.listening.models import CallAttempt, CallCampaign, CallTarget
from kontor.listening.services import calls
from kontor.needs.models import Need
from tests.factories import (
    CallAttemptFactory,
    CallCampaignFactory,
    CallTargetFactory,
    HearingFactory,
    MembershipFactory,
    NeedFactory,
    OrganisationCompetenceFactory,
    PersonFactory,
    QuestionnaireFactory,
    RoleFactory,
    TieFactory,
)

State = CallTarget.State


@pytest.fixture
def campaign(cluster) -> CallCampaign:
    made: CallCampaign = CallCampaignFactory(cluster=cluster, name="Autumn")
    return made


@pytest.fixture
def colleague(cluster):
    return RoleFactory(cluster=cluster, kind=RoleKind.TEAM).user


def listed(campaign: CallCampaign, **fields) -> CallTarget:
    target: CallTarget = CallTargetFactory(campaign=campaign, **fields)
    PersonFactory(organisation=target.organisation, phone="+49 (0)431 8812", given_name="Jördis")
    return target


@pytest.fixture
def held(campaign, manager) -> CallTarget:
    """Return a member whom the manager has reserved."""
    return calls.take(target=listed(campaign), caller=manager)


def url(name: str, *args) -> str:
    return reverse(f"listening:{name}", args=["nord", *args])


def form(target: CallTarget, act: str = "done", **fields) -> dict[str, object]:
    return {"edition": target.edition, "act": act, "notes": "", **fields}


# ---- campaigns ----


def test_without_a_campaign_the_page_tells_what_it_is_for(manager_client):
    response = manager_client.get(url("calls"))

    assert "Begin a phone campaign" in response.content.decode()


def test_a_campaign_is_started_from_the_form(manager_client, cluster):
    MembershipFactory(organisation__cluster=cluster, organisation__kind="sme")
    MembershipFactory(organisation__cluster=cluster, organisation__kind="research")
    asked = QuestionnaireFactory(cluster=cluster, purpose="call")
    posted = {"name": "Autumn", "questionnaire": asked.pk, "reserve_minutes": 20, "kind": ["research"]}

    manager_client.post(url("call-campaign-new"), posted)

    made = CallCampaign.objects.get()
    assert (made.name, made.reserve_minutes, made.chosen, made.version_asked.questionnaire) == (
        *("Autumn", 20, {"kind": ["research"]}, asked),
    )
    assert [target.organisation.kind for target in made.targets.all()] == ["research"]


def test_a_choice_that_fits_nobody_keeps_the_form(manager_client, cluster):
    response = manager_client.post(url("call-campaign-new"), {"name": "Autumn", "reserve_minutes": 30})

    assert (response.status_code, CallCampaign.objects.count()) == (422, 0)
    assert "No member fits this choice" in response.content.decode()


def test_counting_without_a_script_creates_nothing(manager_client, cluster):
    MembershipFactory(organisation__cluster=cluster)
    response = manager_client.post(url("call-campaign-new"), {"name": "Autumn", "count": "1"})

    assert (response.status_code, response.context["drawn"].members, CallCampaign.objects.count()) == (
        *(200, 1, 0),
    )


def test_the_count_follows_the_choice(manager_client, cluster):
    for kind in ("sme", "sme", "large"):
        MembershipFactory(organisation__cluster=cluster, organisation__kind=kind)

    drawn = manager_client.get(url("call-campaign-count"), {"kind": ["sme"]}).context["drawn"]

    assert (drawn.members, drawn.silent, drawn.numberless) == (2, 2, 2)


def test_the_list_of_silent_members_leads_to_a_campaign(manager_client, cluster):
    MembershipFactory(organisation__cluster=cluster)
    page = manager_client.get(reverse("needs:silent", args=["nord"]), {"kind": "sme"})

    assert page.context["campaign_url"] == f"{url('call-campaign-new')}?only_silent=1&kind=sme"


def test_who_changes_a_campaign_second_is_told(manager_client, campaign):
    posted = {"name": "Winter", "opening": "", "reserve_minutes": 30, "version": 7}
    response = manager_client.post(url("call-campaign-edit", campaign.pk), posted)
    campaign.refresh_from_db()

    assert (response.status_code, campaign.name) == (409, "Autumn")


def test_a_campaign_is_closed_and_opened_again(manager_client, campaign):
    states = []
    for name in ("call-campaign-close", "call-campaign-reopen"):
        manager_client.post(url(name, campaign.pk))
        states.append(CallCampaign.objects.get().state)

    assert states == ["closed", "running"]


@pytest.mark.parametrize(("typed", "left"), [("Spring", 1), ("autumn", 0)])
def test_a_campaign_is_deleted_by_its_name(manager_client, campaign, typed, left):
    manager_client.post(url("call-campaign-delete", campaign.pk), {"confirm_name": typed})

    assert CallCampaign.objects.count() == left


# ---- cockpit ----


def test_the_cockpit_tells_who_calls_whom_and_what_is_due(manager_client, campaign, colleague):
    busy = calls.take(target=listed(campaign), caller=colleague)
    due = listed(campaign, state=State.LATER, outcome="call_back", call_back_at=timezone.now())
    listed(campaign, state=State.LATER, call_back_at=timezone.now() + timedelta(days=2))

    context = manager_client.get(url("call-campaign", campaign.pk)).context

    assert (list(context["in_talk"]), context["due"], context["is_due"]) == ([busy], [due], [due])


def test_the_list_is_searched_filtered_and_sorted(manager_client, campaign):
    first = listed(campaign, organisation__name="Albers", attempts=1, outcome="busy", state="later")
    last = listed(campaign, organisation__name="Zander", attempts=2, outcome="busy", state="later")
    CallTarget.objects.update(call_back_at=timezone.now())
    listed(campaign, organisation__name="Brandt")
    address = url("call-campaign", campaign.pk)

    found = [
        [target.pk for target in manager_client.get(address, query).context["page"]]
        for query in (
            {"outcome": "busy", "sort": "-calls"},
            {"q": "zander"},
            {"state": "open", "outcome": "busy"},
        )
    ]

    assert found == [[last.pk, first.pk], [last.pk], []]


def test_a_page_holds_fifty(manager_client, campaign):
    for _ in range(51):
        CallTargetFactory(campaign=campaign)

    assert len(manager_client.get(url("call-campaign", campaign.pk), {"page": "2"}).context["page"]) == 1


def test_the_export_holds_what_the_list_shows(manager_client, campaign):
    target = listed(campaign, organisation__name="Albers", outcome="busy", attempts=1)
    CallAttemptFactory(target=target, outcome="busy")
    listed(campaign)
    response = manager_client.get(url("call-list-xlsx", campaign.pk), {"outcome": "busy"})

    rows = list(openpyxl.load_workbook(BytesIO(response.content)).active.values)
    assert [row[:1] + row[3:7] for row in rows if row[0] == "Albers"] == [
        ("Albers", str(target.organisation.people.get()), "+49 (0)431 8812", "To be called", "Engaged")
    ]
    assert len([row for row in rows if row[0]]) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_cockpit_asks_the_same_queries_for_any_number(
    manager_client, campaign, colleague, count, django_assert_num_queries
):
    for _ in range(count):
        CallAttemptFactory(target=listed(campaign), caller=colleague)
        late = listed(campaign, state=State.LATER, call_back_at=timezone.now())
        CallAttemptFactory(target=late, caller=colleague)
    calls.take(target=listed(campaign), caller=colleague)

    with django_assert_num_queries(14):
        manager_client.get(url("call-campaign", campaign.pk))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_campaigns_asks_the_same_queries_for_any_number(
    manager_client, cluster, count, django_assert_num_queries
):
    for _ in range(count):
        CallTargetFactory(campaign=CallCampaignFactory(cluster=cluster))

    with django_assert_num_queries(5):
        manager_client.get(url("calls"))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_export_asks_the_same_queries_for_any_number(
    manager_client, campaign, count, form, django_assert_num_queries
):
    for _ in range(count):
        CallAttemptFactory(target=listed(campaign))

    with django_assert_num_queries(6):
        manager_client.get(url(f"call-list-{form}", campaign.pk))


# ---- the call ----


def test_next_call_leads_to_a_member_and_then_to_nobody(manager_client, campaign, manager):
    target = listed(campaign)
    first = manager_client.post(url("call-next", campaign.pk))
    calls.give_back(target=target, caller=manager)
    CallTarget.objects.update(state=State.DONE)
    second = manager_client.post(url("call-next", campaign.pk), follow=True)

    assert (first.url, "Everybody who can be reached has been called." in second.content.decode()) == (
        *(url("call", target.pk), True),
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_call_page_asks_the_same_queries_whatever_is_known(
    manager_client, held, count, django_assert_num_queries
):
    organisation = held.organisation
    for _ in range(count):
        PersonFactory(organisation=organisation, phone="0431 1")
        NeedFactory(organisation=organisation)
        HearingFactory(organisation=organisation)
        OrganisationCompetenceFactory(organisation=organisation)
        TieFactory(organisation=organisation)
        CallAttemptFactory(target=held)

    with django_assert_num_queries(19):
        manager_client.get(url("call", held.pk))


def test_the_call_page_dials_and_spares_who_wants_no_contact(manager_client, held):
    PersonFactory(organisation=held.organisation, phone="0151 99", consent_withdrawn_on=timezone.localdate())
    page = manager_client.get(url("call", held.pk)).content.decode()

    assert ('href="tel:+494318812"' in page, "0151 99" in page) == (True, False)


def test_typing_is_saved_and_a_second_tab_told(manager_client, held):
    posted = {"edition": 1, "q-topics": ["market_access"], "notes": "Rings <b>back</b>"}
    first = manager_client.post(url("call-save", held.pk), posted)
    second = manager_client.post(url("call-save", held.pk), {"edition": 1, "q-topics": ["skilled_staff"]})
    held.refresh_from_db()

    assert (first.json()["edition"], second.status_code, held.fields, held.notes) == (
        *(2, 409, {"q-topics": ["market_access"]}, "Rings <b>back</b>"),
    )


def test_a_long_note_in_any_script_comes_back_as_typed(manager_client, held):
    notes = "שלום 👩‍🔬 " + "x" * 90_000
    manager_client.post(url("call-save", held.pk), {"edition": 1, "notes": notes})

    assert notes in manager_client.get(url("call", held.pk)).content.decode()


def test_a_talk_leads_to_what_came_of_it(manager_client, held):
    response = manager_client.post(
        url("call", held.pk),
        form(held, outcome="talked", **{"q-topics": ["market_access"]}),
        follow=True,
    )

    assert [need.pk for need in response.context["needs"]] == [Need.objects.get().pk]
    assert response.context["answered"] == [("What do you need abroad?", "Markets")]


def test_done_and_next_leads_to_the_next_member(manager_client, campaign, held):
    other = listed(campaign)
    response = manager_client.post(url("call", held.pk), form(held, act="next", outcome="busy"))

    assert response.url == url("call", other.pk)


def test_a_missing_answer_is_shown_once_and_does_not_stop_the_caller(manager_client, held):
    first = manager_client.post(
        url("call", held.pk), form(held, outcome="talked", **{"q-words": ["Denmark"]})
    )
    held.refresh_from_db()
    posted = form(held, outcome="talked", as_it_is="1", **{"q-words": ["Denmark"]})
    second = manager_client.post(url("call", held.pk), posted)
    kept, state = held.fields, CallTarget.objects.get(pk=held.pk).state

    assert (first.status_code, kept, second.status_code, state) == (
        *(422, {"q-words": ["Denmark"]}, 302, "done"),
    )


def test_a_call_without_an_outcome_keeps_everything(manager_client, held):
    response = manager_client.post(url("call", held.pk), form(held, notes="Asked for Mrs Hahn"))
    held.refresh_from_db()

    assert (response.status_code, held.notes, held.state) == (422, "Asked for Mrs Hahn", State.RESERVED)


@pytest.mark.parametrize("when", ["", "2020-01-01T10:00", "soon"])
def test_a_call_back_without_a_time_to_come_keeps_everything(manager_client, held, when):
    posted = form(held, outcome="call_back", call_back_at=when, notes="Back from Japan")
    response = manager_client.post(url("call", held.pk), posted)
    held.refresh_from_db()

    assert (response.status_code, held.notes, CallAttempt.objects.count()) == (422, "Back from Japan", 0)


def test_enter_in_a_line_of_text_ends_no_call(manager_client, held):
    # Without a script Enter presses the first button of the form.
    response = manager_client.post(url("call", held.pk), form(held, act="keep", **{"q-words": ["Denmark"]}))
    held.refresh_from_db()

    assert (response.status_code, held.state, held.fields) == (302, "reserved", {"q-words": ["Denmark"]})


def test_the_questions_are_read_out_in_another_language_and_nothing_is_lost(manager_client, held):
    response = manager_client.post(
        url("call", held.pk), form(held, act="read-de", **{"q-words": ["Denmark"]}), follow=True
    )
    held.refresh_from_db()

    assert (response.context["shown"].title, held.fields) == ("Bedarf im Ausland", {"q-words": ["Denmark"]})


def test_a_form_sent_twice_counts_once(manager_client, held):
    posted = form(held, outcome="talked", **{"q-topics": ["market_access"]})
    statuses = [manager_client.post(url("call", held.pk), posted).status_code for _ in range(2)]

    assert (statuses, CallAttempt.objects.count(), Need.objects.count()) == ([302, 302], 1, 1)


def test_a_second_window_is_told_and_its_words_stay_in_the_form(manager_client, held):
    manager_client.post(url("call-save", held.pk), {"edition": 1, "notes": "first"})
    posted = {"edition": 1, "act": "done", "outcome": "busy", "notes": "second"}
    told = manager_client.post(url("call", held.pk), posted)
    again = manager_client.post(url("call", held.pk), posted | {"edition": told.context["desk"].edition})
    held.refresh_from_db()

    assert (told.status_code, again.status_code, held.notes) == (409, 302, "second")


def test_who_lost_the_member_to_a_colleague_gets_all_words_back(manager_client, manager, held, colleague):
    calls.give_back(target=held, caller=manager)
    calls.take(target=held, caller=colleague)
    posted = form(held, outcome="talked", notes="Wants to meet", **{"q-words": ["Denmark"]})
    response = manager_client.post(url("call", held.pk), posted)

    page = response.content.decode()
    assert (response.status_code, "Wants to meet" in page, "Denmark" in page, str(colleague) in page) == (
        *(409, True, True, True),
    )


def test_after_the_member_was_deleted_the_notes_are_shown(manager_client, held):
    held.organisation.delete()
    response = manager_client.post(url("call", held.pk), form(held, outcome="talked", notes="Wants to meet"))

    assert (response.status_code, "Wants to meet" in response.content.decode()) == (404, True)


def test_putting_back_keeps_what_was_typed_for_the_next_caller(manager_client, held):
    manager_client.post(url("call-release", held.pk), form(held, notes="In a meeting until three"))
    held.refresh_from_db()

    assert (held.state, held.notes) == (State.OPEN, "In a meeting until three")


def test_others_see_who_is_in_the_talk_and_no_form(manager_client, campaign, colleague):
    target = calls.take(target=listed(campaign), caller=colleague)
    page = manager_client.get(url("call", target.pk)).content.decode()

    assert (f"{colleague} is in a talk" in page, "data-answers" in page) == (True, False)


def test_a_talk_is_corrected_on_its_page(manager_client, held):
    manager_client.post(url("call", held.pk), form(held, outcome="talked", **{"q-topics": ["market_access"]}))
    held.refresh_from_db()
    page = manager_client.get(url("call", held.pk), {"correct": "1"})
    manager_client.post(url("call", held.pk), form(held, act="correct", **{"q-topics": ["skilled_staff"]}))
    held.refresh_from_db()

    assert (page.status_code, held.answers, Need.objects.get().topic.code) == (
        *(200, {"topics": ["skilled_staff"]}, "skilled_staff"),
    )


def test_a_refusal_is_respected_until_somebody_takes_it_back(manager_client, campaign, held):
    manager_client.post(url("call", held.pk), form(held, outcome="refused"))
    ended = CallTarget.objects.get(pk=held.pk).state
    manager_client.post(url("call-put-back", held.pk))

    assert (ended, CallTarget.objects.get(pk=held.pk).state) == (State.ENDED, State.OPEN)


def test_five_calls_without_a_talk_offer_to_leave_it(manager_client, manager, campaign):
    target = calls.take(target=listed(campaign, attempts=4), caller=manager)
    offered = "gives_up" in manager_client.get(url("call", target.pk)).content.decode()
    manager_client.post(url("call", target.pk), form(target, outcome="no_answer", gives_up="on"))

    assert (offered, CallTarget.objects.get().state) == (True, State.ENDED)


@pytest.mark.parametrize("kind", [RoleKind.BOARD, RoleKind.MEMBER, RoleKind.PARTNER, RoleKind.FUNDER])
def test_calls_are_the_managements(client_of, key_to, held, kind):
    client = client_of(key_to(kind))

    assert [
        client.get(url(name, *args)).status_code for name, args in (("calls", ()), ("call", (held.pk,)))
    ] == [
        403,
        403,
    ]


# ---- the appointment ----


def appointment(client, campaign, when: datetime):
    target = listed(
        campaign, state=State.LATER, outcome="call_back", call_back_at=when, organisation__name="Albers"
    )
    response = client.get(url("call-back", target.pk))
    return target, response, Calendar.from_ical(response.content)


@pytest.mark.parametrize(("month", "offset"), [(1, 1), (7, 2)])
def test_the_appointment_stands_in_the_time_zone_of_the_office(manager_client, campaign, month, offset):
    when = datetime(2027, month, 12, 14, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    _target, response, calendar = appointment(manager_client, campaign, when)
    event = calendar.events[0]

    assert (event.start, event.start.utcoffset(), event["dtstart"].params["TZID"]) == (
        *(when, timedelta(hours=offset), "Europe/Berlin"),
    )
    assert [str(zone["tzid"]) for zone in calendar.timezones] == ["Europe/Berlin"]
    assert response["Content-Type"] == "text/calendar; charset=utf-8"


def test_the_appointment_has_what_calendars_ask_for(manager_client, campaign):
    target, _response, calendar = appointment(manager_client, campaign, timezone.now() + timedelta(days=1))
    event = calendar.events[0]

    assert (str(calendar["version"]), str(calendar["method"]), str(event["uid"]), str(event["summary"])) == (
        *("2.0", "PUBLISH", f"call-back-{target.pk}@localhost", "Call back: Albers"),
    )
    assert (event["dtstamp"].dt.utcoffset(), event.end - event.start) == (timedelta(0), timedelta(minutes=20))


def test_the_appointment_names_nobody(manager_client, campaign):
    target, response, _calendar = appointment(manager_client, campaign, timezone.now() + timedelta(days=1))
    person = target.organisation.people.get()
    text = response.content.decode()

    assert [word in text for word in (person.family_name, person.phone, person.email)] == [False] * 3


def test_without_a_call_back_there_is_no_appointment(manager_client, campaign):
    assert manager_client.get(url("call-back", listed(campaign).pk)).status_code == 404
