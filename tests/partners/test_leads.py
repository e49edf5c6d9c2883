"""Where to look: regions and bodies, from joint projects and from CORDIS tables."""

import io
from datetime import date

import pytest
from django.urls import reverse

from kontor.accounts.models import RoleKind
from kontor.partners.models import Partner, PartnerImport
from kontor.partners.queries import known_facts
from kontor.partners.queries.leads import Sight, grouped, lead_bodies, lead_places
from tests.factories import (
    JointProjectFactory,
    MembershipFactory,
    NeedFactory,
    NeedTopicFactory,
    OrganisationFactory,
    ParticipationFactory,
)
from tests.partners.factories import PartnerFactory

ON = date(2026, 6, 30)


@pytest.fixture
def oulu(cluster):
    """Return two organisations around Oulu that work with a member in two projects."""
    own = MembershipFactory(organisation=OrganisationFactory(cluster=cluster)).organisation
    there = [
        OrganisationFactory(
            cluster=cluster, name=name, country="FI", region="FI1D9", city="Oulu", kind="research"
        )
        for name in ("VTT", "University of Oulu")
    ]
    for title in ("Photonics for water", "Integrated photonics sensors"):
        project = JointProjectFactory(cluster=cluster, title=title)
        for organisation in (own, *there):
            ParticipationFactory(project=project, organisation=organisation)
    return there


def test_organisations_are_grouped_by_region_with_topic_projects_and_members(cluster, oulu):
    OrganisationFactory(cluster=cluster, name="Alone", country="SE", city="Lund")

    (place,) = lead_places(cluster, ON)

    assert (place.key, place.place, place.names, len(place.projects), place.topics, len(place.members)) == (
        "FI:FI1D",
        "Oulu",
        ("University of Oulu", "VTT"),
        2,
        ("photonics",),
        1,
    )


def test_countries_that_members_want_come_first(cluster, oulu):
    sights = [Sight(str(n), f"O{n}", "SE", "", "Lund", "p") for n in range(5)]
    assert grouped(sights)[0].place == "Lund"
    own = MembershipFactory(organisation=OrganisationFactory(cluster=cluster)).organisation
    NeedFactory(
        organisation=own, topic=NeedTopicFactory(cluster=cluster), country="FI", recorded_on=date(2026, 1, 1)
    )

    assert [(place.country, place.wanted) for place in lead_places(cluster, ON)] == [("FI", 1)]


def test_countries_wanted_without_a_partner_cluster_lead_to_adding_one(cluster, manager_client):
    topic = NeedTopicFactory(cluster=cluster)
    for country in ("JP", "JP", "FI", "DE"):
        own = MembershipFactory(organisation=OrganisationFactory(cluster=cluster)).organisation
        NeedFactory(organisation=own, topic=topic, country=country, recorded_on=date(2026, 1, 1))
    PartnerFactory(cluster=cluster, country="FI")

    response = manager_client.get(reverse("partners:leads", args=[cluster.slug]))

    assert [(each["code"], each["members"]) for each in response.context["wishes"]] == [("JP", 2)]
    assert "partners/new/?country=JP" in response.content.decode()


def test_a_place_without_region_is_told_by_its_town():
    sights = [
        Sight("1", "A", "IL", "", "Haifa", "p"),
        Sight("2", "B", "IL", "", "HAIFA", "p"),
        Sight("3", "C", "IL", "", "Eilat", "p"),
    ]

    assert [(place.key, len(place.organisations)) for place in grouped(sights)] == [("IL:haifa", 2)]


def test_one_press_makes_a_lead_with_facts_and_source(cluster, manager_client, oulu):
    url = reverse("partners:lead-take", args=[cluster.slug])
    for _press in range(2):
        manager_client.post(url, {"lead": "place:FI:FI1D"})

    partner = Partner.objects.get()
    known = known_facts(partner, date(2100, 1, 1))
    assert (partner.name, partner.country, partner.region, partner.stage) == (
        "Oulu: photonics",
        "FI",
        "FI1D",
        "lead",
    )
    assert partner.stage_reason == "2 organisations around Oulu in 2 projects; topic: photonics"
    assert {code: (fact.text, fact.source) for code, fact in known.items()} == {
        "key_actors": ("University of Oulu, VTT", "Joint projects of our members"),
        "technology_focus": ("photonics", "Joint projects of our members"),
    }


def test_a_body_becomes_a_lead_and_keeps_its_organisation(cluster, manager_client):
    body = OrganisationFactory(cluster=cluster, name="Photonics Finland ry", country="FI", kind="association")

    manager_client.post(reverse("partners:lead-take", args=[cluster.slug]), {"lead": f"body:{body.pk}"})

    assert [(each.organisation, each.taken.name) for each in lead_bodies(cluster, ON)] == [(body, body.name)]


@pytest.mark.parametrize("lead", ["", "place:XX:1", "body:0", "nonsense", "body:²"])
def test_a_lead_that_is_not_there_is_not_found(cluster, manager_client, lead):
    response = manager_client.post(reverse("partners:lead-take", args=[cluster.slug]), {"lead": lead})

    assert (response.status_code, Partner.objects.count()) == (404, 0)


def test_how_many_want_a_country_is_hidden_from_the_board_below_three(cluster, client_of, key_to, oulu):
    own = MembershipFactory(organisation=OrganisationFactory(cluster=cluster)).organisation
    NeedFactory(
        organisation=own, topic=NeedTopicFactory(cluster=cluster), country="FI", recorded_on=date(2026, 1, 1)
    )
    wanted = []
    for kind in (RoleKind.TEAM, RoleKind.BOARD):
        response = client_of(key_to(kind)).get(reverse("partners:leads", args=[cluster.slug]))
        wanted.append([each["wanted"] for each in response.context["places"]])

    assert wanted == [[1], [None]]


def test_a_real_cordis_table_is_grouped_and_taken(cluster, manager_client, shared_data):
    folder = shared_data / "cordis-horizon-europe"
    files = {}
    for field, name in (("organisations", "organization_df_100.csv"), ("sciences", "euroSciVoc_df_100.csv")):
        files[field] = io.BytesIO((folder / name).read_bytes())
        files[field].name = name

    page = manager_client.post(reverse("partners:cordis", args=[cluster.slug]), files, follow=True)
    batch = PartnerImport.objects.get()
    key = page.context["places"][0]["place"].key
    taken = manager_client.post(
        reverse("partners:cordis-take", args=[cluster.slug, batch.pk]), {"lead": key}, follow=True
    )

    partner = Partner.objects.get()
    assert (page.status_code, taken.status_code, partner.imported_in, partner.facts.count() >= 1) == (
        200,
        200,
        batch,
        True,
    )


def test_a_table_that_is_none_of_cordis_is_refused_beside_the_field(cluster, manager_client):
    file = io.BytesIO(b"a;b\n1;2\n")
    file.name = "a.csv"

    response = manager_client.post(reverse("partners:cordis", args=[cluster.slug]), {"organisations": file})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["organisations"])


@pytest.mark.parametrize("number", [1, 3, 50])
def test_the_page_asks_the_same_queries_for_any_number_of_regions(
    cluster, manager_client, django_assert_num_queries, number
):
    own = MembershipFactory(organisation=OrganisationFactory(cluster=cluster)).organisation
    project = JointProjectFactory(cluster=cluster, title="Photonics")
    ParticipationFactory(project=project, organisation=own)
    for place in range(number):
        for _two in range(2):
            organisation = OrganisationFactory(cluster=cluster, country="FI", region="", city=f"Town {place}")
            ParticipationFactory(project=project, organisation=organisation)

    with django_assert_num_queries(13):
        manager_client.get(reverse("partners:leads", args=[cluster.slug]))
