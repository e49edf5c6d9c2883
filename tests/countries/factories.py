"""Factories of this room: complete, valid objects with as few words as a test needs."""

from __future__ import annotations

from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from kontor.countries.models import (
    CountryLink,
    Indicator,
    IndicatorValue,
    RegionSheet,
    SheetEntry,
    SourceFile,
    Upload,
)
from tests.factories import ClusterFactory


class UploadFactory(DjangoModelFactory):
    class Meta:
        model = Upload

    cluster = factory.SubFactory(ClusterFactory)
    state = "done"


class SourceFileFactory(DjangoModelFactory):
    class Meta:
        model = SourceFile

    upload = factory.SubFactory(UploadFactory)
    cluster = factory.SelfAttribute("upload.cluster")
    name = factory.Sequence(lambda n: f"API_NY.GDP.PCAP.CD_{n}.csv")
    kind = "indicators"
    state = "loaded"
    publisher = "World Bank"
    findings = factory.LazyFunction(
        lambda: {
            "problem": {},
            "indicators": [],
            "countries": 0,
            "left_out": [],
            "faults": [],
            "faults_number": 0,
            "is_chosen": True,
        }
    )
    loaded_at = factory.LazyFunction(timezone.now)


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = Indicator

    cluster = factory.SubFactory(ClusterFactory)
    code = factory.Sequence(lambda n: f"XX.OWN.{n}")
    key = factory.LazyAttribute(lambda o: o.code.lower().replace(".", "_"))
    name = factory.Sequence(lambda n: f"Indicator {n}")
    unit = "%"
    dimension = "economic"
    is_benefit = True


class IndicatorValueFactory(DjangoModelFactory):
    class Meta:
        model = IndicatorValue

    indicator = factory.SubFactory(IndicatorFactory)
    file = factory.SubFactory(
        SourceFileFactory,
        upload__cluster=factory.SelfAttribute("...indicator.cluster"),
    )
    country = "DK"
    year = 2022
    value = 1.5


class CountryLinkFactory(DjangoModelFactory):
    class Meta:
        model = CountryLink

    cluster = factory.SubFactory(ClusterFactory)
    file = factory.SubFactory(
        SourceFileFactory,
        upload__cluster=factory.SelfAttribute("...cluster"),
        kind="distances",
        publisher="CEPII",
        name="dist_cepii.xls",
    )
    home = factory.SelfAttribute("cluster.country")
    country = "DK"
    distance_km = 595.9
    capital_km = 353.0
    shares_language = True
    is_contiguous = True


class RegionSheetFactory(DjangoModelFactory):
    class Meta:
        model = RegionSheet

    cluster = factory.SubFactory(ClusterFactory)
    country = "DK"


class SheetEntryFactory(DjangoModelFactory):
    class Meta:
        model = SheetEntry

    sheet = factory.SubFactory(RegionSheetFactory)
    cluster = factory.SelfAttribute("sheet.cluster")
    dimension = "political"
    text = "Funds industrial research through a single body"
    source = "Innovation Fund"
    as_of = date(2026, 3, 1)
    reviewed_on = factory.LazyFunction(timezone.localdate)
