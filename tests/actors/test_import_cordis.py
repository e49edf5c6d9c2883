"""CORDIS: every row accounted for, nothing guessed, nothing twice."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kontor.actors.models import (
    Competence,
    ImportBatch,
    JointProject,
    Membership,
    Organisation,
    OrganisationCompetence,
    Participation,
)
from kontor.actors.services.importing import import_cordis_folder, undo_import
from kontor.imports.refused import ImportRefused
from kontor.jobs.models import Job
from kontor.jobs.worker import run_waiting
from tests.factories import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

PROJECTS = """projectID,acronym,title,startDate,totalCost,fundingScheme,objective
100,FERN,Far fields,2021-06-01,1000000.5,RIA,To see
200,NAH,Near fields,2022-01-01,500000,IA,To touch
"""
PARTICIPANTS = """\
projectID,organisationID,name,shortName,activityType,country,organizationURL,role,ecContribution,SME
100,901,SENSORWERK KIEL GMBH,SWK,PRC,DE,,coordinator,100.5,true
100,902,LUNDS UNIVERSITET,LU,HES,SE,,participant,200,
100,903,ATHENA INSTITUTE,,REC;REC,EL,,thirdParty,,
200,901,SENSORWERK KIEL GMBH,SWK,PRC,DE,,participant,50,true
200,901,SENSORWERK KIEL GMBH,SWK,PRC,DE,,thirdParty,25,true
200,904,GROSSWERK AG,,PRC,AT,,coordinator,10,false
200,905,UNKLAR SRL,,PRC,IT,,associatedPartner,0,
"""
SCIENCES = """projectID,euroSciVocCode,euroSciVocPath,euroSciVocTitle
100,/23/43/251,/natural sciences/physical sciences/optics,optics
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a small export with all the usual dirt."""
    (tmp_path / "projects.csv").write_text(PROJECTS)
    (tmp_path / "participants.csv").write_text(PARTICIPANTS)
    (tmp_path / "euroSciVoc.csv").write_text(SCIENCES)
    return tmp_path


def totals() -> tuple[int, ...]:
    models = (JointProject, Organisation, Participation, Membership, Competence)
    return tuple(model.objects.count() for model in models)


def test_an_export_becomes_projects_organisations_and_participations(cluster, folder):
    batch = import_cordis_folder(cluster, folder, "DE")

    assert totals() == (2, 5, 6, 1, 3)
    assert (batch.report["participation_rows"], batch.report["participations"]) == (7, 6)


def test_a_company_of_unknown_size_is_only_a_company(cluster, folder):
    import_cordis_folder(cluster, folder)

    found = dict(Organisation.objects.values_list("reference", "kind"))
    assert found == {"901": "sme", "902": "university", "903": "research", "904": "large", "905": "company"}


def test_roles_and_money_are_those_of_the_source(cluster, folder):
    import_cordis_folder(cluster, folder)

    found = Participation.objects.order_by("project__reference", "organisation__reference")
    assert list(found.values_list("role", "contribution")) == [
        ("coordinator", Decimal("100.50")),
        ("participant", Decimal(200)),
        ("third_party", None),
        ("participant", Decimal(75)),
        ("coordinator", Decimal(10)),
        ("associated", Decimal(0)),
    ]


def test_every_cleaned_cell_is_listed_with_file_row_and_column(cluster, folder):
    report = import_cordis_folder(cluster, folder).report

    found = [(f["file"], f["row"], f["column"], f["value"], f["taken"]) for f in report["faults"]]
    assert sorted(found) == [
        ("participants.csv", 4, "activityType", "REC;REC", "REC"),
        ("participants.csv", 4, "country", "EL", "GR"),
        ("participants.csv", 6, "organisationID", "901", "participant"),
    ]


def test_fields_of_science_become_a_tree_and_nobody_gets_a_level(cluster, folder):
    import_cordis_folder(cluster, folder)

    found = Competence.objects.values_list("code", "parent__code", "source")
    assert list(found) == [
        ("/23", None, "euroscivoc"),
        ("/23/43", "/23", "euroscivoc"),
        ("/23/43/251", "/23/43", "euroscivoc"),
    ]
    assert OrganisationCompetence.objects.count() == 0


def test_a_second_import_adds_nothing(cluster, folder):
    import_cordis_folder(cluster, folder, "DE")
    before = totals()

    again = import_cordis_folder(cluster, folder, "DE")

    assert (totals(), again.report["created"], again.report["altered"]) == (before, {}, {})


def test_a_newer_export_updates_projects_and_fills_gaps_but_keeps_what_people_corrected(cluster, folder):
    import_cordis_folder(cluster, folder)
    Organisation.objects.filter(reference="902").update(name="Universität Lund", short_name="")
    newer = PARTICIPANTS.replace("participant,200", "coordinator,250")
    (folder / "participants.csv").write_text(newer)

    import_cordis_folder(cluster, folder)

    lund = Organisation.objects.get(reference="902")
    took_part = lund.participations.get()
    assert (lund.name, lund.short_name) == ("Universität Lund", "LU")
    assert (took_part.role, took_part.contribution) == ("coordinator", 250)


def test_an_import_of_projects_can_be_taken_back(cluster, folder):
    undo_import(batch=import_cordis_folder(cluster, folder, "DE"))

    assert totals() == (0, 0, 0, 0, 0)


def test_members_can_be_named_in_a_file(cluster, folder, tmp_path):
    names = tmp_path / "mitglieder.txt"
    names.write_text("Lunds Universitet\n904\n")

    import_cordis_folder(cluster, folder, members_file=names)

    found = Membership.objects.order_by("organisation__reference")
    assert list(found.values_list("organisation__reference", flat=True)) == ["902", "904"]


def test_a_name_that_fits_nobody_stops_the_import(cluster, folder, tmp_path):
    names = tmp_path / "mitglieder.txt"
    names.write_text("SWK\n")

    with pytest.raises(ImportRefused, match=r"import\.members_not_found"):
        import_cordis_folder(cluster, folder, members_file=names)

    assert totals() == (0, 0, 0, 0, 0)


def test_a_folder_without_an_export_is_refused(cluster, tmp_path):
    with pytest.raises(ImportRefused):
        import_cordis_folder(cluster, tmp_path)


def test_a_long_title_is_shortened_and_reported(cluster, folder):
    (folder / "projects.csv").write_text(PROJECTS.replace("Far fields", "Far " * 300))

    report = import_cordis_folder(cluster, folder).report

    assert [fault["code"] for fault in report["faults"]][-1] == "cordis.shortened"


# In the browser


def address(name: str, cluster, *args: object) -> str:
    return reverse(f"actors:{name}", args=[cluster.slug, *args])


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def send(client, cluster, folder: Path, *, zipped: bool = False):
    paths = [folder / name for name in ("projects.csv", "participants.csv", "euroSciVoc.csv")]
    uploads = [SimpleUploadedFile(path.name, path.read_bytes()) for path in paths]
    if zipped:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in paths:
                archive.write(path, f"export/{path.name}")
        uploads = [SimpleUploadedFile("export.zip", file.getvalue())]
    return client.post(address("import-cordis", cluster), {"tables": uploads})


@pytest.fixture
def read_batch(manager_client, cluster, folder) -> ImportBatch:
    send(manager_client, cluster, folder)
    run_waiting()
    return ImportBatch.objects.get()


@pytest.mark.parametrize("zipped", [True, False])
def test_files_are_read_by_a_job_and_members_chosen_afterwards(manager_client, cluster, folder, zipped):
    response = send(manager_client, cluster, folder, zipped=zipped)
    batch = ImportBatch.objects.get()
    assert response.url == address("import-cordis-members", cluster, batch.pk)
    assert b"hx-trigger" in manager_client.get(response.url).content
    run_waiting()
    assert [
        choice[0] for choice in manager_client.get(response.url).context["form"].fields["countries"].choices
    ] == [
        "DE",
        "SE",
        "GR",
        "AT",
        "IT",
    ]

    manager_client.post(response.url, {"do": "carry_out", "countries": ["DE", "AT"], "names": "902"})
    run_waiting()

    result = manager_client.get(address("import-result", cluster, batch.pk))
    assert (totals(), result.context["report"]["members"]) == ((2, 5, 6, 3, 3), 3)


def test_an_organisation_known_without_a_code_is_asked_about(manager_client, cluster, folder):
    known = OrganisationFactory(cluster=cluster, name="Sensorwerk Kiel GmbH", country="DE", city="")
    MembershipFactory(organisation=known)
    send(manager_client, cluster, folder)
    run_waiting()
    url = address("import-cordis-members", cluster, ImportBatch.objects.get().pk)

    assert manager_client.post(url, {"do": "carry_out"}).status_code == 422
    manager_client.post(url, {"do": "carry_out", "same-901": str(known.pk)})
    run_waiting()

    known.refresh_from_db()
    assert (known.reference, known.name, known.participations.count()) == ("901", "Sensorwerk Kiel GmbH", 2)
    assert Organisation.objects.count() == 5


def test_a_double_click_carries_out_once(manager_client, cluster, read_batch):
    url = address("import-cordis-members", cluster, read_batch.pk)

    manager_client.post(url, {"do": "carry_out"})
    manager_client.post(url, {"do": "carry_out"})
    run_waiting()

    assert (totals(), Job.objects.filter(kind="actors.carry_out_cordis").count()) == ((2, 5, 6, 0, 3), 1)


def test_a_broken_export_ends_in_a_sentence(manager_client, cluster, folder):
    (folder / "participants.csv").write_text("projectID,name\n1,X\n")
    send(manager_client, cluster, folder)

    run_waiting()

    batch = ImportBatch.objects.get()
    result = manager_client.get(address("import-result", cluster, batch.pk))
    assert (batch.state, bool(result.context["failure"]), totals()) == ("failed", True, (0, 0, 0, 0, 0))


@pytest.mark.parametrize(
    ("name", "data"), [("export.zip", b"PK\x03\x04 torn"), ("note.pdf", b"%PDF"), ("leer.csv", b"")]
)
def test_files_that_are_no_export_are_refused_at_once(manager_client, cluster, name, data):
    files = [SimpleUploadedFile(name, data)]

    response = manager_client.post(address("import-cordis", cluster), {"tables": files})

    assert (response.status_code, ImportBatch.objects.count(), Job.objects.count()) == (422, 0, 0)


def test_the_files_are_gone_once_the_import_is_done(manager_client, cluster, read_batch, settings):
    url = address("import-cordis-members", cluster, read_batch.pk)
    assert len(list(Path(settings.MEDIA_ROOT).rglob("*.csv"))) == 3

    manager_client.post(url, {"do": "carry_out"})
    run_waiting()

    assert list(Path(settings.MEDIA_ROOT).rglob("*.csv")) == []


# The complete ECSEL data set, against a direct count of its files


def test_ecsel_equals_a_direct_count_of_its_files(cluster, shared_data):
    folder = shared_data / "cordis-ecsel"
    sheet = openpyxl.load_workbook(folder / "participants.xlsx", read_only=True).active
    head, *rows = sheet.iter_rows(values_only=True)
    column = {name: index for index, name in enumerate(head)}
    pairs = {(row[column["projectID"]], row[column["organisationID"]]) for row in rows}
    austrian = {row[column["organisationID"]] for row in rows if row[column["country"]] == "AT"}

    report = import_cordis_folder(cluster, folder, "AT").report

    assert (report["projects"], report["organisations"]) == (96, 1474)
    assert (report["participation_rows"], report["participations"]) == (len(rows), len(pairs)) == (3379, 3378)
    assert totals() == (96, 1474, len(pairs), len(austrian), 0)
    named_twice = [fault for fault in report["faults"] if fault["code"] == "cordis.twice_in_project"]
    assert [(fault["file"], fault["value"]) for fault in named_twice] == [("participants.xlsx", "998387051")]


def test_the_official_tables_are_read_with_their_fields_of_science(cluster, shared_data):
    report = import_cordis_folder(cluster, shared_data / "cordis-horizon-europe", "DE").report

    assert (report["projects"], report["participations"], report["sciences"]) == (100, 100, 76)
