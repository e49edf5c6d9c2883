"""The front page of the members and what the checklist hears of them."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from kontor.actors.checks import checks
from kontor.actors.queries.overview import overview
from kontor.ui.components import PointState
from tests.factories import (
    JointProjectFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipationFactory,
    PersonFactory,
    TieFactory,
)

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize("name", ["overview", "map", "competences", "partners"])
@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_the_same_queries_for_any_number(
    manager_client, cluster, name, count, django_assert_max_num_queries
):
    for _ in range(count):
        TieFactory(organisation=MembershipFactory(organisation__cluster=cluster).organisation)

    with django_assert_max_num_queries({"overview": 8, "map": 6, "competences": 6, "partners": 10}[name]):
        manager_client.get(reverse(f"actors:{name}", args=[cluster.slug]))


def test_partner_countries_count_projects_and_ties_in_both_directions(cluster):
    firm = MembershipFactory(organisation__cluster=cluster).organisation
    dutch, danish, polish, _french = (
        OrganisationFactory(cluster=cluster, country=code) for code in ("NL", "DK", "PL", "FR")
    )
    project = JointProjectFactory(cluster=cluster)
    for each in (firm, dutch):
        ParticipationFactory(project=project, organisation=each)
    TieFactory(organisation=firm, partner=danish)
    TieFactory(organisation=polish, partner=firm)

    assert overview(cluster, TODAY).partner_countries == 3


def test_the_next_step_of_an_unreachable_membership_is_to_find_contacts(manager_client, cluster):
    MembershipFactory(organisation__cluster=cluster)

    page = manager_client.get(reverse("actors:overview", args=[cluster.slug]))

    assert page.context["step"].url.endswith("?missing=contact")


def test_an_empty_directory_leaves_its_points_open(cluster):
    assert [(each.point, each.state) for each in checks(cluster, TODAY)] == [
        (6, PointState.OPEN),
        (10, PointState.OPEN),
    ]


@pytest.mark.parametrize(
    ("agreed", "state"),
    [(0, PointState.GAP), (1, PointState.RUNNING), (3, PointState.ALMOST), (4, PointState.DONE)],
)
def test_involvement_follows_who_can_be_reached(cluster, agreed, state):
    for number in range(4):
        firm = MembershipFactory(organisation__cluster=cluster).organisation
        PersonFactory(organisation=firm, consent_on=date(2024, 1, 1) if number < agreed else None)

    assert [each.state for each in checks(cluster, TODAY) if each.point == 10] == [state]


def test_a_withdrawn_consent_no_longer_reaches_anybody(cluster):
    firm = MembershipFactory(organisation__cluster=cluster).organisation
    PersonFactory(organisation=firm, consent_on=date(2024, 1, 1), consent_withdrawn_on=date(2025, 1, 1))

    assert overview(cluster, TODAY).with_consent == 0
