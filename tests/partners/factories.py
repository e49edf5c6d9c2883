"""Factories of this room."""

from __future__ import annotations

from datetime import date

import factory
from factory.django import DjangoModelFactory

from kontor.partners.models import (
    Fact,
    Partner,
    PartnerCompetence,
    PartnerContact,
    PartnerImport,
    PartnerNeed,
    StageChange,
    SwotEntry,
)
from tests.factories import ClusterFactory, CompetenceFactory

AS_OF = date(2026, 1, 15)


class PartnerFactory(DjangoModelFactory):
    class Meta:
        model = Partner

    cluster = factory.SubFactory(ClusterFactory)
    name = factory.Sequence(lambda n: f"Photonics Cluster {n}")
    country = "FI"
    city = "Oulu"
    search_key = factory.LazyAttribute(lambda o: f"{o.name} {o.city}".casefold())
    stage_at = AS_OF


class StageChangeFactory(DjangoModelFactory):
    class Meta:
        model = StageChange

    partner = factory.SubFactory(PartnerFactory)
    cluster = factory.SelfAttribute("partner.cluster")
    was = "lead"
    stage = "long"
    reason = "Works on the same technology"
    at = AS_OF


class FactFactory(DjangoModelFactory):
    class Meta:
        model = Fact

    partner = factory.SubFactory(PartnerFactory)
    cluster = factory.SelfAttribute("partner.cluster")
    field = "members_total"
    number = 120.0
    source = "Website"
    as_of = AS_OF


class PartnerCompetenceFactory(DjangoModelFactory):
    class Meta:
        model = PartnerCompetence

    partner = factory.SubFactory(PartnerFactory)
    cluster = factory.SelfAttribute("partner.cluster")
    competence = factory.SubFactory(CompetenceFactory, cluster=factory.SelfAttribute("..partner.cluster"))
    level = 4
    as_of = AS_OF


class PartnerNeedFactory(DjangoModelFactory):
    class Meta:
        model = PartnerNeed

    partner = factory.SubFactory(PartnerFactory)
    cluster = factory.SelfAttribute("partner.cluster")
    statement = "Test sites for optical gas sensors"
    as_of = AS_OF


class PartnerContactFactory(DjangoModelFactory):
    class Meta:
        model = PartnerContact

    partner = factory.SubFactory(PartnerFactory)
    cluster = factory.SelfAttribute("partner.cluster")
    name = "Aino Virtanen"
    email = "aino@photonics.example"


class SwotEntryFactory(DjangoModelFactory):
    class Meta:
        model = SwotEntry

    partner = factory.SubFactory(PartnerFactory)
    cluster = factory.SelfAttribute("partner.cluster")
    kind = "s"
    text = "Own clean room"
    as_of = AS_OF


class PartnerImportFactory(DjangoModelFactory):
    class Meta:
        model = PartnerImport

    cluster = factory.SubFactory(ClusterFactory)
    file_name = "clusters.xlsx"
    staged = factory.LazyFunction(
        lambda: {
            "headers": ["Name", "Land"],
            "header_row": 1,
            "sheet": "Cluster",
            "rows": [[2, ["Photonics Finland", "FI"]]],
            "mapping": {"name": 0, "country": 1},
            "choices": {},
            "source": "clusters.xlsx",
            "as_of": "2026-01-15",
        }
    )
