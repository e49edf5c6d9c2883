"""Loading: all or nothing, once, by two people at the same time, and back again."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from kontor.accounts.models import Cluster
from kontor.accounts.services.audit import entries_of
from kontor.config.command import main
from kontor.countries import queries, services
from kontor.countries.models import CountryFacts, CountryLink, Indicator, IndicatorValue, SourceFile, Upload
from kontor.countries.problems import CountryError
from kontor.countries.services import uploading
from kontor.imports.refused import ImportRefused
from kontor.jobs.worker import run_waiting
from tests.countries import published
from tests.countries.published import CODE, TOLD, written

TODAY = date(2026, 11, 25)
FILE = (f"API_{CODE}_DS2_en_csv_v2_45.zip", published.api_zip())
NEWER = {("Denmark", "DNK"): {2018: 2.98, 2023: 3.05}, ("Sweden", "SWE"): {2023: 3.6}}
NEWER_FILE = (f"API_{CODE}_new.csv", written(published.api_rows(NEWER)))
DISTANCES = ("dist_cepii.csv", written(published.DISTANCES))
PLACES = ("geo_cepii.csv", written(published.GEOGRAPHY))


def loaded(cluster, *files):
    """Load files as the page does when nothing is changed on it."""
    upload = services.receive(cluster=cluster, uploads=files, user=None)
    return services.start_loading(upload=upload, user=None)


def figures():
    """Return country → year → value of everything that stands."""
    found = {}
    for country, year, value in IndicatorValue.objects.values_list("country", "year", "value"):
        found.setdefault(country, {})[year] = value
    return found


def notes(cluster):
    """Return what the audit trail notes beside single changes, the latest first."""
    told = [entry.additional_data.get("note") for entry in entries_of(cluster)]
    return [note for note in told if note]


def file_of(upload):
    return upload.files.exclude(kind="other").get()


def test_nothing_is_written_before_somebody_says_so(cluster):
    services.receive(cluster=cluster, uploads=[FILE], user=None)

    assert (figures(), Indicator.objects.count()) == ({}, 0)


def test_every_figure_keeps_its_file_its_year_and_the_day_it_was_loaded(cluster):
    upload = loaded(cluster, FILE)

    figure = queries.latest_value(cluster, CODE, "DK", TODAY)

    day = file_of(upload).loaded_at.date()
    assert (figure.value, figure.year, figure.loaded_on, figure.source) == (
        *(2.89, 2022, day),
        f"World Bank, World Development Indicators · API_{CODE}_DS2_en_csv_v2_45.csv",
    )


def test_a_newer_file_replaces_the_countries_that_it_tells_and_leaves_the_others(cluster):
    loaded(cluster, FILE)

    loaded(cluster, NEWER_FILE)

    assert figures() == {**TOLD, "DK": {2018: 2.98, 2023: 3.05}, "SE": {2023: 3.6}}


def test_taking_the_newer_file_back_brings_the_older_figures_back(cluster):
    loaded(cluster, FILE)
    newer = loaded(cluster, NEWER_FILE)

    services.take_back(file=file_of(newer), user=None)

    assert figures() == TOLD


def test_the_older_file_cannot_be_taken_back_before_the_newer(cluster):
    older = loaded(cluster, FILE)
    loaded(cluster, NEWER_FILE)

    with pytest.raises(CountryError) as refusal:
        services.take_back(file=file_of(older), user=None)

    assert (refusal.value.code, figures()["DK"]) == ("country.newer_first", {2018: 2.98, 2023: 3.05})


def test_taking_both_back_leaves_nothing(cluster):
    older, newer = loaded(cluster, FILE), loaded(cluster, NEWER_FILE)

    services.take_back_all(files=[file_of(newer), file_of(older)], user=None)

    assert (figures(), queries.frame(cluster, ["DK"], TODAY).indicators) == ({}, ())


def test_a_file_is_taken_back_once(cluster):
    file = file_of(loaded(cluster, FILE))
    services.take_back(file=file, user=None)

    with pytest.raises(CountryError, match=r"country\.not_loaded"):
        services.take_back(file=file, user=None)


def test_distances_and_places_are_loaded_and_taken_back(cluster):
    upload = loaded(cluster, DISTANCES, PLACES)
    before = (CountryLink.objects.count(), CountryFacts.objects.count())

    services.take_back_all(files=upload.files.order_by("-pk"), user=None)

    assert (before, CountryLink.objects.count(), CountryFacts.objects.count()) == ((5, 2), 0, 0)


def test_distances_that_were_replaced_come_back(cluster):
    loaded(cluster, DISTANCES)
    rows = [list(row) for row in published.DISTANCES]
    rows[4][10] = "600.5"
    second = loaded(cluster, ("dist_new.csv", written(rows)))
    between = queries.distance(cluster, "DK").distance_km

    services.take_back(file=file_of(second), user=None)

    assert (between, queries.distance(cluster, "DK").distance_km) == (600.5, 595.8536)


def test_at_home_the_language_is_shared_whatever_the_file_says(cluster):
    loaded(cluster, DISTANCES)

    home = queries.source_value(cluster, "countries.common_language", "DE", TODAY)

    assert (home.value, queries.distance(cluster, "DE").is_home) == (1.0, True)


def test_distances_from_a_former_home_do_not_count(cluster):
    loaded(cluster, DISTANCES)
    Cluster.objects.filter(pk=cluster.pk).update(country="AT")
    cluster.refresh_from_db()

    assert queries.distance(cluster, "DK") is None


def test_a_faulty_file_cannot_be_loaded_and_stops_nothing_else(cluster):
    rows = published.api_rows()
    rows[5][5] = "about 3"
    upload = services.receive(cluster=cluster, uploads=[("API_PV.EST_x.csv", written(rows)), FILE], user=None)
    faulty, *_rest = upload.files.order_by("pk")

    services.start_loading(upload=upload, user=None)

    assert (faulty.findings["faults_number"], set(Indicator.objects.values_list("code", flat=True))) == (
        1,
        {CODE},
    )


def test_ticking_a_faulty_file_is_refused_and_nothing_is_written(cluster):
    rows = published.api_rows()
    rows[5][5] = "about 3"
    upload = services.receive(cluster=cluster, uploads=[("API.csv", written(rows)), FILE], user=None)
    services.choose(upload=upload, ticked={f"{file.pk}:0" for file in upload.files.all()}, codes={})

    with pytest.raises(CountryError, match=r"country\.faulty_chosen"):
        services.start_loading(upload=upload, user=None)

    assert figures() == {}


def test_nothing_ticked_is_refused(cluster):
    upload = services.receive(cluster=cluster, uploads=[FILE], user=None)
    services.choose(upload=upload, ticked=set(), codes={})

    with pytest.raises(CountryError, match=r"country\.nothing_chosen"):
        services.start_loading(upload=upload, user=None)


def test_a_file_without_a_code_is_loaded_under_the_one_that_people_name(cluster):
    upload = services.receive(
        cluster=cluster, uploads=[("figures.csv", written(published.long_rows()))], user=None
    )
    file = upload.files.get()
    with pytest.raises(CountryError, match=r"country\.code_missing"):
        services.start_loading(upload=upload, user=None)

    services.choose(upload=upload, ticked={f"{file.pk}:0"}, codes={file.pk: "xx.own.code"})
    services.start_loading(upload=upload, user=None)

    assert (Indicator.objects.get().code, figures()) == ("XX.OWN.CODE", TOLD)


@pytest.mark.parametrize("code", ["...", "X" * 61])
def test_a_code_that_is_none_is_refused(cluster, code):
    upload = services.receive(
        cluster=cluster, uploads=[("figures.csv", written(published.long_rows()))], user=None
    )
    file = upload.files.get()

    with pytest.raises(CountryError, match=r"country\.code_unusable"):
        services.choose(upload=upload, ticked={f"{file.pk}:0"}, codes={file.pk: code})


def test_an_unknown_indicator_keeps_the_name_and_the_unit_of_its_file(cluster):
    rows = published.api_rows()
    for row in rows[5:]:
        row[2:4] = ["Fixed broadband subscriptions (per 100 people)", "IT.NET.BBND.P2"]

    loaded(cluster, ("API.csv", written(rows)))

    made = Indicator.objects.get()
    assert (made.code, str(made.name), str(made.unit), made.dimension, made.is_benefit) == (
        *("IT.NET.BBND.P2", "Fixed broadband subscriptions", "per 100 people"),
        *("technological", None),
    )


def test_of_a_countrys_whole_download_only_known_indicators_are_ticked(cluster):
    rows = [["Country Name", "Country Code", "Indicator Name", "Indicator Code", "2022"]]
    rows += [["Denmark", "DNK", f"Something {n}", f"XX.YY.{n}", "1"] for n in range(30)]
    rows.append(["Denmark", "DNK", "R&D", CODE, "2.9"])

    loaded(cluster, ("API_DNK_DS2_en_csv_v2_1.csv", written(rows)))

    assert list(Indicator.objects.values_list("code", flat=True)) == [CODE]


def test_a_file_that_is_older_than_what_is_on_record_is_not_ticked_beforehand(cluster):
    loaded(cluster, NEWER_FILE)

    upload = services.receive(cluster=cluster, uploads=[FILE], user=None)

    assert [entry["is_chosen"] for entry in file_of(upload).findings["indicators"]] == [False]


def test_choosing_comes_too_late_where_somebody_else_has_loaded_meanwhile(cluster):
    upload = loaded(cluster, FILE)

    with pytest.raises(CountryError, match=r"country\.already_loaded"):
        services.choose(upload=upload, ticked=set(), codes={})


def test_a_small_archive_of_much_is_read_by_a_job(cluster):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("API.csv", b"0" * 4_000_000)

    assert (
        services.receive(cluster=cluster, uploads=[("a.zip", packed.getvalue())], user=None).state
        == "reading"
    )


def test_a_second_click_loads_nothing_twice(cluster):
    upload = services.receive(cluster=cluster, uploads=[FILE], user=None)
    services.start_loading(upload=upload, user=None)

    services.start_loading(upload=upload, user=None)

    assert (figures(), SourceFile.objects.filter(state="loaded").count()) == (TOLD, 1)


def test_two_people_load_at_once_and_both_can_be_taken_back(at_once, cluster):
    uploads = [services.receive(cluster=cluster, uploads=[each], user=None) for each in (FILE, NEWER_FILE)]

    def load(number):
        return lambda: (
            services.start_loading(upload=Upload.objects.get(pk=uploads[number].pk), user=None).state
        )

    def back():
        files = SourceFile.objects.filter(state="loaded").order_by("-loaded_at", "-pk")
        services.take_back_all(files=list(files), user=None)
        return figures()

    states = at_once(load(0), load(1))
    standing, (nothing,) = at_once(figures)[0], at_once(back)

    assert (states, set(standing), nothing) == (["done", "done"], {"DK", "XK", "RO", "SE"}, {})


def test_two_clicks_at_once_load_once(at_once, cluster):
    upload = services.receive(cluster=cluster, uploads=[FILE], user=None)

    def click():
        return services.start_loading(upload=Upload.objects.get(pk=upload.pk), user=None).pk

    at_once(click, click)
    (told,) = at_once(lambda: (figures(), notes(cluster)))

    assert told == (TOLD, ["Country figures were loaded: %(files)s"])


def test_large_files_are_read_and_loaded_by_jobs(cluster, monkeypatch):
    monkeypatch.setattr(uploading, "DIRECT_BYTES", 10)
    monkeypatch.setattr("kontor.countries.services.loading.DIRECT_FIGURES", 1)
    upload = services.receive(cluster=cluster, uploads=[FILE], user=None)
    first = upload.state
    run_waiting()
    upload.refresh_from_db()
    second = upload.state

    started = services.start_loading(upload=upload, user=None).state
    run_waiting()
    upload.refresh_from_db()

    assert (first, second, started, upload.state, figures()) == ("reading", "ready", "loading", "done", TOLD)


def test_a_job_leaves_no_file_behind(cluster, monkeypatch):
    monkeypatch.setattr(uploading, "DIRECT_BYTES", 10)
    upload = services.receive(cluster=cluster, uploads=[FILE], user=None)
    run_waiting()

    assert not default_storage.exists(f"countries/{upload.pk}")


def test_a_job_whose_files_are_gone_says_so(cluster, monkeypatch):
    monkeypatch.setattr(uploading, "DIRECT_BYTES", 10)
    upload = services.receive(cluster=cluster, uploads=[FILE], user=None)
    uploading.forget_files(upload)

    run_waiting()

    upload.refresh_from_db()
    assert (upload.state, upload.problem["code"]) == ("failed", "import.files_gone")


def test_too_many_files_leave_no_upload_behind(cluster):
    with pytest.raises(ImportRefused, match=r"country\.too_many_files"):
        services.receive(cluster=cluster, uploads=[FILE] * 41, user=None)

    assert Upload.objects.count() == 0


def test_files_put_aside_are_forgotten(cluster):
    upload = services.receive(cluster=cluster, uploads=[FILE], user=None)

    services.discard(upload=upload)

    assert (Upload.objects.count(), SourceFile.objects.count()) == (0, 0)


def test_loaded_files_are_not_put_aside(cluster):
    upload = loaded(cluster, FILE)

    with pytest.raises(CountryError, match=r"country\.already_loaded"):
        services.discard(upload=upload)


def test_a_load_and_its_way_back_stand_in_the_audit_trail(cluster, manager):
    upload = services.receive(cluster=cluster, uploads=[FILE], user=manager)
    services.start_loading(upload=upload, user=manager)
    services.take_back_all(files=upload.files.filter(state="loaded"), user=manager)

    assert notes(cluster) == [
        "A file with country figures was taken back: %(file)s",
        "Country figures were loaded: %(files)s",
    ]


def test_figures_quoted_by_hand_are_figures_like_others(cluster):
    services.load_figures(
        cluster=cluster,
        code="RL.EST",
        figures={("DK", 2023): 1.9, ("SE", 2023): 1.7},
        source="World Bank 2024",
    )

    figure = queries.latest_value(cluster, "RL.EST", "DK", TODAY)

    assert (figure.name, figure.value, figure.source) == (
        *("Rule of law", 1.9),
        "World Bank, Worldwide Governance Indicators · World Bank 2024",
    )


@pytest.fixture
def prepared(monkeypatch):
    """Leave the tests' installation as it is: collected assets would change the names in pages."""
    monkeypatch.setattr("kontor.config.commands.countries.prepare", lambda: None)


@pytest.mark.usefixtures("prepared")
def test_the_command_loads_a_folder_and_accounts_for_it(cluster, tmp_path, capsys):
    for name, data in (FILE, DISTANCES):
        (tmp_path / name).write_bytes(data)

    code = main(["import", "countries", str(tmp_path), "--cluster", cluster.slug])

    assert (code, figures(), CountryLink.objects.count()) == (0, TOLD, 5)
    assert capsys.readouterr().out.splitlines() == [
        f"Metadata_Indicator_API_{CODE}_DS2_en_csv_v2_45.csv: not loaded. Describes indicators or countries "
        "and holds no figures. It need not be loaded.",
        f"API_{CODE}_DS2_en_csv_v2_45.csv: Spending on research and development, 5 figures",
        "  left out: Years without a figure (cells: 16)",
        "  left out: Groups of countries, such as the World or the Euro area (rows: 1): World",
        f"Metadata_Country_API_{CODE}_DS2_en_csv_v2_45.csv: not loaded. Describes indicators or countries "
        "and holds no figures. It need not be loaded.",
        "dist_cepii.csv: 5 countries, 5 figures",
        "  left out: Distances between other countries than yours (rows: 1)",
        "  left out: Places that have no country code of their own (rows: 1): ANT",
    ]


@pytest.mark.usefixtures("prepared")
def test_the_command_names_faults_and_writes_nothing(cluster, tmp_path: Path, capsys):
    rows = published.api_rows()
    rows[5][5] = "about 3"
    (tmp_path / "API_PV.EST.csv").write_bytes(written(rows))
    (tmp_path / FILE[0]).write_bytes(FILE[1])

    code = main(["import", "countries", str(tmp_path), "--cluster", cluster.slug])

    said = capsys.readouterr().out
    assert (code, figures(), Upload.objects.count()) == (1, {}, 0)
    assert "API_PV.EST.csv: row 6, column F: “about 3” is no number." in said


@pytest.mark.usefixtures("prepared")
def test_the_command_refuses_a_folder_that_is_not_there(cluster, capsys):
    assert main(["import", "countries", "/nowhere/at/all", "--cluster", cluster.slug]) == 1


def test_an_archive_of_nothing_is_explained(cluster):
    data = io.BytesIO()

    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("readme.md", "x")

    upload = services.receive(cluster=cluster, uploads=[("a.zip", data.getvalue())], user=None)

    assert upload.files.get().findings["problem"]["code"] == "country.archive_without_table"
