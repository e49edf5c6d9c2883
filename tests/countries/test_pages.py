"""The pages of the countries: who sees what, how many queries, lists, sheets, and the loader."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from kontor.accounts.models import RoleKind
from kontor.countries import services
from kontor.countries.models import IndicatorValue, RegionSheet, SheetEntry, SourceFile, Upload
from tests.countries import published
from tests.countries.factories import (
    CountryLinkFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    RegionSheetFactory,
    SheetEntryFactory,
)
from tests.countries.published import CODE, TOLD, written
from tests.factories import ClusterFactory

READERS = [RoleKind.BOARD, RoleKind.MEMBER, RoleKind.COORDINATOR, RoleKind.FUNDER]


def url(name, cluster, *args):
    return reverse(f"countries:{name}", args=[cluster.slug, *args])


@pytest.fixture
def sheet(cluster):
    return RegionSheetFactory(cluster=cluster)


@pytest.fixture
def entry(sheet):
    return SheetEntryFactory(sheet=sheet, rating=1)


def furnished(cluster, number):
    """Put `number` of everything into the cluster, about `number` countries."""
    for each in range(number):
        indicator = IndicatorFactory(cluster=cluster, code=f"XX.Y{each}")
        for country in ("DK", "SE", "FI")[:number]:
            for year in (2019, 2024):
                IndicatorValueFactory(indicator=indicator, country=country, year=year, value=each + 1.0)
    for country in ("DK", "SE", "FI")[:number]:
        CountryLinkFactory(cluster=cluster, country=country)
        sheet = RegionSheetFactory(cluster=cluster, country=country)
        SheetEntryFactory.create_batch(number, sheet=sheet, rating=1)


# Session, user, role, then what the page itself asks.
QUERIES = {
    **{"overview": 12, "sources": 8, "compare": 9, "country": 12, "sheet": 13, "indicator": 9},
    **{"export-csv": 10, "sources-csv": 4, "compare-xlsx": 8, "sheet-csv": 12},
}


@pytest.mark.parametrize("page", QUERIES)
@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_the_same_queries_for_any_number(
    cluster, manager_client, django_assert_num_queries, page, number
):
    furnished(cluster, number)
    sheet = RegionSheet.objects.filter(cluster=cluster, country="DK").get()
    arguments = {"country": ["DK"], "sheet": [sheet.pk], "sheet-csv": [sheet.pk]}
    indicator = IndicatorValue.objects.first().indicator
    arguments["indicator"] = [indicator.pk]
    address = url(page, cluster, *arguments.get(page, []))
    query = {"c": ["DK", "SE"]} if page.startswith("compare") else {}
    manager_client.get(address, query)  # content types are known from now on

    with django_assert_num_queries(QUERIES[page]):
        assert manager_client.get(address, query).status_code == 200


@pytest.mark.parametrize("page", ["overview", "sources", "load", "sheet-new", "compare"])
def test_every_page_opens_in_an_empty_cluster(cluster, manager_client, page):
    assert manager_client.get(url(page, cluster)).status_code == 200


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("page", ["overview", "sources"])
def test_readers_see_and_are_offered_nothing_to_change(cluster, client_of, key_to, kind, page):
    furnished(cluster, 1)
    SourceFile.objects.update(name="API.csv")

    response = client_of(key_to(kind)).get(url(page, cluster))

    offered = url("load", cluster).encode() in response.content or b"take-back" in response.content
    assert (response.status_code, offered) == (200, False)


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize(
    "page", ["load", "sheet-new", "sheet-edit", "entry-new", "entry-edit", "indicator-edit"]
)
def test_readers_change_nothing(cluster, client_of, key_to, entry, kind, page):
    indicator = IndicatorFactory(cluster=cluster)
    arguments = {
        **{"sheet-edit": [entry.sheet_id], "entry-new": [entry.sheet_id], "entry-edit": [entry.pk]},
        "indicator-edit": [indicator.pk],
    }

    assert client_of(key_to(kind)).get(url(page, cluster, *arguments.get(page, []))).status_code == 403


def test_a_partner_guest_sees_nothing(cluster, client_of, key_to):
    assert client_of(key_to(RoleKind.PARTNER)).get(url("overview", cluster)).status_code == 403


@pytest.mark.parametrize("country", ["dk", "QQ", "D", "DNK", "EU"])
def test_what_is_no_country_is_not_found(cluster, manager_client, country):
    assert manager_client.get(url("country", cluster, country)).status_code == 404


# ---- the list


def listed(client, cluster, **query):
    return [row.country for row in client.get(url("overview", cluster), query).context["page"]]


def test_countries_with_a_sheet_come_first_then_home_then_by_name(cluster, manager_client):
    for country in ("AT", "DE", "DK", "SE"):
        CountryLinkFactory(cluster=cluster, country=country)
    RegionSheetFactory(cluster=cluster, country="SE")

    assert listed(manager_client, cluster) == ["SE", "DE", "AT", "DK"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [("distance", ["DK", "SE", "AT"]), ("-distance", ["SE", "DK", "AT"]), ("name", ["AT", "DK", "SE"])],
)
def test_the_list_is_sorted_and_what_is_not_known_comes_last(cluster, manager_client, sort, order):
    CountryLinkFactory(cluster=cluster, country="DK", distance_km=500)
    CountryLinkFactory(cluster=cluster, country="SE", distance_km=900)
    IndicatorValueFactory(indicator__cluster=cluster, country="AT")

    assert listed(manager_client, cluster, sort=sort) == order


def test_the_list_is_sorted_by_the_figure_that_is_shown(cluster, manager_client):
    first, second = (IndicatorFactory(cluster=cluster) for _ in range(2))
    for country, value in {"DK": 1.0, "SE": 2.0}.items():
        IndicatorValueFactory(indicator=first, country=country, value=value)
        IndicatorValueFactory(indicator=second, country=country, value=-value)

    orders = [listed(manager_client, cluster, show=each.key, sort="-value") for each in (first, second)]

    assert orders == [["SE", "DK"], ["DK", "SE"]]


@pytest.mark.parametrize("query", ["Dänemark", "denmark", "dk", "Süd"])
def test_countries_are_found_in_both_languages_and_by_region(cluster, manager_client, query):
    RegionSheetFactory(cluster=cluster, country="DK", region="Süddänemark")
    CountryLinkFactory(cluster=cluster, country="SE")

    assert listed(manager_client, cluster, q=query) == ["DK"]


def test_countries_are_narrowed_to_neighbours(cluster, manager_client):
    CountryLinkFactory(cluster=cluster, country="DK", is_contiguous=True)
    CountryLinkFactory(cluster=cluster, country="SE", is_contiguous=False)

    assert listed(manager_client, cluster, scope="neighbours") == ["DK"]


@pytest.mark.parametrize(
    "query", [{"sort": "nonsense", "show": "'", "scope": "?", "page": "x"}, {"page": "-3"}]
)
def test_addresses_that_make_no_sense_show_the_list(cluster, manager_client, query):
    CountryLinkFactory(cluster=cluster)

    assert listed(manager_client, cluster, **query) == ["DK"]


def test_another_clusters_countries_are_not_listed(cluster, manager_client):
    furnished(ClusterFactory(), 1)

    assert listed(manager_client, cluster) == []


# ---- side by side


@pytest.mark.parametrize(
    ("countries", "status"), [(["DK"], 422), (["DK", "SE", "FI", "NO", "IS", "EE"], 422)]
)
def test_too_few_or_too_many_countries_are_told_so(cluster, manager_client, countries, status):
    response = manager_client.get(url("compare", cluster), {"c": countries})

    assert (response.status_code, response.context["is_enough"]) == (status, False)


def test_the_comparison_shows_figures_and_judgements_side_by_side(cluster, manager_client):
    furnished(cluster, 3)

    response = manager_client.get(url("compare", cluster), {"c": ["DK", "SE", "dk", "QQ"]})

    parts = {part["dimension"].value: part for part in response.context["dimensions"]}
    assert response.context["countries"] == ("DK", "SE")
    assert parts["political"]["means"] == [1.0, 1.0]
    assert [[figure.value for figure in figures] for _i, figures in parts["economic"]["rows"]] == [
        [1.0, 1.0],
        [2.0, 2.0],
        [3.0, 3.0],
    ]


@pytest.mark.parametrize("kind", ["xlsx", "csv", "docx", "pdf"])
def test_the_comparison_is_a_file_too(cluster, manager_client, kind):
    furnished(cluster, 1)

    response = manager_client.get(url(f"compare-{kind}", cluster), {"c": ["DK", "SE"]})

    assert (response.status_code, response["Content-Disposition"].endswith(f'.{kind}"')) == (200, True)
    assert manager_client.get(url(f"compare-{kind}", cluster)).url == url("compare", cluster)


# ---- sheets


def form_of(entry, **changes):
    return {
        "dimension": entry.dimension,
        "text_de": "",
        "text_en": str(entry.text),
        "source": entry.source,
        "url": entry.url,
        "as_of": entry.as_of.isoformat(),
        "rating": "" if entry.rating is None else entry.rating,
        "version": entry.version,
    } | changes


def test_a_sheet_is_begun_for_a_country_and_again_for_a_region(cluster, manager_client):
    for region in ("", "DK03"):
        manager_client.post(url("sheet-new", cluster), {"country": "DK", "region": region})

    assert list(RegionSheet.objects.values_list("country", "region")) == [("DK", ""), ("DK", "DK03")]


def test_a_second_sheet_of_the_same_place_is_refused_in_a_sentence(cluster, manager_client, sheet):
    response = manager_client.post(url("sheet-new", cluster), {"country": "DK", "region": " "})

    assert (response.status_code, response.context["form"].non_field_errors()) == (
        422,
        ["There is a sheet of this country or region already. Add to that one."],
    )


def test_regions_of_the_country_are_suggested(cluster, manager_client):
    response = manager_client.get(url("sheet-new", cluster), {"country": "DK"})

    assert ("DK03", "Syddanmark") in response.context["regions"]


def test_an_entry_is_written_into_its_dimension(cluster, manager_client, sheet):
    response = manager_client.post(
        url("entry-new", cluster, sheet.pk),
        {
            **{"dimension": "ecological", "text_de": "Klimagesetz", "text_en": "", "as_of": "2026-03-01"},
            **{"rating": "2", "url": "https://example.org/x", "source": "Ministry"},
        },
    )

    made = SheetEntry.objects.get()
    assert response.url == f"{url('sheet', cluster, sheet.pk)}#ecological"
    assert (made.rating, made.reviewed_on, made.as_of, made.text.data) == (
        *(2, timezone.localdate(), date(2026, 3, 1)),
        {"de": "Klimagesetz"},
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("text_en", " "), ("as_of", "2999-01-01"), ("as_of", "soon"), ("rating", "3"), ("rating", "x")),
        *(("dimension", "legal"), ("url", "javascript:alert(1)")),
    ],
)
def test_a_bad_entry_is_refused_and_keeps_what_was_typed(cluster, manager_client, entry, field, value):
    response = manager_client.post(
        url("entry-new", cluster, entry.sheet_id), form_of(entry, source="typed before") | {field: value}
    )

    assert (response.status_code, SheetEntry.objects.count()) == (422, 1)
    assert response.context["form"]["source"].value() == "typed before"


def test_the_second_who_changes_an_entry_is_shown_both_versions(cluster, manager_client, entry):
    stale = form_of(entry, text_en="Mine")
    services.update_entry(entry=entry, expected_version=1, on=timezone.localdate(), text={"en": "Theirs"})

    response = manager_client.post(url("entry-edit", cluster, entry.pk), stale)

    shown = [(str(row.label), str(row.current), str(row.yours)) for row in response.context["conflict"]]
    assert (response.status_code, shown) == (409, [("Observation in English", "Theirs", "Mine")])


def test_the_second_who_changes_a_sheet_is_shown_both_versions(cluster, manager_client, sheet):
    services.update_sheet(sheet=sheet, expected_version=1, conclusion={"en": "Theirs"})

    response = manager_client.post(
        url("sheet-edit", cluster, sheet.pk), {"country": "DK", "conclusion_en": "Mine", "version": "1"}
    )

    assert (response.status_code, response.context["version"]) == (409, 2)


def test_an_entry_that_still_holds_is_reviewed_today(cluster, manager_client, entry):
    SheetEntry.objects.update(reviewed_on=timezone.localdate() - timedelta(days=400))
    before = manager_client.get(url("sheet", cluster, entry.sheet_id)).context["stale"]

    manager_client.post(url("entry-confirm", cluster, entry.pk))

    after = manager_client.get(url("sheet", cluster, entry.sheet_id)).context["stale"]
    assert (before, after) == ({entry.pk}, set())


def undone(client, response):
    """Press the button of the message that the next page shows."""
    page = client.get(response.url)
    (message,) = page.context["messages"]
    return client.post(message.extra_tags.removeprefix("undo:").removesuffix(" success"))


def test_a_sheet_that_was_deleted_comes_back_with_its_entries(cluster, manager_client, entry):
    response = manager_client.post(url("sheet-delete", cluster, entry.sheet_id))
    gone = RegionSheet.objects.count()

    undone(manager_client, response)

    assert (gone, SheetEntry.objects.get().sheet.pk) == (0, entry.sheet_id)


def test_an_entry_that_was_deleted_comes_back(cluster, manager_client, entry):
    response = manager_client.post(url("entry-delete", cluster, entry.pk))
    gone = SheetEntry.objects.count()

    undone(manager_client, response)

    assert (gone, str(SheetEntry.objects.get().text)) == (0, str(entry.text))


def test_a_sheet_whose_place_is_taken_does_not_come_back(cluster, manager_client, entry):
    response = manager_client.post(url("sheet-delete", cluster, entry.sheet_id))
    RegionSheetFactory(cluster=cluster)

    assert undone(manager_client, response).status_code == 409


@pytest.mark.parametrize("kind", ["xlsx", "csv", "docx", "pdf"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_sheet_is_a_file_in_the_readers_language(cluster, manager_client, entry, kind, language):
    manager_client.cookies["django_language"] = language
    IndicatorValueFactory(indicator__cluster=cluster)

    response = manager_client.get(url(f"sheet-{kind}", cluster, entry.sheet_id))

    name = {"de": "danemark", "en": "denmark"}[language]
    assert response.status_code == 200
    assert name.replace("danemark", "daenemark") in response["Content-Disposition"]


def test_the_list_file_of_a_sheet_holds_plain_numbers_and_guards_formulas(cluster, manager_client, sheet):
    IndicatorValueFactory(indicator__cluster=cluster, indicator__dimension="economic", value=1.23456789)
    SheetEntryFactory(sheet=sheet, text="=HYPERLINK(1)", rating=-2)

    book = openpyxl.load_workbook(
        io.BytesIO(manager_client.get(url("sheet-xlsx", cluster, sheet.pk)).content)
    )
    lines = manager_client.get(url("sheet-csv", cluster, sheet.pk)).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(lines)))

    assert 1.23456789 in [cell.value for row in book.active for cell in row]
    assert [row[2] for row in rows[1:]] == ["'=HYPERLINK(1)", rows[2][2]]


def test_a_link_of_an_entry_gives_nothing_away_to_its_target(cluster, manager_client, sheet):
    SheetEntryFactory(sheet=sheet, url="https://example.org/x")

    page = manager_client.get(url("sheet", cluster, sheet.pk)).content.decode()

    assert 'href="https://example.org/x" rel="noopener noreferrer nofollow"' in page


def test_what_people_write_is_never_markup(cluster, manager_client, sheet):
    SheetEntryFactory(sheet=sheet, text="<script>alert(1)</script>", source="<b>x</b>")

    page = manager_client.get(url("sheet", cluster, sheet.pk)).content.decode()

    assert ("<script>alert(1)" in page, "<b>x</b>" in page) == (False, False)


# ---- indicators


def test_an_indicator_is_described_anew_and_its_direction_turned(cluster, manager_client):
    indicator = IndicatorFactory(cluster=cluster)
    for country, value in {"DK": 1.0, "SE": 2.0}.items():
        IndicatorValueFactory(indicator=indicator, country=country, value=value)

    manager_client.post(
        url("indicator-edit", cluster, indicator.pk),
        {
            **{"name_de": "Strompreis", "name_en": "", "dimension": "ecological", "better": "less"},
            **{"decimals": "2", "stale_after_years": "3", "version": "1"},
        },
    )

    page = manager_client.get(url("indicator", cluster, indicator.pk))
    assert [country for country, _name, _figure in page.context["page"]] == ["DK", "SE"]
    assert str(page.context["indicator"].name) == "Strompreis"


def test_an_indicator_without_a_name_is_refused(cluster, manager_client):
    indicator = IndicatorFactory(cluster=cluster)

    response = manager_client.post(url("indicator-edit", cluster, indicator.pk), {"version": "1"})

    assert response.status_code == 422


# ---- the loader


def brought(client, cluster, *files):
    """Choose files on the page of the loader."""
    uploads = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(url("load", cluster), {"tables": uploads})


FILE = (f"API_{CODE}_DS2_en_csv_v2_45.zip", published.api_zip())


def test_files_are_brought_checked_loaded_and_taken_back(cluster, manager_client):
    response = brought(manager_client, cluster, FILE, ("dist_cepii.csv", written(published.DISTANCES)))
    preview = manager_client.get(response.url)
    offers = preview.context["preview"].offers

    loaded = manager_client.post(response.url, {"take": [offer.tick for offer in offers if offer.is_chosen]})
    sources = manager_client.get(loaded.url)
    standing = IndicatorValue.objects.count()
    undo = next(message.extra_tags for message in sources.context["messages"]).split(" ")[0]
    manager_client.post(undo.removeprefix("undo:"))

    assert preview.context["summary"] == "Found: 1 indicator, distances and languages."
    assert (standing, IndicatorValue.objects.count()) == (sum(map(len, TOLD.values())), 0)


def test_only_what_is_ticked_is_loaded(cluster, manager_client):
    response = brought(manager_client, cluster, FILE, ("dist_cepii.csv", written(published.DISTANCES)))
    upload = Upload.objects.get()
    links = upload.files.get(kind="distances")

    manager_client.post(response.url, {"take": [f"{links.pk}:0"]})

    assert set(SourceFile.objects.filter(state="loaded").values_list("kind", flat=True)) == {"distances"}


def test_faults_are_shown_with_row_and_column_and_as_a_list(cluster, manager_client):
    rows = published.api_rows()
    rows[5][5] = "=cmd|' /C calc'!A0"
    response = brought(manager_client, cluster, (f"API_{CODE}.csv", written(rows)))

    page = manager_client.get(response.url)
    (faulty,) = page.context["preview"].faulty
    file = manager_client.get(url("upload-faults-csv", cluster, Upload.objects.get().pk))

    fault = faulty.faults[0].fault
    assert (fault.row, fault.column_letter, page.context["preview"].can_load) == (6, "F", False)
    assert [row[4] for row in csv.reader(io.StringIO(file.content.decode("utf-8-sig")))][1:] == [
        "'=cmd|' /C calc'!A0"
    ]


@pytest.mark.parametrize(
    "file",
    [("a.pdf", b"%PDF-1.7"), ("a.csv", b"\x00\xff\x00"), ("a.zip", b"PK\x03\x04xx"), ("a.csv", b"Name\nx\n")],
)
def test_nonsense_is_answered_in_a_sentence(cluster, manager_client, file):
    response = brought(manager_client, cluster, file)

    page = manager_client.get(response.url)

    ((name, reason),) = page.context["preview"].nothing
    assert (page.status_code, name, page.context["preview"].can_load) == (200, file[0], False)
    assert not reason.startswith("That did not work.")


@pytest.mark.parametrize("data", [{}, {"tables": SimpleUploadedFile("a.csv", b"")}])
def test_no_file_or_an_empty_one_is_refused_on_the_page(cluster, manager_client, data):
    assert manager_client.post(url("load", cluster), data).status_code == 422


def test_ticking_nothing_is_told_so(cluster, manager_client):
    response = brought(manager_client, cluster, FILE)

    page = manager_client.post(response.url, {})

    assert (page.status_code, page.context["problem"]) == (
        422,
        "Nothing is ticked. Tick at least one indicator or file.",
    )


@pytest.mark.parametrize("data", [{"take": "x:y"}, {"take": "1" * 5000}, {"code-x": "1", "take": "9999:0"}])
def test_forged_choices_load_nothing(cluster, manager_client, data):
    response = brought(manager_client, cluster, FILE)

    assert (manager_client.post(response.url, data).status_code, IndicatorValue.objects.count()) == (422, 0)


def test_a_name_of_markup_stays_text(cluster, manager_client):
    response = brought(manager_client, cluster, ("<img src=x onerror=alert(1)>.csv", b"Name\nx\n"))

    assert b"<img src=x" not in manager_client.get(response.url).content


def test_files_that_wait_for_a_decision_are_found_again(cluster, manager_client):
    response = brought(manager_client, cluster, FILE)

    page = manager_client.get(url("load", cluster))

    assert [url("upload", cluster, each.pk) for each in page.context["waiting"]] == [response.url]


def test_a_late_click_leads_to_what_became_of_the_files(cluster, manager_client, monkeypatch):
    response = brought(manager_client, cluster, FILE)
    real = services.choose

    def late(**given):
        Upload.objects.update(state="done")
        real(**given)

    monkeypatch.setattr(services, "choose", late)

    assert manager_client.post(response.url, {"take": "1:0"}).url == response.url


def test_files_are_put_aside(cluster, manager_client):
    brought(manager_client, cluster, FILE)

    manager_client.post(url("upload-discard", cluster, Upload.objects.get().pk))

    assert Upload.objects.count() == 0


def test_files_that_others_built_on_are_not_offered_to_be_taken_back(cluster, manager_client):
    for name in ("first", "second"):
        response = brought(manager_client, cluster, (f"API_{CODE}_{name}.csv", written(published.api_rows())))
        manager_client.post(response.url, {"take": [f"{Upload.objects.latest('pk').files.get().pk}:0"]})

    page = manager_client.get(url("sources", cluster))
    older = SourceFile.objects.earliest("pk")
    refused = manager_client.post(url("file-take-back", cluster, older.pk))

    assert [is_built_on for *_line, is_built_on in page.context["lines"]] == [False, True]
    assert (refused.status_code, "first" in refused.context["problem"]) == (409, True)
