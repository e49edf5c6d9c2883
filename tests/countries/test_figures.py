"""The newest figures of a day, their trends, their ranks, and when they are out of date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kontor.accounts.models import Cluster
from kontor.countries import queries
from kontor.countries.catalogue import FILE, LANGUAGES, indicators, key_of
from kontor.countries.queries.figures import ranked, trend_of
from kontor.countries.queries.sheets import country_view, ratings_of, sheets_of
from tests.countries.factories import (
    CountryLinkFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    RegionSheetFactory,
    SheetEntryFactory,
)
from tests.factories import ClusterFactory

TODAY = date(2026, 11, 25)


@pytest.fixture
def indicator(cluster: Cluster):
    return IndicatorFactory(cluster=cluster, code="XX.YY", steady=0.1, stale_after_years=4)


def told(indicator, country, **years):
    for year, value in years.items():
        IndicatorValueFactory(indicator=indicator, country=country, year=int(year[1:]), value=value)


def figure(cluster, country, on=TODAY, among=None):
    return queries.latest_value(cluster, "XX.YY", country, on, among=among)


def test_the_newest_figure_of_a_day_is_taken_not_a_later_one(cluster, indicator):
    told(indicator, "DK", y2015=1.0, y2019=2.0, y2024=3.0)

    assert [figure(cluster, "DK", date(year, 6, 1)).value for year in (2018, 2019, 2023, 2026)] == [
        1,
        2,
        2,
        3,
    ]


def test_there_is_no_figure_where_nothing_is_on_record(cluster, indicator):
    told(indicator, "DK", y2024=3.0)

    assert (figure(cluster, "SE"), figure(cluster, "DK", date(2020, 1, 1))) == (None, None)


def test_ranks_are_among_the_countries_given_and_among_all(cluster, indicator):
    for country, value in {"DK": 2.0, "SE": 3.0, "FI": 2.5, "US": 9.0}.items():
        told(indicator, country, y2024=value)

    found = figure(cluster, "DK", among=["DK", "SE", "FI", "XX"])

    assert (found.rank, found.of, found.world_rank, found.world_of) == (3, 3, 4, 4)


def test_without_countries_given_those_with_a_sheet_are_compared(cluster, indicator):
    for country in ("DK", "SE", "US"):
        told(indicator, country, y2024=float(len(country)))
    RegionSheetFactory(cluster=cluster, country="SE")

    assert figure(cluster, "DK").of == 2


@pytest.mark.parametrize(("is_benefit", "first"), [(True, "SE"), (False, "DK"), (None, "SE")])
def test_rank_one_is_the_best_or_else_the_largest(cluster, indicator, is_benefit, first):
    indicator.is_benefit = is_benefit
    indicator.save()
    told(indicator, "DK", y2024=1.0)
    told(indicator, "SE", y2024=2.0)

    ranks = {country: figure(cluster, country, among=["DK", "SE"]).rank for country in ("DK", "SE")}

    assert ranks[first] == 1


def test_figures_of_another_cluster_do_not_count(cluster, indicator):
    told(indicator, "DK", y2024=1.0)
    told(IndicatorFactory(cluster=ClusterFactory(), code="XX.YY"), "SE", y2024=9.0)

    found = figure(cluster, "DK")

    assert (found.world_rank, found.world_of, figure(cluster, "SE")) == (1, 1, None)


@pytest.mark.parametrize(("year", "is_stale"), [(2021, True), (2022, False)])
def test_an_old_figure_is_marked(cluster, indicator, year, is_stale):
    IndicatorValueFactory(indicator=indicator, country="DK", year=year)

    assert figure(cluster, "DK").is_stale is is_stale


def test_the_trend_compares_with_five_years_before(cluster, indicator):
    told(indicator, "DK", y2010=9.0, y2018=1.0, y2019=1.1, y2021=1.4, y2023=1.7, y2024=2.0)

    trend = figure(cluster, "DK").trend

    assert (trend.from_year, trend.to_year, trend.direction, trend.is_good) == (2019, 2024, "up", True)


def test_of_two_equally_near_years_the_earlier_counts():
    trend = trend_of({2018: 1.0, 2020: 2.0, 2024: 3.0}, steady=0.1, is_benefit=None)

    assert (trend.from_year, trend.is_good) == (2018, None)


@pytest.mark.parametrize("years", [{}, {2024: 1.0}, {2024: 1.0, 2022: 0.5}, {2024: 1.0, 2016: 0.5}])
def test_without_a_figure_of_about_five_years_before_there_is_no_trend(years):
    assert trend_of(years, steady=None, is_benefit=True) is None


@pytest.mark.parametrize(
    ("first", "steady", "direction"),
    [(1.0, None, "steady"), (0.9, None, "up"), (1.2, None, "down"), (0.9, 0.2, "steady"), (0.0, None, "up")],
)
def test_small_changes_count_as_steady(first, steady, direction):
    assert trend_of({2019: first, 2024: 1.0}, steady=steady, is_benefit=True).direction == direction


@settings(deadline=None)
@given(st.dictionaries(st.text("ABC", min_size=2, max_size=2), st.integers(-3, 3), min_size=1), st.booleans())
def test_a_rank_counts_how_many_are_better(values, is_benefit):
    ranks = ranked({country: float(value) for country, value in values.items()}, is_benefit=is_benefit)

    def better(value):
        return sum(other > value if is_benefit else other < value for other in values.values())

    assert ranks == {country: 1 + better(value) for country, value in values.items()}


def test_source_values_of_other_rooms_are_passed_over(cluster, indicator):
    told(indicator, "DK", y2024=1.0)

    found = queries.source_values(cluster, ["countries.xx_yy", "partners.overlap"], ["DK", "SE"], TODAY)

    assert list(found) == [("countries.xx_yy", "DK")]


@pytest.mark.parametrize("number", [1, 3])
def test_source_values_ask_the_same_queries_for_any_number(cluster, django_assert_num_queries, number):
    keys = ["countries.distance", "countries.common_language"]
    countries = ["DK", "SE", "FI"][:number]
    for each in range(number):
        made = IndicatorFactory(cluster=cluster, code=f"XX.Y{each}")
        keys.append(f"countries.{made.key}")
        for country in countries:
            told(made, country, y2019=1.0, y2024=2.0)
    for country in countries:
        CountryLinkFactory(cluster=cluster, country=country)

    with django_assert_num_queries(5):
        found = queries.source_values(cluster, keys, countries, TODAY)

    assert len(found) == number * (2 + number)


def test_a_source_key_has_a_name_before_anything_is_loaded(cluster):
    keys = ("countries.distance", "countries.gb_xpd_rsdv_gd_zs", "countries.nobody_knows")

    assert [queries.source_label(cluster, key) for key in keys] == [
        *("Distance", "Spending on research and development", ""),
    ]


def test_every_indicator_of_the_catalogue_is_complete_in_both_languages():
    for each in indicators().values():
        for texts in (each.names, each.units, each.meanings):
            assert {code for code in LANGUAGES if texts[code].strip()} == set(LANGUAGES), each.code

    assert len({key_of(code) for code in indicators()}) == len(indicators()) == FILE.read_text().count("[[")


def test_a_sheet_counts_what_wants_a_look(cluster):
    sheet = RegionSheetFactory(cluster=cluster)
    SheetEntryFactory(sheet=sheet, reviewed_on=TODAY - timedelta(days=365), rating=2)
    SheetEntryFactory(sheet=sheet, reviewed_on=TODAY - timedelta(days=366), rating=-1)
    SheetEntryFactory(sheet=sheet, reviewed_on=TODAY, rating=None)

    found = sheets_of(cluster, TODAY).get()

    assert (found.entries_number, found.stale_number, found.mean_rating) == (3, 1, 0.5)


def test_ratings_are_means_over_the_sheets_of_a_country(cluster):
    for region, rating in (("", 2), ("DK03", -1)):
        sheet = RegionSheetFactory(cluster=cluster, region=region)
        SheetEntryFactory(sheet=sheet, dimension="economic", rating=rating)
        SheetEntryFactory(sheet=sheet, dimension="political", rating=None)

    assert ratings_of(cluster, ["DK"]) == {("economic", "DK"): 0.5}


@pytest.mark.parametrize("number", [1, 3])
def test_a_country_asks_the_same_queries_for_any_number(cluster, django_assert_num_queries, number):
    for each in range(number):
        made = IndicatorFactory(cluster=cluster, code=f"XX.Y{each}")
        for country in ("DK", "SE"):
            told(made, country, y2019=1.0, y2024=2.0)
    CountryLinkFactory(cluster=cluster)

    with django_assert_num_queries(7):
        view = country_view(cluster, "DK", TODAY)

    assert sum(len(dimension.figures) for dimension in view.dimensions) == number
