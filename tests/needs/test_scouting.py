"""Where members want to go, whom they know there, and where nobody has been."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from kontor.accounts.models import RoleKind
from kontor.needs.analysis import Facet, ranked
from kontor.needs.evidence import EVIDENCE
from kontor.needs.queries.material import Scope, gather
from kontor.needs.queries.scouting import places
from kontor.reports.model import Missing
from tests.factories import (
    JointProjectFactory,
    MembershipFactory,
    NeedFactory,
    NeedTopicFactory,
    OrganisationFactory,
    ParticipationFactory,
    TieFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def member(cluster, **fields):
    organisation = {f"organisation__{name}": value for name, value in fields.items()}
    return MembershipFactory(organisation__cluster=cluster, **organisation).organisation


def abroad(cluster, country, **fields):
    return OrganisationFactory(cluster=cluster, country=country, region="", **fields)


def scouted(cluster):
    wanted = ranked(gather(cluster, Scope(TODAY)), Facet.COUNTRY)
    return places(cluster, TODAY, wanted)


@pytest.fixture
def topic(cluster):
    return NeedTopicFactory(cluster=cluster)


@pytest.fixture
def asking(cluster, topic):
    speaking = member(cluster, name="Fördetechnik")
    NeedFactory(organisation=speaking, topic=topic, country="DK")
    return speaking


def test_contacts_come_from_ties_both_ways_and_from_joint_projects(cluster, asking):
    outward, inward, beside = (abroad(cluster, "DK") for _each in range(3))
    TieFactory(organisation=asking, partner=outward)
    TieFactory(organisation=inward, partner=asking)
    project = JointProjectFactory(cluster=cluster)
    for one in (asking, beside):
        ParticipationFactory(project=project, organisation=one)

    [place] = scouted(cluster)

    assert {each.pk: each.members for each in place.contacts} == {
        each.pk: {asking.pk} for each in (outward, inward, beside)
    }
    assert (place.country, place.wanted.organisations, place.members) == ("DK", 1, frozenset({asking.pk}))


def test_a_country_wanted_where_nobody_is_known_is_a_white_spot(cluster, asking):
    [place] = scouted(cluster)

    assert (place.is_white_spot, place.contacts) == (True, ())


def test_an_association_is_found_without_a_tie_and_leaves_the_spot_white(cluster, asking):
    body = abroad(cluster, "DK", kind="association")

    [place] = scouted(cluster)

    assert ([each.pk for each in place.bodies], place.is_white_spot) == ([body.pk], True)


def test_many_contacts_that_nobody_asks_for_come_last(cluster, asking):
    for _each in range(5):
        TieFactory(organisation=asking, partner=abroad(cluster, "NL"))
    for _each in range(4):
        TieFactory(organisation=asking, partner=abroad(cluster, "FR"))

    assert [(place.country, place.wanted is None) for place in scouted(cluster)] == [
        ("DK", False),
        ("NL", True),
    ]


def test_a_member_abroad_is_not_its_own_contact(cluster, topic):
    danish = member(cluster, country="DK")
    NeedFactory(organisation=danish, topic=topic, country="DK")
    ParticipationFactory(project=JointProjectFactory(cluster=cluster), organisation=danish)

    assert scouted(cluster)[0].contacts == ()


def test_nothing_of_another_cluster_is_known(cluster, asking):
    TieFactory(partner__country="DK")

    assert scouted(cluster)[0].contacts == ()


def test_the_management_sees_who_knows_whom(cluster, asking, manager_client):
    TieFactory(organisation=asking, partner=abroad(cluster, "DK", name="Aarhus Sensing"))

    text = manager_client.get(reverse("needs:scouting", args=[cluster.slug])).text

    assert ("Aarhus Sensing" in text, "known to Fördetechnik" in text) == (True, True)


@pytest.mark.parametrize("role", [RoleKind.BOARD, RoleKind.FUNDER, RoleKind.MEMBER])
def test_others_see_no_member_and_no_country_of_fewer_than_three(
    cluster, asking, topic, client_of, key_to, role
):
    TieFactory(organisation=asking, partner=abroad(cluster, "DK"))
    for name in ("Hafenlicht", "Nordklang", "Wellwerk"):
        NeedFactory(organisation=member(cluster, name=name), topic=topic, country="NL")
    TieFactory(organisation=asking, partner=abroad(cluster, "NL"))

    response = client_of(key_to(role)).get(reverse("needs:scouting", args=[cluster.slug]))

    assert [each.place.country for each in response.context["wanted"]] == ["NL"]
    assert ("Fördetechnik" in response.text, response.context["wanted"][0].knowing) == (False, None)


def test_one_topic_can_be_looked_at(cluster, asking, topic, manager_client):
    NeedFactory(organisation=asking, topic=NeedTopicFactory(cluster=cluster), country="SE")

    context = manager_client.get(
        reverse("needs:scouting", args=[cluster.slug]), {"topic": str(topic.pk)}
    ).context

    assert [each.place.country for each in context["wanted"]] == ["DK"]


def test_the_list_holds_every_organisation(cluster, asking, manager_client):
    TieFactory(organisation=asking, partner=abroad(cluster, "DK", name="Aarhus Sensing"))

    url = reverse("needs:scouting-csv", args=[cluster.slug])
    rows = list(csv.DictReader(io.StringIO(manager_client.get(url).content.decode("utf-8-sig"))))

    assert [(row["Organisation"], row["Members who know it"]) for row in rows] == [
        ("Aarhus Sensing", "Fördetechnik")
    ]


def test_the_page_opens_in_an_empty_cluster(cluster, manager_client):
    assert manager_client.get(reverse("needs:scouting", args=[cluster.slug])).status_code == 200


def test_the_document_names_countries_of_three_or_more(cluster, asking, topic):
    assert isinstance(EVIDENCE["needs.scouting"](cluster, TODAY), Missing)
    for _each in range(2):
        NeedFactory(organisation=member(cluster), topic=topic, country="DK")

    block = EVIDENCE["needs.scouting"](cluster, TODAY)

    assert [[str(cell) for cell in row] for row in block.rows] == [
        ["Denmark", "3", "0", "0", "white spot: nobody known yet"]
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_scouting_asks_the_same_queries_for_any_number(
    cluster, topic, manager_client, django_assert_num_queries, number
):
    for _each in range(number):
        speaking = member(cluster)
        NeedFactory(organisation=speaking, topic=topic, country="DK")
        TieFactory(organisation=speaking, partner=abroad(cluster, "DK"))

    # Session, user, role; seven for the needs; members, ties, participations of members and of others,
    # bodies; names of members; topics.
    with django_assert_num_queries(17):
        manager_client.get(reverse("needs:scouting", args=[cluster.slug]))
