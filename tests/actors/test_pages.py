"""Pages of the members: who may see and change what, and what happens to outdated forms."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from kontor.accounts.models import RoleKind
from kontor.actors.models import Competence, Organisation, Person, Tie
from kontor.actors.services.organisation import update_organisation
from tests.factories import (
    ClusterFactory,
    JointProjectFactory,
    MembershipFactory,
    NeedFactory,
    OrganisationCompetenceFactory,
    OrganisationFactory,
    ParticipationFactory,
    PersonFactory,
    TieFactory,
)

PAGES = ("overview", "directory", "partners", "map", "people", "competences", "projects", "organisation-new")


@pytest.fixture
def own_client(client_of, key_to, cluster):
    """Return a client of a member's representative, and the organisation."""
    user = key_to(RoleKind.MEMBER)
    person = PersonFactory(
        organisation=MembershipFactory(organisation__cluster=cluster).organisation, user=user
    )
    return client_of(user), person.organisation


def fields_of(organisation, **changed):
    names = ("name", "kind", "country", "region", "city", "version")
    return {name: getattr(organisation, name) for name in names} | changed


@pytest.mark.parametrize("name", PAGES)
def test_pages_open_on_an_empty_cluster(manager_client, cluster, name):
    assert manager_client.get(reverse(f"actors:{name}", args=[cluster.slug])).status_code == 200


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_pages_open_on_a_filled_cluster(manager_client, cluster, name, language):
    held = OrganisationCompetenceFactory(organisation__cluster=cluster)
    MembershipFactory(organisation=held.organisation)
    PersonFactory(organisation=held.organisation)
    ParticipationFactory(organisation=held.organisation, project__cluster=cluster)

    address = reverse(f"actors:{name}", args=[cluster.slug])
    answer = manager_client.get(address, headers={"accept-language": language})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "name", ["organisation", "organisation-edit", "organisation-delete", "tie-new", "size"]
)
def test_organisations_of_another_cluster_do_not_exist(manager_client, cluster, name):
    foreign = OrganisationFactory(cluster=ClusterFactory())

    assert manager_client.get(reverse(f"actors:{name}", args=[cluster.slug, foreign.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_profile_asks_the_same_queries_for_any_number(
    manager_client, cluster, count, django_assert_num_queries
):
    firm = MembershipFactory(organisation__cluster=cluster).organisation
    for _ in range(count):
        OrganisationCompetenceFactory(organisation=firm)
        PersonFactory(organisation=firm)
        TieFactory(organisation=firm)
        place = ParticipationFactory(organisation=firm, project__cluster=cluster)
        ParticipationFactory(project=place.project)
    address = reverse("actors:organisation", args=[cluster.slug, firm.pk])
    manager_client.get(address)

    with django_assert_num_queries(15):
        manager_client.get(address)


def test_a_competitor_sees_no_size_people_or_ties(own_client, cluster):
    client, _own = own_client
    other = MembershipFactory(organisation__cluster=cluster).organisation
    PersonFactory(organisation=other, family_name="Geheim")
    TieFactory(organisation=other, note="vertraulich")

    page = client.get(reverse("actors:organisation", args=[cluster.slug, other.pk])).content.decode()

    assert [word for word in ("Geheim", "vertraulich", "Size class") if word in page] == []


def test_a_member_edits_its_own_profile(own_client, cluster):
    client, own = own_client

    address = reverse("actors:organisation-edit", args=[cluster.slug, own.pk])
    client.post(address, fields_of(own, city="Flensburg"))

    own.refresh_from_db()
    assert own.city == "Flensburg"


@pytest.mark.parametrize(
    "name", ["organisation-edit", "size", "start-up", "site-new", "level", "person-new", "tie-new"]
)
def test_a_member_cannot_change_others(own_client, cluster, name):
    client, _own = own_client
    other = OrganisationFactory(cluster=cluster)

    assert client.get(reverse(f"actors:{name}", args=[cluster.slug, other.pk])).status_code == 403


@pytest.mark.parametrize("name", ["people", "organisation-new", "projects"])
def test_a_member_does_not_see_what_is_for_the_management(own_client, cluster, name):
    client, _own = own_client

    assert client.get(reverse(f"actors:{name}", args=[cluster.slug])).status_code == 403


def test_a_member_cannot_touch_the_people_of_others(own_client, cluster):
    client, _own = own_client
    person = PersonFactory(organisation__cluster=cluster)

    names = ("person-edit", "consent", "person-delete")
    codes = [
        client.get(reverse(f"actors:{name}", args=[cluster.slug, person.pk])).status_code for name in names
    ]

    assert codes == [403, 403, 403]


def test_a_new_member_is_a_member_from_today(manager_client, cluster):
    address = reverse("actors:organisation-new", args=[cluster.slug])
    manager_client.post(address, {"name": "Neu GmbH", "kind": "sme", "country": "DE"})

    made = Organisation.objects.get(cluster=cluster)
    assert (made.name, made.memberships.count()) == ("Neu GmbH", 1)


def test_a_region_outside_the_country_is_refused_beside_its_field(manager_client, cluster):
    address = reverse("actors:organisation-new", args=[cluster.slug])
    answer = manager_client.post(address, {"name": "Neu", "kind": "sme", "country": "DK", "region": "DEF02"})

    assert (answer.status_code, list(answer.context["form"].errors), Organisation.objects.count()) == (
        422,
        ["region"],
        0,
    )


def test_an_outdated_form_is_told_and_keeps_what_was_typed(manager_client, cluster):
    firm = OrganisationFactory(cluster=cluster, name="Alt GmbH")
    stale = fields_of(firm, name="Meine GmbH")
    update_organisation(organisation=firm, expected_version=1, name="Ihre GmbH")

    answer = manager_client.post(reverse("actors:organisation-edit", args=[cluster.slug, firm.pk]), stale)

    told = [(row.current, row.yours) for row in answer.context["differences"]]
    firm.refresh_from_db()
    assert (answer.status_code, told, answer.context["version"], firm.name) == (
        409,
        [("Ihre GmbH", "Meine GmbH")],
        2,
        "Ihre GmbH",
    )


def test_saving_again_after_a_conflict_keeps_what_was_typed(manager_client, cluster):
    firm = OrganisationFactory(cluster=cluster, name="Alt GmbH")
    update_organisation(organisation=firm, expected_version=1, name="Ihre GmbH")

    address = reverse("actors:organisation-edit", args=[cluster.slug, firm.pk])
    manager_client.post(address, fields_of(firm, name="Meine GmbH", version=2))

    firm.refresh_from_db()
    assert firm.name == "Meine GmbH"


def test_deleting_says_what_goes_with_it_and_asks_for_the_name(manager_client, cluster):
    firm = MembershipFactory(organisation__cluster=cluster).organisation
    NeedFactory(organisation=firm, cluster=cluster)
    address = reverse("actors:organisation-delete", args=[cluster.slug, firm.pk])

    asked = manager_client.post(address, {"confirm_name": "wrong"})
    kept = Organisation.objects.filter(pk=firm.pk).exists()
    manager_client.post(address, {"confirm_name": firm.name})

    assert (asked.status_code, "1 need" in asked.context["sentence"], kept) == (422, True, True)
    assert not Organisation.objects.filter(pk=firm.pk).exists()


def test_a_deleted_tie_comes_back(manager_client, cluster):
    tie = TieFactory(organisation__cluster=cluster, note="Testfeld")
    manager_client.post(reverse("actors:tie-delete", args=[cluster.slug, tie.pk]))

    manager_client.post(reverse("actors:undo", args=[cluster.slug]))

    assert list(Tie.objects.values_list("pk", "note")) == [(tie.pk, "Testfeld")]


def test_a_deletion_is_not_taken_back_in_another_cluster(manager_client, manager, cluster):
    tie = TieFactory(organisation__cluster=cluster)
    elsewhere = ClusterFactory()
    elsewhere.roles.create(user=manager, kind=RoleKind.MANAGER)
    manager_client.post(reverse("actors:tie-delete", args=[cluster.slug, tie.pk]))

    manager_client.post(reverse("actors:undo", args=[elsewhere.slug]))

    assert Tie.objects.count() == 0


def test_a_tie_to_an_unknown_partner_asks_for_its_country(manager_client, cluster):
    firm = OrganisationFactory(cluster=cluster)
    address = reverse("actors:tie-new", args=[cluster.slug, firm.pk])

    asked = manager_client.post(address, {"partner": "TU Delft", "kind": "research"})
    manager_client.post(address, {"partner": "TU Delft", "new_country": "NL", "kind": "research"})

    tie = Tie.objects.get()
    assert (asked.status_code, tie.organisation, tie.partner.name, tie.partner.country) == (
        422,
        firm,
        "TU Delft",
        "NL",
    )


def test_a_partner_name_that_fits_several_is_a_question_back(manager_client, cluster):
    firm = OrganisationFactory(cluster=cluster, search_key="home")
    for name in ("Delft Optics", "Delft Sensors"):
        OrganisationFactory(cluster=cluster, name=name, search_key=name.lower(), country="NL")

    address = reverse("actors:tie-new", args=[cluster.slug, firm.pk])
    answer = manager_client.post(address, {"partner": "Delft", "kind": "research"})

    assert (answer.status_code, list(answer.context["form"].errors), Tie.objects.count()) == (
        422,
        ["partner"],
        0,
    )


def test_consent_needs_its_source(manager_client, cluster):
    person = PersonFactory(organisation__cluster=cluster)
    address = reverse("actors:consent", args=[cluster.slug, person.pk])

    manager_client.post(address, {"consent_on": "2026-05-01", "consent_source": ""})
    manager_client.post(address, {"consent_on": "2026-05-02", "consent_source": "E-Mail"})

    assert list(Person.objects.values_list("consent_on", "consent_source")) == [(date(2026, 5, 2), "E-Mail")]


def test_a_project_is_made_with_its_participants(manager_client, cluster):
    firm = OrganisationFactory(cluster=cluster, name="Kieler Werk", search_key="kieler werk")
    made = manager_client.post(
        reverse("actors:project-new", args=[cluster.slug]), {"acronym": "SEA", "currency": "EUR"}, follow=True
    )
    project = made.context["project"]

    address = reverse("actors:participation-new", args=[cluster.slug, project.pk])
    manager_client.post(address, {"partner": "Kieler Werk", "role": "coordinator"})

    assert list(project.participations.values_list("organisation", "role")) == [(firm.pk, "coordinator")]


def test_an_own_competence_is_added_in_one_language(manager_client, cluster):
    address = reverse("actors:competence-new", args=[cluster.slug])
    refused = manager_client.post(address, {"name_de": "", "name_en": ""})
    manager_client.post(address, {"name_de": "Tiefsee", "name_en": ""})

    assert (refused.status_code, [str(row) for row in Competence.objects.all()]) == (422, ["Tiefsee"])


@pytest.mark.parametrize("count", [1, 3])
def test_project_list_asks_the_same_queries_for_any_number(
    manager_client, cluster, count, django_assert_num_queries
):
    JointProjectFactory.create_batch(count, cluster=cluster)

    with django_assert_num_queries(6):
        manager_client.get(reverse("actors:projects", args=[cluster.slug]))


@pytest.mark.parametrize("count", [1, 3])
def test_people_list_asks_the_same_queries_for_any_number(
    manager_client, cluster, count, django_assert_num_queries
):
    PersonFactory.create_batch(count, organisation__cluster=cluster)

    with django_assert_num_queries(4):
        manager_client.get(reverse("actors:people", args=[cluster.slug]))
