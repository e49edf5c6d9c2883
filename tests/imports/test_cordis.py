"""CORDIS: the public files, and small ones with every fault."""

import csv
import io
from collections import Counter
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from kontor.imports.cordis import (
    CordisOrganisation,
    CordisParticipation,
    CordisProject,
    CordisScience,
    read_cordis,
    read_cordis_folder,
)
from kontor.imports.refused import ImportRefused

PROJECT = "id;acronym;title;startDate;endDate;totalCost;frameworkProgramme;topics;objective"
ORGANISATION = (
    "projectID;organisationID;vatNumber;name;shortName;SME;activityType;street;postCode;city;country;nutsCode;"
    "geolocation;organizationURL;role;ecContribution;endOfParticipation"
)
MEYER = (
    "10;{reference};DE1;MEYER GMBH;MG;true;PRC;Weg 1;24103;Kiel;DE;DEF02;54.3,10.1;www.meyer.example;{rest}"
)


def files(*organisations: str, projects: tuple[str, ...] = (), **others: str) -> dict[str, bytes]:
    """Return the two needed files, with one project, and others."""
    project = "10;ABC;A title;2020-01-01;2022-12-31;1000,5;HORIZON;T-1;What for"
    tables = {
        "project.csv": (PROJECT, project, *projects),
        "organization.csv": (ORGANISATION, *organisations),
    }
    return {name: "\n".join(lines).encode() for name, lines in tables.items()} | {
        f"{name}.csv": text.encode() for name, text in others.items()
    }


def meyer(reference: str = "7", rest: str = "participant;100;false", **changes: str) -> str:
    row = MEYER.format(reference=reference, rest=rest)
    for found, wanted in changes.items():
        row = row.replace(found, wanted)
    return row


def told(data):
    return [(f.file, f.row, f.column, f.code, f.value, f.taken) for f in data.faults]


def test_a_sound_export_is_read_without_a_fault():
    science = "projectID;euroSciVocCode;euroSciVocPath;euroSciVocTitle\n10;/29/89;/social sciences/law;law"
    data = read_cordis(files(meyer(), euroSciVoc=science))

    assert data.projects == (
        CordisProject(
            reference="10",
            acronym="ABC",
            title="A title",
            start=date(2020, 1, 1),
            end=date(2022, 12, 31),
            total_cost=Decimal("1000.5"),
            programme="HORIZON",
            topics=("T-1",),
            objective="What for",
        ),
    )
    assert data.organisations == (
        CordisOrganisation(
            reference="7",
            name="MEYER GMBH",
            short_name="MG",
            kind_code="PRC",
            is_sme=True,
            country="DE",
            nuts="DEF02",
            city="Kiel",
            street="Weg 1",
            post_code="24103",
            latitude=54.3,
            longitude=10.1,
            website="https://www.meyer.example",
            vat="DE1",
        ),
    )
    assert data.participations == (CordisParticipation("10", "7", "participant", Decimal(100), False),)
    assert data.sciences == (CordisScience("10", "/29/89", "/social sciences/law", "law"),)
    assert told(data) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"PRC": "PRC;PRC"}, ("activityType", "cordis.repeated_value", "PRC;PRC", "PRC")),
        ({"PRC": "XYZ"}, ("activityType", "cordis.not_readable", "XYZ", "")),
        ({";DE;": ';"DE;DE";'}, ("country", "cordis.repeated_value", "DE;DE", "DE")),
        ({";DE;": ";EL;"}, ("country", "cordis.country_code", "EL", "GR")),
        ({";DE;": ";UK;"}, ("country", "cordis.country_code", "UK", "GB")),
        ({";DE;": ";QQ;"}, ("country", "cordis.not_readable", "QQ", "")),
        ({"DEF02": "Kiel 2"}, ("nutsCode", "cordis.not_readable", "Kiel 2", "")),
        ({"54.3,10.1": "154.3,10.1"}, ("geolocation", "cordis.not_readable", "154.3,10.1", "")),
        ({"true": "maybe"}, ("SME", "cordis.not_readable", "maybe", "")),
        ({";100;": ";viel;"}, ("ecContribution", "cordis.not_readable", "viel", "")),
        (
            {"www.meyer.example": "javascript:x"},
            ("organizationURL", "cordis.not_readable", "javascript:x", ""),
        ),
        (
            {"www.meyer.example": '"www.a.de; www.b.de"'},
            ("organizationURL", "cordis.first_of_several", "www.a.de; www.b.de", "https://www.a.de"),
        ),
    ],
)
def test_a_cleaned_cell_is_told_with_what_was_taken(changes, fault):
    row = meyer().replace("PRC", '"PRC;PRC"') if changes == {"PRC": "PRC;PRC"} else meyer(**changes)

    assert told(read_cordis(files(row))) == [("organization.csv", 2, *fault)]


def test_an_organisation_twice_in_a_project_is_one_participation():
    data = read_cordis(files(meyer(rest="thirdParty;100,25;true"), meyer(rest="coordinator;50;false")))

    assert (data.participation_rows, data.participations, told(data)) == (
        2,
        (CordisParticipation("10", "7", "coordinator", Decimal("150.25"), False),),
        [("organization.csv", 3, "organisationID", "cordis.twice_in_project", "7", "coordinator")],
    )


def test_an_organisation_with_differing_rows_gets_what_most_rows_say():
    second = "20;DEF;B;2020-01-01;;;HORIZON;;"
    third = "30;GHI;C;2020-01-01;;;HORIZON;;"
    rows = (meyer(Kiel="Kyel"), "20" + meyer()[2:], "30" + meyer()[2:].replace("PRC", "HES"))

    data = read_cordis(files(*rows, projects=(second, third)))

    assert [(o.city, o.kind_code) for o in data.organisations] == [("Kiel", "PRC")]
    assert told(data) == [
        ("organization.csv", 2, "city", "cordis.differs", "Kyel", "Kiel"),
        ("organization.csv", 4, "activityType", "cordis.differs", "HES", "PRC"),
    ]


def test_dangling_rows_are_told_and_not_used():
    topics = "projectID;topic;title\n99;T-9;Nothing"
    data = read_cordis(files(meyer(), "99" + meyer("8")[2:], meyer(""), topics=topics))

    assert ([o.reference for o in data.organisations], data.participation_rows, data.topic_titles) == (
        ["7"],
        1,
        {},
    )
    assert told(data) == [
        ("organization.csv", 3, "projectID", "cordis.unknown_project", "99", ""),
        ("organization.csv", 4, "organisationID", "cordis.no_reference", "", ""),
        ("topics.csv", 2, "projectID", "cordis.unknown_project", "99", ""),
    ]


def test_a_project_that_stands_twice_is_used_once():
    data = read_cordis(files(meyer(), projects=("10;XYZ;Other;bald;;;;;",)))

    assert ([p.acronym for p in data.projects], told(data)) == (
        ["ABC"],
        [("project.csv", 3, "id", "cordis.project_twice", "10", "")],
    )


@pytest.mark.parametrize(
    ("given", "code", "params"),
    [
        ({}, "import.not_cordis", {}),
        ({"members.csv": b"Name\nA"}, "import.not_cordis", {}),
        ({"project.csv": b"id\n1"}, "import.missing_file", {"file": "organization.csv"}),
        ({"projects.xlsx": b""}, "import.missing_file", {"file": "participants.xlsx"}),
        (
            {
                **files(meyer()),
                "organization.csv": f"{ORGANISATION.replace('role', 'roll')}\n{meyer()}".encode(),
            },
            "import.missing_column",
            {"file": "organization.csv", "column": "role"},
        ),
    ],
)
def test_what_is_missing_is_named(given, code, params):
    with pytest.raises(ImportRefused) as refusal:
        read_cordis(given)

    assert (refusal.value.code, refusal.value.params) == (code, params)


def test_an_empty_table_that_is_not_needed_is_no_fault():
    assert read_cordis(files(meyer(), topics="projectID;topic;title")).topic_titles == {}


# The public files. Counted here a second time, without any of our code.


def ecsel_rows(shared_data, name: str) -> list[dict]:
    sheet = openpyxl.load_workbook(shared_data / "cordis-ecsel" / name, read_only=True).worksheets[0]
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def ecsel(shared_data):
    return read_cordis_folder(shared_data / "cordis-ecsel")


def test_ecsel_is_complete(ecsel):
    assert (
        len(ecsel.projects),
        len(ecsel.organisations),
        ecsel.participation_rows,
        len(ecsel.participations),
    ) == (
        96,
        1474,
        3379,
        3378,
    )


def test_every_cleaning_of_ecsel_is_told(ecsel):
    assert Counter((fault.column, fault.code) for fault in ecsel.faults) == {
        ("country", "cordis.country_code"): 40,
        ("country", "cordis.repeated_value"): 2,
        ("activityType", "cordis.repeated_value"): 2,
        ("organisationID", "cordis.twice_in_project"): 1,
        ("organizationURL", "cordis.first_of_several"): 5,
    }


def test_the_organisation_that_stands_twice_in_one_ecsel_project(ecsel):
    (twice,) = [fault for fault in ecsel.faults if fault.code == "cordis.twice_in_project"]
    (tie,) = [
        p
        for p in ecsel.participations
        if (p.project_reference, p.organisation_reference) == ("737459", "998387051")
    ]

    assert (twice.row, twice.value, tie.role, tie.contribution) == (
        186,
        "998387051",
        "participant",
        Decimal("21576.45"),
    )


def test_ecsel_participations_by_country_equal_a_direct_count(ecsel, shared_data):
    codes = {"EL": "GR", "UK": "GB", "FI;FI": "FI"}
    rows = ecsel_rows(shared_data, "participants.xlsx")
    pairs = {
        (row["projectID"], row["organisationID"]): codes.get(row["country"], row["country"]) for row in rows
    }
    country = {o.reference: o.country for o in ecsel.organisations}

    assert Counter(country[p.organisation_reference] for p in ecsel.participations) == Counter(pairs.values())


def test_ecsel_money_is_all_there(ecsel, shared_data):
    rows = ecsel_rows(shared_data, "participants.xlsx")

    assert sum(p.contribution for p in ecsel.participations) == sum(
        Decimal(repr(row["ecContribution"])) for row in rows
    )


def test_ecsel_projects_equal_their_rows(ecsel, shared_data):
    rows = ecsel_rows(shared_data, "projects.xlsx")

    assert [
        (p.reference, p.acronym, p.start.isoformat(), p.total_cost, p.programme) for p in ecsel.projects
    ] == [
        (
            str(int(row["projectID"])),
            row["acronym"],
            row["startDate"],
            Decimal(repr(row["totalCost"])),
            row["fundingScheme"],
        )
        for row in rows
    ]


@pytest.fixture(scope="module")
def horizon(shared_data):
    return read_cordis_folder(shared_data / "cordis-horizon-europe")


def horizon_rows(shared_data, table: str) -> list[dict]:
    text = (shared_data / "cordis-horizon-europe" / f"{table}_df_100.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_official_tables_are_complete(horizon, shared_data):
    rows = horizon_rows(shared_data, "organization")

    assert (
        len(horizon.projects),
        {o.reference for o in horizon.organisations},
        horizon.participation_rows,
        Counter(p.role for p in horizon.participations),
        len(horizon.sciences),
        len(horizon.legal_bases),
        len(horizon.topic_titles),
    ) == (
        100,
        {row["organisationID"] for row in rows},
        100,
        Counter(row["role"] for row in rows),
        100,
        100,
        42,
    )


def test_the_official_tables_are_clean_but_for_the_two_country_codes(horizon, shared_data):
    expected = sum(row["country"] in ("EL", "UK") for row in horizon_rows(shared_data, "organization"))

    assert Counter(fault.code for fault in horizon.faults) == {"cordis.country_code": expected}


def test_the_official_organisations_have_their_places(horizon, shared_data):
    rows = {row["organisationID"]: row for row in horizon_rows(shared_data, "organization")}

    assert {o.reference: f"{o.latitude!r},{o.longitude!r}" for o in horizon.organisations if o.latitude} == {
        reference: ",".join(repr(float(part)) for part in row["geolocation"].split(","))
        for reference, row in rows.items()
        if row["geolocation"]
    }


def test_the_official_delimiter_gives_the_same(horizon, shared_data):
    def semicolons(table: str) -> bytes:
        rows = horizon_rows(shared_data, table)
        target = io.StringIO()
        writer = csv.DictWriter(target, list(rows[0]), delimiter=";", quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(rows)
        return target.getvalue().encode("utf-8-sig")

    tables = ("project", "organization", "euroSciVoc", "topics", "legalBasis")
    data = read_cordis({f"{table}.csv": semicolons(table) for table in tables})

    assert (data.projects, data.organisations, data.participations, data.sciences) == (
        horizon.projects,
        horizon.organisations,
        horizon.participations,
        horizon.sciences,
    )
