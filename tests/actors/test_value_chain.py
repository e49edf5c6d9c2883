"""The place in the value chain, wherever a member's facts are told, filtered, brought in and confirmed."""

from __future__ import annotations

import csv
import io
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from kontor.actors.imports_cells import value_chain
from kontor.actors.models import Organisation, ValueChain
from kontor.actors.queries.directory import Filters, directory
from kontor.actors.services.importing import carry_out
from kontor.demo.reading import entries
from kontor.imports.refused import FieldFault
from tests.actors.importing import staged
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)


def member(cluster, place: str, name: str = "Sensorwerk") -> Organisation:
    membership = MembershipFactory(
        organisation__cluster=cluster, organisation__value_chain=place, organisation__name=name
    )
    return membership.organisation


@pytest.mark.parametrize("place", ValueChain.values)
def test_the_import_reads_each_place_by_its_name_in_both_languages(place):
    labels = []
    for language in ("de", "en"):
        with override(language):
            labels.append(str(ValueChain(place).label))

    assert [value_chain(label) for label in labels] == [place, place]


def test_the_import_refuses_a_place_that_is_none():
    with pytest.raises(FieldFault):
        value_chain("Mond")


def test_a_list_brings_the_place_in(cluster):
    batch = staged(
        cluster, ["Ostseelabor GmbH", "Kiel", "Zulieferer"], headers=("Name", "Ort", "Wertschöpfungsstufe")
    )
    carry_out(batch=batch)

    assert Organisation.objects.get().value_chain == "materials"


def test_the_template_shows_an_example_of_the_place_that_the_import_reads(manager_client):
    file = manager_client.get(reverse("actors:import-template", args=["nord", "xlsx"]))
    sheet = load_workbook(BytesIO(file.content)).worksheets[0]
    heads, example = (list(row) for row in sheet.iter_rows(max_row=2, values_only=True))

    assert value_chain(example[heads.index("Place in the value chain")]) == "equipment"


def test_the_directory_filters_by_place_and_by_places_not_known(cluster):
    member(cluster, "systems", "Known")
    member(cluster, "", "Unknown")
    found = [
        [row.name for row in directory(cluster, Filters(on=TODAY, chosen={key: frozenset({value})})).rows]
        for key, value in (("value_chain", "systems"), ("missing", "value_chain"))
    ]

    assert found == [["Known"], ["Unknown"]]


def test_the_directory_sorts_by_place_along_the_chain(cluster):
    for place in ("use", "research", "systems"):
        member(cluster, place, place)

    rows = directory(cluster, Filters(on=TODAY, sort="value_chain")).rows

    assert [row.name for row in rows] == ["research", "systems", "use"]


def test_the_export_of_the_directory_holds_the_place(manager_client, cluster):
    member(cluster, "trade")
    response = manager_client.get(reverse("actors:directory-export", args=["nord", "csv"]))
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert rows[1][rows[0].index("Place in the value chain")] == "Trade and distribution"


def test_the_profile_tells_the_place(manager_client, cluster):
    page = manager_client.get(reverse("actors:organisation", args=["nord", member(cluster, "use").pk]))

    assert "<dt>Place in the value chain</dt><dd>Use</dd>" in page.content.decode()


def test_every_member_of_the_demo_has_a_place():
    places = [entry.get("value_chain") for entry in entries("members", "member")]

    assert set(places) == set(ValueChain.values)
