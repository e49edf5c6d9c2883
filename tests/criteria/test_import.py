"""Own criteria come in from a list all at once or not at all."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kontor.criteria import importing, services
from kontor.criteria.models import Criterion
from kontor.criteria.problems import CriteriaError
from kontor.criteria.queries import catalogue_of
from kontor.imports.refused import ImportRefused
from tests.criteria.factories import CatalogueFactory, CriterionFactory

HEADINGS = (
    "Familie;Name deutsch;Name englisch;Frage deutsch;Skala;Skala von;Skala bis;Richtung;Quelle;K.-o. unter"
)


@pytest.fixture
def catalogue(cluster):
    return CatalogueFactory(cluster=cluster)


def staged(catalogue, *lines, headings=HEADINGS):
    data = "\n".join((headings, *lines)).encode()
    return importing.stage(catalogue=catalogue, user=None, file_name="kriterien.csv", data=data)


def faults(batch):
    found = importing.plan(batch).faults
    return [(fault.row, fault.column_letter, fault.column, fault.code, fault.value) for fault in found]


def test_a_clean_list_is_written_as_it_stands(catalogue):
    batch = staged(
        catalogue,
        "Branche und Markt;Preise;Prices;Was kostet es dort?;Zahl;0;100;weniger;countries.distance;",
        ";Vertrauen;;;;;;;;2",
    )

    importing.carry_out(batch=batch)

    prices, trust = Criterion.objects.order_by("family", "pk").reverse()
    assert (prices.family, prices.code, prices.name.data, prices.scale, prices.scale_high) == (
        "sector",
        "prices",
        {"de": "Preise", "en": "Prices"},
        "number",
        100,
    )
    assert (prices.is_benefit, prices.source, prices.meaning.data) == (
        False,
        "countries.distance",
        {"de": "Was kostet es dort?"},
    )
    assert (trust.family, trust.scale, trust.knock_out_below, trust.scale_high) == ("own", "points", 2, 5)


def test_new_criteria_come_last_in_their_family_in_the_order_of_the_list(catalogue):
    CriterionFactory(catalogue=catalogue, family="own", position=4)

    importing.carry_out(batch=staged(catalogue, ";Erstes;;;;;;;;", ";Zweites;;;;;;;;"))

    rows = Criterion.objects.filter(imported_in__isnull=False).order_by("position")
    assert [(each.position, str(each.name)) for each in rows] == [(5, "Erstes"), (6, "Zweites")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Nichts;Name;;;;;;;;", (2, "A", "Familie", "field.choice", "Nichts")),
        (";Name;;;Sterne;;;;;", (2, "E", "Skala", "field.choice", "Sterne")),
        (";Name;;;Zahl;viel;;;;", (2, "F", "Skala von", "field.number", "viel")),
        (";Name;;;Zahl;5;1;;;", (2, "F", "Skala von", "criterion.ends_reversed", "5")),
        (";Name;;;Prozent;;120;;;", (2, "F", "Skala von", "criterion.ends_outside", "")),
        (";Name;;;;;;;Orakel;", (2, "I", "Quelle", "criterion.source_unknown", "Orakel")),
        (";Name;;;;;;;;9", (2, "J", "K.-o. unter", "criterion.knock_out_outside", "9")),
        ("Ergänzung;;;Frage ohne Name?;;;;;;", (2, "B", "Name deutsch", "criterion.no_name", "")),
    ],
)
def test_every_fault_has_its_row_and_column(catalogue, line, expected):
    assert faults(staged(catalogue, line)) == [expected]


def test_a_faulty_row_stops_the_whole_import(catalogue):
    batch = staged(catalogue, ";Gut;;;;;;;;", ";Schlecht;;;Zahl;5;1;;;")

    with pytest.raises(CriteriaError, match=r"^criteria_import\.has_faults$"):
        importing.carry_out(batch=batch)

    assert Criterion.objects.count() == 0


def test_a_list_without_names_is_told_once_at_its_head(catalogue):
    batch = staged(catalogue, "Was?;5", "Wie?;6", headings="Frage;Skala bis")

    assert [fault[:1] + fault[3:4] for fault in faults(batch)] == [(1, "field.no_column")]


def test_names_that_are_there_already_are_left_out(catalogue):
    CriterionFactory(catalogue=catalogue, name={"de": "Räumliche Nähe", "en": "Proximity"})
    batch = staged(
        catalogue, ";RAEUMLICHE NÄHE;;;;;;;;", ";;proximity;;;;;;;", ";Neu;;;;;;;;", ";neu;;;;;;;;"
    )

    plan = importing.plan(batch)

    assert (plan.known, [each.row for each in plan.ready]) == ((2, 3, 5), [4])


def test_a_list_with_nothing_new_is_not_written(catalogue):
    CriterionFactory(catalogue=catalogue, name={"de": "Nähe"})

    with pytest.raises(CriteriaError, match=r"^criteria_import\.nothing_to_write$"):
        importing.carry_out(batch=staged(catalogue, ";Nähe;;;;;;;;"))


def test_a_list_is_written_once(catalogue):
    batch = staged(catalogue, ";Nähe;;;;;;;;")
    importing.carry_out(batch=batch)

    with pytest.raises(CriteriaError, match=r"^criteria_import\.not_staged$"):
        importing.carry_out(batch=batch)


def test_an_import_is_taken_back_but_for_what_was_changed_since(catalogue):
    batch = importing.carry_out(batch=staged(catalogue, ";Eins;;;;;;;;", ";Zwei;;;;;;;;"))
    services.update_criterion(
        criterion=Criterion.objects.get(code="eins"), expected_version=1, meaning={"de": "Wie?"}
    )

    batch = importing.take_back(batch=batch)

    assert (batch.report["removed"], batch.report["kept"]) == (1, 1)
    assert [each.code for each in Criterion.objects.all()] == ["eins"]


def test_an_import_is_taken_back_once(catalogue):
    batch = importing.take_back(batch=importing.carry_out(batch=staged(catalogue, ";Eins;;;;;;;;")))

    with pytest.raises(CriteriaError, match=r"^criteria_import\.not_done$"):
        importing.take_back(batch=batch)


def test_a_taken_back_import_leaves_versions_as_they_are(catalogue):
    batch = importing.carry_out(batch=staged(catalogue, ";Eins;;;;;;;;"))
    version = services.publish_version(catalogue=catalogue)

    importing.take_back(batch=batch)

    version.refresh_from_db()
    assert version.codes == ["eins"]


def test_another_column_can_be_chosen(catalogue):
    batch = staged(catalogue, "Nähe;5", headings="Überschrift;Skala bis")

    batch = importing.choose(batch=batch, mapping={"name_de": 0, "nonsense": 1, "name_en": 9})

    assert (batch.staged["mapping"], importing.plan(batch).can_run) == ({"name_de": 0}, True)


def test_the_plan_asks_the_same_queries_for_any_number(catalogue, django_assert_num_queries):
    for number in (1, 30):
        batch = staged(catalogue, *(f";Name {n};;;;;;;;" for n in range(number)))
        with django_assert_num_queries(1):
            importing.plan(batch)


def test_a_file_that_is_no_table_is_refused(catalogue):
    with pytest.raises(ImportRefused):
        importing.stage(catalogue=catalogue, user=None, file_name="x.xlsx", data=b"PK\x03\x04nonsense")


def url(name, cluster, argument="partners"):
    return reverse(f"criteria:{name}", args=[cluster.slug, argument])


def upload(client, cluster, name, content):
    return client.post(url("import", cluster), {"file": SimpleUploadedFile(name, content)})


def test_the_whole_way_from_file_to_taking_back(cluster, manager_client):
    response = upload(manager_client, cluster, "k.csv", f"{HEADINGS}\n;Nähe;;;;;;;;".encode())
    batch = catalogue_of(cluster).imports.get()
    preview = manager_client.get(response.url)
    manager_client.post(url("import-run", cluster, batch.pk))
    written = Criterion.objects.count()

    manager_client.post(url("import-undo", cluster, batch.pk))

    assert (preview.context["plan"].can_run, written, Criterion.objects.count()) == (True, 1, 0)
    assert "Write 1 criterion" in preview.content.decode()


def test_the_preview_says_what_is_wrong_in_a_sentence(cluster, manager_client):
    response = upload(manager_client, cluster, "k.csv", f"{HEADINGS}\n;Nähe;;;Zahl;5;1;;;".encode())

    shown = manager_client.get(response.url).context["faults"]

    assert [sentence for _fault, sentence in shown] == [
        "The lower end of the scale must be below the upper one."
    ]


def test_running_a_faulty_list_shows_it_again(cluster, manager_client):
    response = upload(manager_client, cluster, "k.csv", f"{HEADINGS}\n;Nähe;;;Zahl;5;1;;;".encode())
    batch = catalogue_of(cluster).imports.get()

    response = manager_client.post(url("import-run", cluster, batch.pk))

    assert (response.status_code, Criterion.objects.count()) == (422, 0)


def test_running_twice_is_answered_in_a_sentence(cluster, manager_client):
    upload(manager_client, cluster, "k.csv", f"{HEADINGS}\n;Nähe;;;;;;;;".encode())
    batch = catalogue_of(cluster).imports.get()

    statuses = [manager_client.post(url("import-run", cluster, batch.pk)).status_code for _ in range(2)]

    assert (statuses, Criterion.objects.count()) == ([302, 409], 1)


def test_a_file_that_cannot_be_read_is_told_beside_the_field(cluster, manager_client):
    response = upload(manager_client, cluster, "k.xlsx", b"PK\x03\x04nonsense")

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["file"])


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_template_is_taken_back_as_it_is(cluster, manager_client, language):
    headers = {"accept-language": language}
    template = manager_client.get(url("import-template", cluster), headers=headers).content

    upload(manager_client, cluster, "vorlage.xlsx", template)

    plan = importing.plan(catalogue_of(cluster).imports.get())
    head = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(template)).active[1]]
    assert (len(plan.mapping), len(plan.ready), plan.faults) == (len(head), 1, ())


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_an_exported_catalogue_goes_into_another_cluster_whole(cluster, manager_client, form):
    services.load_reference(cluster=cluster)
    content = manager_client.get(url(f"export-{form}", cluster)).content
    Criterion.objects.all().delete()

    upload(manager_client, cluster, f"k.{form}", content)
    batch = catalogue_of(cluster).imports.get()
    manager_client.post(url("import-run", cluster, batch.pk))
    again = services.load_reference(cluster=cluster)

    imported = {each.code: each for each in Criterion.objects.filter(reference_code="")}
    wrong = [
        each.reference_code
        for each in Criterion.objects.exclude(reference_code="")
        if not _same(each, imported.get(_english(each)))
    ]
    assert (len(imported), again, wrong) == (69, 69, [])


def _english(criterion):
    from kontor.criteria.services.keeping import code_for

    return code_for(criterion.name)


def _same(one, other):
    names = (
        "family",
        "name",
        "meaning",
        "evidence",
        "scale",
        "unit",
        "scale_low",
        "scale_high",
        "is_benefit",
    )
    names += ("anchor_1", "anchor_3", "anchor_5", "source", "knock_out_below", "knock_out_above")
    return other is not None and all(getattr(one, name) == getattr(other, name) for name in names)
