"""What the countries tell the strategy, in the language of the document."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from kontor.countries.evidence import EVIDENCE
from kontor.reports.model import Missing, Report, Section
from kontor.reports.stored import to_json
from tests.countries.factories import (
    CountryLinkFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    RegionSheetFactory,
    SheetEntryFactory,
)

TODAY = date(2026, 11, 25)


def rows(block, language):
    with override(language):
        report = Report("t", "s", "a", language, TODAY, (Section("x", "x", (block,)),))
        return to_json(report)["report"]["sections"][0]["blocks"][0]["rows"]


@pytest.mark.parametrize("key", EVIDENCE)
def test_nothing_on_record_names_the_next_step(cluster, key):
    assert isinstance(EVIDENCE[key](cluster, TODAY), Missing)


def test_the_frame_speaks_the_language_of_the_document(cluster):
    indicator = IndicatorFactory(cluster=cluster)
    IndicatorValueFactory(indicator=indicator, country="DK", year=2024, value=1234.5)
    CountryLinkFactory(cluster=cluster, country="DK", distance_km=595.9)
    RegionSheetFactory(cluster=cluster, country="DK")

    block = EVIDENCE["countries.frame"](cluster, TODAY)

    assert (rows(block, "de"), rows(block, "en")) == (
        [["Dänemark", 596, "1.234,5 (2024)"]],
        [["Denmark", 596, "1,234.5 (2024)"]],
    )


def test_judgements_are_means_by_dimension(cluster):
    sheet = RegionSheetFactory(cluster=cluster, country="DK")
    for rating in (2, 1):
        SheetEntryFactory(sheet=sheet, dimension="economic", rating=rating)

    block = EVIDENCE["countries.judgement"](cluster, TODAY)

    assert rows(block, "en") == [["Denmark", None, "+1.5", None, None, None]]
