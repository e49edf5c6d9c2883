"""Phone campaigns: the list, the order of calls, reservations, outcomes, and that nothing is lost."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from kontor.accounts.models import RoleKind
from kontor.listening.models import CallAttempt, CallCampaign, CallTarget
from kontor.listening.problems import ListeningError
from kontor.listening.queries.calls.made import calls_made
from kontor.listening.queries.calls.progress import progress
from kontor.listening.services import calls
from kontor.listening.services.calls.again import try_again_at
from kontor.needs.models import Hearing, Need
from kontor.questionnaires.services import store_draft
from tests.factories import (
    CallAttemptFactory,
    CallCampaignFactory,
    CallTargetFactory,
    MembershipFactory,
    NeedFactory,
    PersonFactory,
    QuestionnaireFactory,
    RoleFactory,
    UserFactory,
)

BERLIN = ZoneInfo("Europe/Berlin")
Outcome, State = CallTarget.Outcome, CallTarget.State
MARKETS = {"q-topics": ["market_access"]}


@pytest.fixture
def campaign(cluster) -> CallCampaign:
    made: CallCampaign = CallCampaignFactory(cluster=cluster)
    return made


@pytest.fixture
def caller(cluster):
    return RoleFactory(cluster=cluster, kind=RoleKind.TEAM).user


@pytest.fixture
def colleague(cluster):
    return RoleFactory(cluster=cluster, kind=RoleKind.TEAM).user


def listed(campaign: CallCampaign, **fields) -> CallTarget:
    """Return a member on the list who can be called."""
    target: CallTarget = CallTargetFactory(campaign=campaign, **fields)
    PersonFactory(organisation=target.organisation, phone="0431 8812")
    return target


def finished(target: CallTarget, caller, outcome: str, fields=None, **more) -> CallTarget:
    """Take the member, end the call with the outcome and return the row."""
    held = calls.take(target=CallTarget.objects.get(pk=target.pk), caller=caller)
    typed = calls.Typed(fields or {}, notes=more.pop("notes", ""), person=more.pop("person", None))
    return calls.finish_call(
        target=held, caller=caller, edition=held.edition, typed=typed, outcome=outcome, **more
    )


def member(cluster, name: str, **fields):
    made = MembershipFactory(organisation__cluster=cluster, organisation__name=name, **fields)
    PersonFactory(organisation=made.organisation, phone="0431 8812")
    return made.organisation


# ---- the list ----


def test_the_list_begins_with_those_who_were_not_heard(cluster, manager):
    NeedFactory(organisation=member(cluster, "Albers"))
    member(cluster, "Zander")
    member(cluster, "Brandt")

    made = calls.start_campaign(cluster=cluster, user=manager, name="Spring")

    assert [target.organisation.name for target in made.targets.all()] == ["Brandt", "Zander", "Albers"]


def test_a_campaign_without_anybody_is_refused_and_not_there(cluster, manager):
    with pytest.raises(ListeningError, match=r"call.nobody_chosen"):
        calls.start_campaign(cluster=cluster, user=manager, name="Spring")

    assert CallCampaign.objects.count() == 0


def test_a_questionnaire_of_another_cluster_is_refused(cluster, manager):
    member(cluster, "Albers")
    with pytest.raises(ListeningError, match=r"call.of_another_cluster"):
        calls.start_campaign(
            cluster=cluster, user=manager, name="Spring", questionnaire=QuestionnaireFactory()
        )


def test_a_change_of_the_questionnaire_does_not_touch_the_campaign(cluster, manager):
    member(cluster, "Albers")
    questionnaire = QuestionnaireFactory(cluster=cluster)
    made = calls.start_campaign(cluster=cluster, user=manager, name="Spring", questionnaire=questionnaire)
    shorter = questionnaire.definition.__class__(title={"en": "Other"}, languages=("en",), sections=())
    store_draft(questionnaire=questionnaire, expected_version=1, definition=shorter)

    asked = CallCampaign.objects.get(pk=made.pk).version_asked.asked
    assert [question.code for question in asked.questions()] == ["topics", "words"]


def test_new_members_come_behind_the_others_and_nobody_twice(cluster, manager):
    member(cluster, "Albers")
    made = calls.start_campaign(cluster=cluster, user=manager, name="Spring")
    member(cluster, "Aab")

    added = [calls.add_members(campaign=made), calls.add_members(campaign=made)]

    assert (added, [t.organisation.name for t in made.targets.all()]) == ([1, 0], ["Albers", "Aab"])


def test_a_member_that_refused_is_not_drawn_again(cluster, manager, caller):
    member(cluster, "Albers")
    made = calls.start_campaign(cluster=cluster, user=manager, name="Spring")
    finished(made.targets.get(), caller, Outcome.REFUSED)

    assert (calls.add_members(campaign=made), calls.next_call(campaign=made, caller=caller)) == (0, None)


def test_a_campaign_with_calls_is_not_deleted(campaign, caller):
    finished(listed(campaign), caller, Outcome.BUSY)

    with pytest.raises(ListeningError, match=r"call.has_calls"):
        calls.delete_campaign(campaign=campaign)


# ---- who is next ----


def test_due_call_backs_come_first_the_own_before_those_of_others(campaign, caller, colleague):
    now = timezone.now()
    first = listed(campaign)
    theirs = listed(campaign, state=State.LATER, outcome=Outcome.CALL_BACK, call_back_at=now)
    own = listed(campaign, state=State.LATER, outcome=Outcome.CALL_BACK, call_back_at=now)
    listed(campaign, state=State.LATER, call_back_at=now + timedelta(hours=1))
    CallAttemptFactory(target=theirs, caller=colleague)
    CallAttemptFactory(target=own, caller=caller)

    order = []
    for each in (caller, UserFactory(), UserFactory(), UserFactory()):
        target = calls.next_call(campaign=campaign, caller=each)
        order.append(target and target.pk)

    assert order == [own.pk, theirs.pk, first.pk, None]


def test_who_holds_a_member_gets_the_same_again(campaign, caller):
    listed(campaign), listed(campaign)

    twice = [calls.next_call(campaign=campaign, caller=caller) for _ in range(2)]

    assert twice[0] == twice[1]


def test_members_without_a_number_are_not_handed_out(campaign, caller):
    CallTargetFactory(campaign=campaign)
    withdrawn = CallTargetFactory(campaign=campaign)
    PersonFactory(organisation=withdrawn.organisation, phone="1", consent_withdrawn_on=date(2026, 1, 1))

    assert (calls.next_call(campaign=campaign, caller=caller), progress(campaign).numberless) == (None, 2)


def test_a_reservation_that_ran_out_goes_to_the_next_caller(campaign, caller, colleague):
    target = listed(campaign)
    calls.next_call(campaign=campaign, caller=caller)
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        given = calls.next_call(campaign=campaign, caller=colleague)

    assert (given.pk, given.reserved_by) == (target.pk, colleague)


def test_a_call_back_that_was_given_up_halfway_keeps_its_time(campaign, caller, colleague):
    due = timezone.now() - timedelta(hours=1)
    listed(campaign, state=State.LATER, outcome=Outcome.CALL_BACK, call_back_at=due)
    held = calls.next_call(campaign=campaign, caller=caller)
    calls.give_back(target=held, caller=caller)
    held.refresh_from_db()

    assert (held.state, held.call_back_at, held.reserved_by) == (State.LATER, due, None)


def test_nobody_gives_back_what_another_holds(campaign, caller, colleague):
    held = calls.take(target=listed(campaign), caller=caller)
    calls.give_back(target=held, caller=colleague)
    held.refresh_from_db()

    assert held.reserved_by == caller


def test_a_closed_campaign_hands_out_nobody_but_a_talk_may_end(campaign, caller):
    held = calls.take(target=listed(campaign), caller=caller)
    listed(campaign)
    calls.close_campaign(campaign=campaign)
    calls.finish_call(
        target=held, caller=caller, edition=1, typed=calls.Typed(MARKETS), outcome=Outcome.TALKED
    )

    with pytest.raises(ListeningError, match=r"call.closed"):
        calls.next_call(campaign=campaign, caller=caller)
    held.refresh_from_db()
    assert held.state == State.DONE


def test_a_caller_whose_account_goes_loses_no_member(campaign, colleague):
    caller = UserFactory()
    held = calls.take(target=listed(campaign), caller=caller)
    caller.delete()
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert calls.next_call(campaign=campaign, caller=colleague) == held


def test_who_holds_one_is_told_before_taking_another(campaign, caller):
    calls.take(target=listed(campaign), caller=caller)

    with pytest.raises(ListeningError, match=r"call.holds_another"):
        calls.take(target=listed(campaign), caller=caller)


# ---- typing ----


def test_what_is_typed_is_kept_and_the_reservation_prolonged(campaign, caller):
    held = calls.take(target=listed(campaign), caller=caller)
    with time_machine.travel(timezone.now() + timedelta(minutes=20)):
        edition = calls.keep(
            target=held, caller=caller, edition=1, typed=calls.Typed(MARKETS, notes="Speaks Danish")
        )
        is_longer = CallTarget.objects.get(pk=held.pk).reserved_until > held.reserved_until
    held.refresh_from_db()

    assert (edition, held.edition, held.fields, held.notes, is_longer) == (
        *(2, 2, MARKETS, "Speaks Danish", True),
    )


def test_a_second_tab_is_told_and_overwrites_nothing(campaign, caller):
    held = calls.take(target=listed(campaign), caller=caller)
    calls.keep(target=held, caller=caller, edition=1, typed=calls.Typed(MARKETS))

    with pytest.raises(ListeningError, match=r"call.other_tab"):
        calls.keep(target=held, caller=caller, edition=1, typed=calls.Typed({}))
    held.refresh_from_db()
    assert held.fields == MARKETS


def test_a_reservation_that_ran_out_unnoticed_is_renewed_by_typing(campaign, caller, colleague):
    held = calls.take(target=listed(campaign), caller=caller)
    calls.give_back(target=held, caller=caller)
    calls.keep(target=held, caller=caller, edition=1, typed=calls.Typed(MARKETS))
    held.refresh_from_db()

    assert (held.state, held.reserved_by, held.fields) == (State.RESERVED, caller, MARKETS)


def test_who_types_after_another_took_over_is_told_who_it_is(campaign, caller, colleague):
    held = calls.take(target=listed(campaign), caller=caller)
    calls.give_back(target=held, caller=caller)
    calls.take(target=held, caller=colleague)

    with pytest.raises(ListeningError, match=r"call.taken_by_other") as refusal:
        calls.keep(target=held, caller=caller, edition=1, typed=calls.Typed(MARKETS))
    assert refusal.value.params == {"who": str(colleague)}


def test_a_member_deleted_meanwhile_is_said_to_be_gone(campaign, caller):
    held = calls.take(target=listed(campaign), caller=caller)
    held.organisation.delete()

    with pytest.raises(ListeningError, match=r"call.gone"):
        calls.keep(target=held, caller=caller, edition=1, typed=calls.Typed(MARKETS))


def test_a_person_of_another_member_is_not_noted_as_talked_to(campaign, caller):
    target = finished(listed(campaign), caller, Outcome.TALKED, MARKETS, person=PersonFactory())

    assert target.person is None


# ---- outcomes ----


def test_a_talk_becomes_answers_needs_and_a_hearing(campaign, caller):
    target = finished(listed(campaign), caller, Outcome.TALKED, MARKETS)

    need = Need.objects.get()
    hearing = Hearing.objects.get()
    base = f"call:{campaign.pk}:{target.pk}"
    assert (target.state, target.answers, need.source, need.reference, hearing.reference) == (
        *(State.DONE, {"topics": ["market_access"]}, "call", f"{base}:topics:market_access:", base),
    )


def test_a_talk_without_answers_is_a_hearing_all_the_same(cluster, caller):
    campaign = CallCampaignFactory(cluster=cluster, version_asked=None)
    target = finished(listed(campaign), caller, Outcome.TALKED)

    assert (target.state, Hearing.objects.count()) == (State.DONE, 1)


def test_what_cannot_be_read_stays_among_the_fields(campaign, caller):
    strange = {"q-topics": ["market_access", "unheard_of"]}
    target = finished(listed(campaign), caller, Outcome.TALKED, strange)

    assert (target.fields, target.answers) == (strange, {})


def test_a_double_click_counts_once(campaign, caller):
    held = calls.take(target=listed(campaign), caller=caller)
    for _ in range(2):
        calls.finish_call(
            target=held, caller=caller, edition=1, typed=calls.Typed(MARKETS), outcome=Outcome.TALKED
        )

    assert (CallAttempt.objects.count(), Need.objects.count(), Hearing.objects.count()) == (1, 1, 1)


def test_a_double_click_after_which_the_member_comes_back_counts_once(campaign, caller):
    held = calls.take(target=listed(campaign), caller=caller)
    for _ in range(2):
        calls.finish_call(target=held, caller=caller, edition=1, typed=calls.Typed(), outcome=Outcome.BUSY)
    held.refresh_from_db()

    assert (CallAttempt.objects.count(), held.attempts, held.state) == (1, 1, State.LATER)


def test_asked_to_call_back_keeps_what_was_typed_and_the_time(campaign, caller):
    when = timezone.now() + timedelta(days=2)
    target = finished(listed(campaign), caller, Outcome.CALL_BACK, MARKETS, call_back_at=when)

    assert (target.state, target.call_back_at, target.fields, target.answers) == (
        *(State.LATER, when, MARKETS, {}),
    )


@pytest.mark.parametrize(("hours", "code"), [(None, "call.call_back_when"), (-1, "call.call_back_past")])
def test_a_call_back_needs_a_time_to_come(campaign, caller, hours, code):
    when = timezone.now() + timedelta(hours=hours) if hours else None

    with pytest.raises(ListeningError, match=code):
        finished(listed(campaign), caller, Outcome.CALL_BACK, call_back_at=when)


@pytest.mark.parametrize(
    ("outcome", "now", "again"),
    [
        (Outcome.BUSY, "2026-11-24 10:10", "2026-11-24 10:40"),
        (Outcome.NO_ANSWER, "2026-11-24 10:10", "2026-11-24 14:00"),
        (Outcome.MAILBOX, "2026-11-24 12:00", "2026-11-25 09:00"),
        (Outcome.NOT_IN, "2026-11-27 16:00", "2026-11-30 09:00"),
        (Outcome.NO_ANSWER, "2026-11-28 10:00", "2026-11-30 09:00"),
        (Outcome.NO_ANSWER, "2026-03-27 16:00", "2026-03-30 09:00"),
    ],
)
def test_when_to_try_again(outcome, now, again):
    moment = datetime.fromisoformat(now).replace(tzinfo=BERLIN)

    found = try_again_at(outcome, moment).astimezone(BERLIN)

    assert found.strftime("%Y-%m-%d %H:%M") == again


def test_a_wrong_number_is_noted_and_the_member_goes_to_the_end(campaign, caller):
    first, last = listed(campaign), listed(campaign)
    person = first.organisation.people.get()
    target = finished(first, caller, Outcome.WRONG_NUMBER, person=person)

    assert (target.place > last.place, target.state, CallAttempt.objects.get().note) == (
        *(True, State.LATER, f"{person}: 0431 8812"),
    )


def test_after_many_calls_the_caller_may_leave_the_member_in_peace(campaign, caller):
    target = finished(listed(campaign), caller, Outcome.NO_ANSWER, gives_up=True)

    assert (target.state, target.outcome, target.call_back_at) == (State.ENDED, Outcome.NO_ANSWER, None)


def test_a_talk_is_corrected_and_its_needs_follow(campaign, caller, colleague):
    target = finished(listed(campaign), caller, Outcome.TALKED, MARKETS)
    corrected = calls.correct_call(
        target=target,
        caller=colleague,
        edition=target.edition,
        typed=calls.Typed({"q-topics": ["skilled_staff"]}),
    )

    codes = list(Need.objects.values_list("topic__code", flat=True))
    assert (codes, corrected.talked_at, CallAttempt.objects.count()) == (
        *(["skilled_staff"], target.talked_at, 1),
    )


def test_two_corrections_at_once_do_not_overwrite_each_other(campaign, caller):
    target = finished(listed(campaign), caller, Outcome.TALKED, MARKETS)
    calls.correct_call(target=target, caller=caller, edition=2, typed=calls.Typed(MARKETS))

    with pytest.raises(ListeningError, match=r"call.other_tab"):
        calls.correct_call(target=target, caller=caller, edition=2, typed=calls.Typed({}))


def test_who_had_refused_and_rings_after_all_comes_back_on_the_list(campaign, caller):
    target = finished(listed(campaign), caller, Outcome.REFUSED)
    calls.put_back(target=target)

    assert calls.next_call(campaign=campaign, caller=caller) == target


# ---- figures ----


def test_where_the_members_stand_adds_up(campaign, caller):
    for outcome in (Outcome.TALKED, Outcome.BUSY, Outcome.REFUSED):
        finished(listed(campaign), caller, outcome)
    listed(campaign)
    CallTargetFactory(campaign=campaign)
    calls.take(target=listed(campaign), caller=caller)

    found = progress(campaign)

    assert (
        found.members,
        found.open + found.in_talk + found.later + found.talked + found.ended,
        (found.open, found.in_talk, found.later, found.talked, found.ended, found.numberless),
        (found.left, found.reach, found.calls_per_talk),
    ) == (6, 6, (2, 1, 1, 1, 1, 1), (3, 1 / 3, 3.0))


def test_a_member_called_in_two_campaigns_counts_once_as_called(campaign, caller, cluster):
    first = listed(campaign)
    second = CallTargetFactory(campaign=CallCampaignFactory(cluster=cluster), organisation=first.organisation)
    finished(first, caller, Outcome.BUSY)
    finished(second, caller, Outcome.TALKED, MARKETS)
    CallAttemptFactory()

    made = calls_made(cluster, timezone.localdate())

    assert (made.calls, made.called, made.talked, [c.calls for c in made.campaigns]) == (2, 1, 1, [1, 1])


def test_calls_after_the_day_are_not_told(campaign, caller, cluster):
    finished(listed(campaign), caller, Outcome.TALKED)

    assert calls_made(cluster, timezone.localdate() - timedelta(days=1)).campaigns == ()
