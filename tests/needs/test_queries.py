"""Organisations are counted, not needs."""

from datetime import date

import pytest

from kontor.goals.models import GoalNeed
from kontor.needs import queries
from kontor.needs.checks import checks
from kontor.needs.evidence import EVIDENCE
from kontor.needs.models import Need
from kontor.reports.model import Chart, Missing
from kontor.ui.components import PointState
from tests.factories import (
    GoalFactory,
    HearingFactory,
    MembershipFactory,
    NeedFactory,
    NeedTopicFactory,
    OrganisationFactory,
)

TODAY = date(2026, 11, 21)


def member(cluster, **fields):
    organisation = {f"organisation__{name}": value for name, value in fields.items()}
    return MembershipFactory(organisation__cluster=cluster, **organisation).organisation


def test_a_member_with_two_needs_is_heard_once(cluster):
    organisation = member(cluster)
    NeedFactory.create_batch(2, organisation=organisation)
    member(cluster)

    state = queries.heard(cluster, TODAY)

    assert (state.members, state.heard, state.silent, state.share) == (2, 1, 1, 0.5)


def test_only_members_of_the_day_are_asked_for(cluster):
    MembershipFactory(organisation__cluster=cluster, valid_to=date(2025, 12, 31))
    NeedFactory(organisation=OrganisationFactory(cluster=cluster))

    assert queries.heard(cluster, TODAY).members == 0


def test_a_need_recorded_later_does_not_count_for_an_earlier_day(cluster):
    NeedFactory(organisation=member(cluster), recorded_on=date(2026, 5, 4))

    assert queries.heard(cluster, date(2026, 5, 3)).heard == 0


def test_a_topic_counts_each_organisation_once(cluster):
    topic = NeedTopicFactory(cluster=cluster)
    organisation = member(cluster)
    NeedFactory.create_batch(3, organisation=organisation, topic=topic)
    NeedFactory(organisation=member(cluster), topic=topic)

    voices = queries.voices_by_topic(cluster, TODAY)

    assert [(each.organisations, each.needs) for each in voices] == [(2, 4)]


def test_needs_without_a_country_name_no_country(cluster):
    NeedFactory(organisation=member(cluster), country="")
    NeedFactory(organisation=member(cluster), country="NL")

    assert [each.key for each in queries.voices_by_country(cluster, TODAY)] == ["NL"]


def test_a_need_with_a_goal_that_was_given_up_has_no_goal(cluster):
    need = NeedFactory(organisation=member(cluster))
    GoalNeed.objects.create(goal=GoalFactory(cluster=cluster, state="dropped"), need=need)

    assert list(Need.objects.filter(queries.without_goal())) == [need]


def test_a_need_with_a_standing_goal_is_answered(cluster):
    need = NeedFactory(organisation=member(cluster))
    GoalNeed.objects.create(goal=GoalFactory(cluster=cluster), need=need)

    assert list(Need.objects.filter(queries.without_goal())) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "pressure"}, ["now"]),
        ({"q": "fördetechnik"}, ["later"]),
        ({"urgency": "3"}, ["now"]),
        ({"country": "nl"}, ["now"]),
        ({"source": "survey"}, ["later"]),
        ({"first": "2026-06-01"}, ["later"]),
        ({"last": "2026-06-01"}, ["now"]),
        ({"orphans": "1"}, ["later"]),
        ({"kind": "nonsense", "topic": "x", "urgency": "99", "first": "31.12.2026"}, ["now", "later"]),
        ({"topic": "9" * 30, "q": "\x00"}, ["now", "later"]),
    ],
)
def test_the_list_is_narrowed_by_what_the_address_says(cluster, query, expected):
    now = NeedFactory(
        organisation=member(cluster),
        statement="pressure",
        urgency=3,
        country="NL",
        recorded_on=date(2026, 5, 4),
    )
    later = NeedFactory(
        organisation=member(cluster, name="Fördetechnik", search_key="fordetechnik"),
        statement="light",
        urgency=1,
        source="survey",
        recorded_on=date(2026, 7, 1),
    )
    GoalNeed.objects.create(goal=GoalFactory(cluster=cluster), need=now)
    named = {now.pk: "now", later.pk: "later"}

    found = queries.listed_needs(cluster, queries.NeedFilter.read(query))

    assert [named[need.pk] for need in found] == expected


def test_chips_count_organisations_under_all_other_filters(cluster):
    organisation = member(cluster)
    NeedFactory.create_batch(2, organisation=organisation, kind="market", urgency=3)
    NeedFactory(organisation=member(cluster), kind="staff", urgency=1)

    counts = queries.facets(cluster, queries.NeedFilter(kind="market"))

    assert (counts["kind"], counts["urgency"]) == ({"market": 1, "staff": 1}, {"3": 1})


def test_point_one_is_open_without_members(cluster):
    assert checks(cluster, TODAY)[0].state == PointState.OPEN


def test_point_one_is_almost_there_while_a_group_is_silent(cluster):
    for _ in range(3):
        NeedFactory(organisation=member(cluster, kind="sme"))
    member(cluster, kind="university")

    answer = checks(cluster, TODAY)[0]

    assert (answer.point, answer.state) == (1, PointState.ALMOST)
    assert answer.reason == "3 of 4 members heard. Nobody yet from: University."


def test_point_one_is_done_once_all_groups_were_heard(cluster):
    NeedFactory(organisation=member(cluster, kind="sme"))
    NeedFactory(organisation=member(cluster, kind="university"))

    answer = checks(cluster, TODAY)[0]

    assert (answer.state, answer.next_step) == (PointState.DONE, "")


def test_point_one_is_under_way_below_two_thirds(cluster):
    NeedFactory(organisation=member(cluster))
    member(cluster)

    assert checks(cluster, TODAY)[0].state == PointState.RUNNING


@pytest.mark.parametrize("code", sorted(EVIDENCE))
def test_evidence_without_needs_says_what_is_missing(cluster, code):
    assert isinstance(EVIDENCE[code](cluster, TODAY), Missing)


def test_the_document_never_shows_groups_of_fewer_than_three(cluster):
    rare, common = (
        NeedTopicFactory(cluster=cluster, name="Rare"),
        NeedTopicFactory(cluster=cluster, name="Common"),
    )
    NeedFactory(organisation=member(cluster), topic=rare)
    for _ in range(3):
        NeedFactory(organisation=member(cluster), topic=common)

    block = EVIDENCE["needs.by_topic"](cluster, TODAY)

    assert isinstance(block, Chart)
    assert [(str(label), number, share) for label, number, share in block.table.rows] == [("Common", 3, 0.75)]


def test_the_document_says_how_many_members_were_heard_of_each_kind(cluster):
    for _ in range(4):
        NeedFactory(organisation=member(cluster, kind="sme"))
    member(cluster, kind="sme")

    block = EVIDENCE["needs.heard"](cluster, TODAY)

    assert block.rows[0][1:] == (5, 4, 0.8)


def test_point_ten_says_by_which_ways_members_were_heard_in_a_year(cluster):
    first, second, third = member(cluster), member(cluster), member(cluster)
    HearingFactory(organisation=first, source="survey", on=date(2026, 3, 1))
    HearingFactory(organisation=first, source="call", on=date(2026, 5, 4))
    HearingFactory(organisation=third, source="call", on=date(2026, 5, 5))
    NeedFactory(organisation=second, source="call", recorded_on=date(2026, 6, 1))
    member(cluster)

    answer = next(each for each in checks(cluster, TODAY) if each.point == 10)

    assert answer.state == PointState.ALMOST
    assert answer.reason == (
        "3 of 4 members heard in twelve months: Telephone call (3), Member survey. Last on 1 Jun 2026."
    )
    assert (answer.next_step, answer.url.endswith("?year=1")) == ("Call the 1 member silent for a year", True)


def test_what_was_heard_more_than_a_year_ago_involves_nobody(cluster):
    HearingFactory(organisation=member(cluster), on=date(2025, 11, 21))

    answer = next(each for each in checks(cluster, TODAY) if each.point == 10)

    assert (answer.state, list(queries.silent_members(cluster, TODAY))) == (PointState.OPEN, [])
    assert queries.silent_members(cluster, TODAY, date(2025, 11, 21)).count() == 1
