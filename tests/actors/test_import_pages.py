"""The assistant as people use it: pages, refusals, decisions, the way back."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from kontor.accounts.models import RoleKind
from kontor.actors.imports_members import MEMBER_FIELDS, guessed_mapping
from kontor.actors.imports_template import template_csv, template_xlsx
from kontor.actors.models import ImportBatch, Membership, Organisation, OrganisationCompetence, Person
from kontor.imports.table import read_table
from tests.actors.importing import HEADERS, KIEL, LUND, as_csv, staged
from tests.factories import ClusterFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def address(name: str, cluster, *args: object) -> str:
    return reverse(f"actors:{name}", args=[cluster.slug, *args])


def send(client, cluster, data: bytes, name: str):
    file = SimpleUploadedFile(name, data)
    return client.post(address("import-members", cluster), {"file": file})


def carry_out(client, batch: ImportBatch, **choices: str):
    data = {"do": "carry_out", **choices}
    return client.post(address("import-preview", batch.cluster, batch.pk), data)


def test_a_list_goes_from_file_to_directory_in_three_steps(manager_client, cluster):
    response = send(manager_client, cluster, as_csv(KIEL, LUND), "mitglieder.csv")
    batch = ImportBatch.objects.get()
    assert response.url == address("import-columns", cluster, batch.pk)
    chosen = {f"column-{index}": name for name, index in batch.staged["mapping"].items()}

    response = manager_client.post(response.url, chosen)
    assert response.url == address("import-preview", cluster, batch.pk)
    response = carry_out(manager_client, batch)

    assert response.url == address("import-result", cluster, batch.pk)
    found = Organisation.objects.values_list("name", "kind", "founded", "country", "city", "website")
    assert list(found) == [
        ("Lunds universitet", "university", None, "SE", "Lund", ""),
        ("Sensorwerk Kiel GmbH", "sme", 1998, "DE", "Kiel", "https://www.sensorwerk.example"),
    ]
    assert list(Membership.objects.order_by("valid_from").values_list("valid_from", "valid_to")) == [
        (date(2019, 1, 1), None),
        (date(2021, 3, 1), None),
    ]
    assert list(OrganisationCompetence.objects.values_list("competence__code", "level")) == [("own.optik", 4)]


@pytest.mark.parametrize("step", ["import-columns", "import-preview"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_each_step_can_be_left_and_taken_up_again(manager_client, cluster, step, language):
    batch = staged(cluster, KIEL, LUND)
    manager_client.cookies["django_language"] = language

    assert manager_client.get(address(step, cluster, batch.pk)).status_code == 200


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "leer.xlsx"),
        (b"%PDF-1.7 nothing but a document", "mitglieder.xlsx"),
        (b"PK\x03\x04 torn off", "mitglieder.xlsx"),
        (b"\x00\x01\x02\x03" * 400, "mitglieder.csv"),
        (b"<!DOCTYPE html><html><body>Seite</body></html>", "mitglieder.xls"),
        (b"Name;Ort\r\n", "mitglieder.csv"),
        (b"Name;Ort\r\n" + b"Firma;Kiel\r\n" * 200_000, "mitglieder.csv"),
    ],
)
def test_a_hostile_or_broken_file_is_refused_in_words_and_leaves_nothing(manager_client, cluster, data, name):
    response = send(manager_client, cluster, data, name)

    assert (response.status_code, ImportBatch.objects.count(), Organisation.objects.count()) == (422, 0, 0)
    assert b"error-summary" in response.content or b"faulty" in response.content


def test_a_zip_bomb_is_refused(manager_client, cluster):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<Types/>")
        bomb.writestr("xl/workbook.xml", b" " * 150_000_000)

    response = send(manager_client, cluster, file.getvalue(), "mitglieder.xlsx")

    assert (response.status_code, ImportBatch.objects.count()) == (422, 0)


def test_a_formula_in_a_name_stays_a_text(manager_client, cluster):
    batch = staged(cluster, ("=HYPERLINK(1)", "KMU", "", "", "", "", "", ""))

    carry_out(manager_client, batch)

    assert Organisation.objects.get().name == "=HYPERLINK(1)"


def filled_template(*rows: dict[str, str]) -> bytes:
    """Return the German template with rows below its example."""
    with translation.override("de"):
        book = openpyxl.load_workbook(io.BytesIO(template_xlsx()))
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append([row.get(field.name, "") for field in MEMBER_FIELDS])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


GOOD = {"name": "Fördetechnik GmbH", "kind": "KMU", "city": "Kiel"}
THREE_FAULTS = (
    GOOD,
    {"name": "Ostseelabor GmbH", "founded": "neunzehnhundert"},
    {"name": "Trave Photonik GmbH", "country": "Atlantis"},
    {"name": "Alsterfunk GmbH", "email": "eva(at)alsterfunk.example", "family_name": "Größmann"},
)


@pytest.fixture
def faulty_batch(manager_client, cluster) -> ImportBatch:
    send(manager_client, cluster, filled_template(*THREE_FAULTS), "vorlage.xlsx")
    return ImportBatch.objects.get()


def test_three_planted_faults_are_named_by_row_and_column(manager_client, cluster, faulty_batch):
    response = manager_client.get(address("import-preview", cluster, faulty_batch.pk))

    found = [
        (line.fault.row, line.fault.column_letter, line.fault.code) for line in response.context["faults"]
    ]
    assert found == [(4, "D", "field.year"), (5, "E", "field.country"), (6, "X", "field.email")]


def test_faulty_rows_stop_the_whole_import(manager_client, faulty_batch):
    response = carry_out(manager_client, faulty_batch)

    assert (response.status_code, Organisation.objects.count()) == (422, 0)


def test_faulty_rows_are_left_out_only_on_request_and_come_back_as_a_workbook(
    manager_client, cluster, faulty_batch
):
    carry_out(manager_client, faulty_batch, leave_out_faulty="on")

    assert list(Organisation.objects.values_list("name", flat=True)) == ["Fördetechnik GmbH"]
    response = manager_client.get(address("import-left-out", cluster, faulty_batch.pk))
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        "Ostseelabor GmbH",
        "Trave Photonik GmbH",
        "Alsterfunk GmbH",
    ]


@pytest.mark.parametrize("written", ["de", "en"])
@pytest.mark.parametrize("read", ["de", "en"])
@pytest.mark.parametrize("make", [template_csv, template_xlsx])
def test_every_column_of_the_template_is_recognised_in_both_languages(written, read, make):
    with translation.override(written):
        data = make()
    with translation.override(read):
        table = read_table(data, "vorlage")
        mapping = guessed_mapping(table.headers)

    assert mapping == {field.name: index for index, field in enumerate(MEMBER_FIELDS)}


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_example_row_of_the_template_is_readable_and_never_imported(manager_client, cluster, language):
    with translation.override(language):
        send(manager_client, cluster, template_csv(), "vorlage.csv")
    batch = ImportBatch.objects.get()

    response = carry_out(manager_client, batch)

    assert (response.status_code, Organisation.objects.count()) == (422, 0)
    assert (response.context["faults"], response.context["examination"].has_example) == ([], True)


def test_two_columns_cannot_be_the_same_field(manager_client, cluster):
    batch = staged(cluster, KIEL)

    response = manager_client.post(
        address("import-columns", cluster, batch.pk), {"column-0": "name", "column-1": "name"}
    )

    assert response.status_code == 422


def test_without_a_column_for_the_name_nothing_is_written(manager_client, cluster):
    batch = staged(cluster, KIEL)
    manager_client.post(address("import-columns", cluster, batch.pk), {"column-4": "city"})

    response = carry_out(manager_client, batch)

    assert (response.status_code, Organisation.objects.count()) == (422, 0)


def test_an_open_question_stops_the_import_and_an_answer_lets_it_go_on(manager_client, cluster):
    known = OrganisationFactory(cluster=cluster, name="Sensorwerk Kiel GmbH", city="Kiel", country="DE")
    batch = staged(cluster, KIEL, LUND)

    assert carry_out(manager_client, batch).status_code == 422
    assert carry_out(manager_client, batch, **{"choice-2": f"o{known.pk}"}).status_code == 302

    known.refresh_from_db()
    assert (Organisation.objects.count(), known.founded, known.version) == (2, 1998, 2)


def test_one_click_answers_all_questions_of_the_same_name(manager_client, cluster):
    known = OrganisationFactory(cluster=cluster, name="Sensorwerk Kiel GmbH", city="Kiel", country="DE")
    batch = staged(cluster, KIEL)

    manager_client.post(address("import-preview", cluster, batch.pk), {"do": "all_same"})

    batch.refresh_from_db()
    assert batch.staged["choices"] == {"2": f"o{known.pk}"}


def test_the_undo_button_takes_everything_back(manager_client, cluster):
    batch = staged(cluster, KIEL, LUND)
    carry_out(manager_client, batch)

    response = manager_client.post(address("import-undo", cluster, batch.pk))

    batch.refresh_from_db()
    assert (response.status_code, batch.state) == (302, "undone")
    assert (Organisation.objects.count(), Membership.objects.count(), Person.objects.count()) == (0, 0, 0)


def test_the_undo_button_names_what_stands_against_it(manager_client, cluster):
    batch = staged(cluster, KIEL)
    carry_out(manager_client, batch)
    Organisation.objects.update(city="Lübeck", version=2)

    response = manager_client.post(address("import-undo", cluster, batch.pk))

    assert (response.status_code, Organisation.objects.count()) == (409, 1)
    assert "Sensorwerk Kiel GmbH" in response.context["problem"]


def test_a_prepared_import_can_be_discarded(manager_client, cluster):
    batch = staged(cluster, KIEL)

    manager_client.post(address("import-discard", cluster, batch.pk))

    assert ImportBatch.objects.count() == 0


@pytest.mark.parametrize("kind", [RoleKind.BOARD, RoleKind.MEMBER, RoleKind.PARTNER, RoleKind.FUNDER])
def test_only_the_management_imports(client_of, key_to, cluster, kind):
    client = client_of(key_to(kind))

    assert client.get(address("import-list", cluster)).status_code == 403


def test_an_import_of_another_cluster_does_not_exist(manager_client, cluster):
    batch = staged(ClusterFactory(), KIEL)

    assert manager_client.get(address("import-result", cluster, batch.pk)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_imports_asks_the_same_queries_for_any_number(
    manager_client, cluster, count, django_assert_num_queries
):
    for _number in range(count):
        staged(cluster, KIEL)
    url = address("import-list", cluster)
    manager_client.get(url)

    with django_assert_num_queries(7):
        response = manager_client.get(url)

    assert len(response.context["page"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_asks_the_same_queries_for_any_number(
    manager_client, cluster, count, django_assert_num_queries
):
    rows = [(f"{name} GmbH", "KMU", "", "", "Kiel", "", "", "Optik") for name in ("Ahorn", "Birke", "Zeder")]
    for row in rows[:count]:
        OrganisationFactory(cluster=cluster, name=row[0], city="Kiel", country="DE")
    url = address("import-preview", cluster, staged(cluster, *rows[:count]).pk)
    manager_client.get(url)

    with django_assert_num_queries(7):
        manager_client.get(url)


@pytest.mark.parametrize("file_format", ["xlsx", "csv"])
def test_the_history_can_be_downloaded(manager_client, cluster, file_format):
    staged(cluster, KIEL)

    assert manager_client.get(address("import-list-export", cluster, file_format)).status_code == 200


def test_headers_are_the_house_s_own(cluster):
    assert len(staged(cluster, KIEL).staged["mapping"]) == len(HEADERS)
