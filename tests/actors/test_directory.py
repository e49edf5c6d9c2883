"""The directory: filters, facets, order, export."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from kontor.accounts.models import RoleKind
from kontor.actors.models import SizePeriod
from kontor.actors.queries.directory import Filters, directory
from kontor.actors.services.organisation import create_organisation
from tests.factories import (
    CompetenceFactory,
    MembershipFactory,
    OrganisationCompetenceFactory,
    OrganisationFactory,
    ParticipationFactory,
    PersonFactory,
    TieFactory,
)

TODAY = date(2026, 11, 21)


def names(cluster, **chosen):
    filters = Filters(on=TODAY, chosen={key: frozenset({str(value)}) for key, value in chosen.items()})
    return [row.name for row in directory(cluster, filters).rows]


def member(cluster, **fields):
    return MembershipFactory(
        organisation__cluster=cluster, **{f"organisation__{k}": v for k, v in fields.items()}
    ).organisation


def test_members_former_members_and_others_are_told_apart(cluster):
    MembershipFactory(organisation__cluster=cluster, organisation__name="Now")
    MembershipFactory(organisation__cluster=cluster, organisation__name="Before", valid_to=date(2025, 1, 1))
    OrganisationFactory(cluster=cluster, name="Never")

    found = [
        [row.name for row in directory(cluster, Filters(on=TODAY, scope=scope)).rows]
        for scope in ("members", "former", "others")
    ]

    assert found == [["Now"], ["Before"], ["Never"]]


def test_filters_by_kind_size_region_sector_and_competence(cluster):
    firm = member(cluster, name="Wanted", kind="large", region="DEF01", sector="26.51")
    member(cluster, name="Other", kind="sme", region="DEF02", sector="72.19")
    SizePeriod.objects.create(organisation=firm, size="large")
    field = CompetenceFactory(cluster=cluster)
    OrganisationCompetenceFactory(
        organisation=firm, competence=CompetenceFactory(cluster=cluster, parent=field)
    )

    found = [
        names(cluster, kind="large"),
        names(cluster, size="large"),
        names(cluster, region="DEF01"),
        names(cluster, section="C"),
        names(cluster, competence=field.pk),
    ]

    assert found == [["Wanted"]] * 5


def test_ties_abroad_count_through_projects_and_ties_in_both_directions(cluster):
    through_project, through_tie, from_abroad, _none = (
        member(cluster, name=name) for name in ("Project", "Tie", "From abroad", "None")
    )
    abroad = OrganisationFactory(cluster=cluster, country="NL")
    place = ParticipationFactory(organisation=through_project, project__cluster=cluster)
    ParticipationFactory(organisation=abroad, project=place.project)
    TieFactory(organisation=through_tie, partner=abroad)
    TieFactory(organisation=abroad, partner=from_abroad)

    assert names(cluster, abroad="yes") == ["From abroad", "Project", "Tie"]


def test_a_project_with_compatriots_only_is_no_tie_abroad(cluster):
    firm = member(cluster, name="Home")
    place = ParticipationFactory(organisation=firm, project__cluster=cluster)
    ParticipationFactory(organisation=OrganisationFactory(cluster=cluster), project=place.project)

    assert names(cluster, abroad="yes") == []


def test_a_facet_counts_what_its_other_values_would_find(cluster):
    member(cluster, kind="sme", region="DEF01")
    member(cluster, kind="sme", region="DEF02")
    member(cluster, kind="large", region="DEF01")

    listing = directory(cluster, Filters(on=TODAY, chosen={"kind": frozenset({"sme"})}))

    assert (dict(listing.counts["kind"]), dict(listing.counts["region"])) == (
        {"sme": 2, "large": 1},
        {"DEF01": 1, "DEF02": 1},
    )


def test_what_is_missing_is_found(cluster):
    complete = member(cluster, name="Complete", latitude=54.3, longitude=10.1)
    member(cluster, name="Empty", region="")
    PersonFactory(organisation=complete, consent_on=date(2024, 1, 1))
    SizePeriod.objects.create(organisation=complete, size="small")
    OrganisationCompetenceFactory(organisation=complete)

    gaps = ("region", "contact", "size", "competence", "place")
    assert [names(cluster, missing=gap) for gap in gaps] == [["Empty"]] * 5


def test_names_are_sorted_as_people_expect(cluster):
    for name in ("Zeta", "Öko", "alpha", "Ärzte", "Beta"):
        made = create_organisation(cluster=cluster, name=name, country="DE")
        MembershipFactory(organisation=made)

    assert names(cluster) == ["alpha", "Ärzte", "Beta", "Öko", "Zeta"]


@pytest.mark.parametrize("count", [1, 3])
def test_directory_page_asks_the_same_queries_for_any_number(
    manager_client, cluster, count, django_assert_num_queries
):
    for _ in range(count):
        OrganisationCompetenceFactory(organisation=member(cluster))

    with django_assert_num_queries(9):
        manager_client.get(reverse("actors:directory", args=[cluster.slug]))


def test_directory_page_of_a_thousand_asks_no_more(manager_client, cluster, django_assert_num_queries):
    made = OrganisationFactory.build_batch(1000, cluster=cluster)
    type(made[0]).objects.bulk_create(made)
    rows = [MembershipFactory.build(organisation=each, cluster=cluster) for each in made]
    type(rows[0]).objects.bulk_create(rows)

    with django_assert_num_queries(8):  # nobody has a competence whose name would be looked up
        page = manager_client.get(reverse("actors:directory", args=[cluster.slug]))

    assert page.context["page"].paginator.count == 1000


def test_members_do_not_see_the_sizes_of_competitors(client_of, key_to, cluster):
    SizePeriod.objects.create(organisation=member(cluster), size="medium")
    client = client_of(key_to(RoleKind.MEMBER))

    page = client.get(reverse("actors:directory", args=[cluster.slug]), {"column": ["size", "city"]})

    assert (
        [column.key for column in page.context["columns"]],
        "size" in page.context["page"].paginator.object_list,
    ) == (
        ["city"],
        False,
    )


def test_export_holds_the_selected_rows_and_no_formula(manager_client, cluster):
    wanted = member(cluster, name="=HYPERLINK(1)")
    member(cluster, name="Other")

    address = reverse("actors:directory-export", args=[cluster.slug, "xlsx"])
    answer = manager_client.post(address, {"ids": [wanted.pk]})

    sheet = load_workbook(BytesIO(answer.content)).active
    assert [(row[0].value, row[0].data_type) for row in sheet.iter_rows(min_row=2)] == [
        ("=HYPERLINK(1)", "s")
    ]


def test_export_is_for_the_management_only(client_of, key_to, cluster):
    client = client_of(key_to(RoleKind.MEMBER))

    answer = client.get(reverse("actors:directory-export", args=[cluster.slug, "csv"]))

    assert answer.status_code == 403


def test_map_points_are_the_places_of_the_members(manager_client, cluster):
    placed = member(cluster, name="Kieler Werk", latitude=54.32, longitude=10.13)
    member(cluster, name="Nowhere")

    points = manager_client.get(reverse("actors:map-points", args=[cluster.slug])).json()

    assert [
        (each["properties"]["label"], each["geometry"]["coordinates"]) for each in points["features"]
    ] == [(placed.name, [10.13, 54.32])]
