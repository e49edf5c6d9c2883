"""Factories of this room: complete, valid objects with as few words as a test needs."""

from __future__ import annotations

from typing import Any

import factory
from factory.django import DjangoModelFactory

from kontor.criteria import services
from kontor.criteria.models import Catalogue, CatalogueVersion, CriteriaImport, Criterion
from tests.factories import ClusterFactory


class CatalogueFactory(DjangoModelFactory):
    class Meta:
        model = Catalogue

    cluster = factory.SubFactory(ClusterFactory)
    purpose = "partners"
    title = "Criteria for partner clusters"


class CriterionFactory(DjangoModelFactory):
    """A criterion of the cluster's own, judged in points; `reference_code` makes it one of the guide."""

    class Meta:
        model = Criterion

    catalogue = factory.SubFactory(CatalogueFactory)
    cluster = factory.SelfAttribute("catalogue.cluster")
    family = "cluster"
    code = factory.Sequence(lambda n: f"criterion_{n}")
    name = factory.Sequence(lambda n: f"Criterion {n}")
    meaning = "How good is it?"
    scale_low = 1.0
    scale_high = 5.0
    position = factory.Sequence(lambda n: n + 1)


class CatalogueVersionFactory(DjangoModelFactory):
    """A published version of `criteria` criteria (two unless said otherwise), made by the service.

    Give `catalogue` to publish what is there, with `criteria=0`.
    """

    class Meta:
        model = CatalogueVersion

    catalogue = factory.SubFactory(CatalogueFactory)
    criteria = 2
    note = ""

    @classmethod
    def _create(cls, model_class: type[CatalogueVersion], *args: Any, **kwargs: Any) -> CatalogueVersion:
        return services.publish_version(**kwargs)

    @classmethod
    def _adjust_kwargs(cls, **kwargs: Any) -> dict[str, Any]:
        CriterionFactory.create_batch(kwargs.pop("criteria"), catalogue=kwargs["catalogue"])
        return kwargs


class CriteriaImportFactory(DjangoModelFactory):
    class Meta:
        model = CriteriaImport

    catalogue = factory.SubFactory(CatalogueFactory)
    cluster = factory.SelfAttribute("catalogue.cluster")
    state = "done"
    file_name = "criteria.xlsx"
    report = factory.LazyFunction(lambda: {"written": 0, "known": 0})
