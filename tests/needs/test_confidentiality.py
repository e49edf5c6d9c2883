"""Small numbers give people away."""

import pytest
from django.urls import reverse

from kontor.accounts.models import RoleKind
from kontor.needs.confidentiality import guarded, guarded_parts
from tests.factories import MembershipFactory, NeedFactory, NeedTopicFactory, PersonFactory

PAGES_OF_SINGLE_NEEDS = [
    "directory",
    "export-xlsx",
    "export-csv",
    "silent",
    "silent-xlsx",
    "topics",
    "import",
]
OUTSIDERS = [RoleKind.BOARD, RoleKind.MEMBER, RoleKind.COORDINATOR, RoleKind.PARTNER, RoleKind.FUNDER]
COUNTERS = [RoleKind.BOARD, RoleKind.FUNDER, RoleKind.MEMBER]


def need_of_a_member(cluster, **fields):
    member = MembershipFactory(organisation__cluster=cluster).organisation
    return NeedFactory(organisation=member, **fields)


def needs_of_members(cluster, number, **fields):
    return [need_of_a_member(cluster, **fields) for _ in range(number)]


@pytest.mark.parametrize(("organisations", "shown"), [(0, None), (2, None), (3, 3), (40, 40)])
def test_a_count_of_fewer_than_three_is_hidden(organisations, shown):
    assert guarded(organisations) == shown


def test_a_single_hidden_part_takes_the_next_smallest_with_it():
    assert guarded_parts([40, 12, 1]) == (40, None, None)


def test_nothing_is_hidden_where_all_parts_are_large():
    assert guarded_parts([40, 12, 5]) == (40, 12, 5)


@pytest.mark.parametrize("page", PAGES_OF_SINGLE_NEEDS)
@pytest.mark.parametrize("kind", OUTSIDERS)
def test_only_the_management_reads_single_needs(cluster, client_of, key_to, kind, page):
    response = client_of(key_to(kind)).get(reverse(f"needs:{page}", args=[cluster.slug]))

    assert response.status_code == 403


@pytest.mark.parametrize("kind", OUTSIDERS)
def test_only_the_management_opens_a_need(cluster, client_of, key_to, kind):
    need = need_of_a_member(cluster)

    response = client_of(key_to(kind)).get(reverse("needs:detail", args=[cluster.slug, need.pk]))

    assert response.status_code == 403


@pytest.mark.parametrize("kind", COUNTERS)
def test_the_overview_names_no_silent_member_to_those_who_count(cluster, client_of, key_to, kind):
    MembershipFactory(organisation__cluster=cluster, organisation__name="Stille Werke")

    response = client_of(key_to(kind)).get(reverse("needs:overview", args=[cluster.slug]))

    assert "Stille Werke" not in response.content.decode()


@pytest.mark.parametrize("kind", COUNTERS)
def test_the_overview_hides_topics_of_fewer_than_three_organisations(cluster, client_of, key_to, kind):
    rare = NeedTopicFactory(cluster=cluster, name="Rare topic")
    common = NeedTopicFactory(cluster=cluster, name="Common topic")
    needs_of_members(cluster, 2, topic=rare)
    needs_of_members(cluster, 3, topic=common)

    response = client_of(key_to(kind)).get(reverse("needs:overview", args=[cluster.slug]))

    shown = {str(bar.label): bar.organisations for bar in response.context["topics"]}
    assert shown == {"Common topic": 3, "Rare topic": None}


def test_the_management_sees_every_count(cluster, manager_client):
    needs_of_members(cluster, 1, topic=NeedTopicFactory(cluster=cluster, name="Rare topic"))

    response = manager_client.get(reverse("needs:overview", args=[cluster.slug]))

    assert [bar.organisations for bar in response.context["topics"]] == [1]


def test_a_member_sees_the_needs_of_the_own_organisation_only(cluster, client_of, key_to):
    user = key_to(RoleKind.MEMBER)
    own = need_of_a_member(cluster, statement="Ours")
    PersonFactory(organisation=own.organisation, user=user)
    need_of_a_member(cluster, statement="Theirs")

    response = client_of(user).get(reverse("needs:own", args=[cluster.slug]))

    assert [need.statement for need in response.context["needs"]] == ["Ours"]


def test_a_member_cannot_report_for_another_organisation(cluster, client_of, key_to):
    user = key_to(RoleKind.MEMBER)
    own = need_of_a_member(cluster)
    PersonFactory(organisation=own.organisation, user=user)
    other = need_of_a_member(cluster)

    response = client_of(user).post(
        reverse("needs:report", args=[cluster.slug]),
        {"organisation": other.organisation_id, "topic": own.topic_id, "statement": "x", "urgency": 3},
    )

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["organisation"])


def test_a_member_reports_a_need_of_its_own(cluster, client_of, key_to):
    user = key_to(RoleKind.MEMBER)
    own = need_of_a_member(cluster)
    person = PersonFactory(organisation=own.organisation, user=user)

    client_of(user).post(
        reverse("needs:report", args=[cluster.slug]),
        {"organisation": own.organisation_id, "topic": own.topic_id, "statement": "A partner", "urgency": 3},
    )

    reported = own.organisation.needs.get(statement="A partner")
    assert (reported.source, reported.person, reported.urgency) == ("member", person, 3)


def test_what_is_hidden_does_not_depend_on_the_order():
    assert guarded_parts([40, 5, 5, 1]) == (40, None, None, None)
    assert guarded_parts([1, 5, 40, 5]) == (None, None, 40, None)
