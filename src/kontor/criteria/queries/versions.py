"""Published versions: what they hold, and who builds on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from kontor.accounts.models import Cluster
from kontor.criteria.frozen import FrozenCriterion, freeze
from kontor.criteria.models import Catalogue, CatalogueVersion, Criterion
from kontor.criteria.queries.catalogue import working_criteria
from kontor.criteria.reference import DEFAULT_PURPOSE
from kontor.ui.components import Text


@dataclass(frozen=True)
class Use:
    """What builds on a version: number and name of the kind, such as 2 partner studies."""

    label: Text
    number: int


def versions_of(catalogue: Catalogue) -> QuerySet[CatalogueVersion]:
    """Return the versions without contents, the latest first, with who published them. One query."""
    found = catalogue.versions.select_related("published_by", "catalogue")
    return found.defer("content").order_by("-number")


def latest_version(cluster: Cluster, purpose: str = DEFAULT_PURPOSE) -> CatalogueVersion | None:
    """Return the version that the next study uses, None before the first one. One query."""
    found = CatalogueVersion.objects.filter(catalogue__cluster=cluster, catalogue__purpose=purpose)
    return found.select_related("catalogue").order_by("-number").first()


def criteria_of(version: CatalogueVersion) -> list[FrozenCriterion]:
    """Return the criteria of a version in their order; asks nothing but the version itself."""
    return [FrozenCriterion.from_dict(each) for each in version.content]


def content_now(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Return what a version published now would hold: the criteria in use, in their order. One query."""
    return [each.as_dict() for each in frozen_now(working_criteria(catalogue), catalogue.purpose)]


def frozen_now(criteria: Iterable[Criterion], purpose: str) -> list[FrozenCriterion]:
    """Return those in use of criteria at hand, in the order given, as a version would hold them."""
    active = (criterion for criterion in criteria if criterion.is_active)
    return [freeze(criterion, place, purpose) for place, criterion in enumerate(active, 1)]


def numbers_with(catalogue: Catalogue, code: str) -> list[CatalogueVersion]:
    """Return the versions that hold the criterion, the earliest first. One query."""
    found = catalogue.versions.defer("content").order_by("number")
    return [version for version in found if code in version.codes]


def uses_of(version: CatalogueVersion) -> list[Use]:
    """Return what refers to the version, nothing that is zero. One query for each room above that can.

    Rooms above refer to versions; this room does not know them, so it asks the models who points here.
    """
    found = []
    for relation in CatalogueVersion._meta.related_objects:
        using = relation.related_model
        number = using._base_manager.filter(**{relation.field.name: version}).count()
        if number:
            label = using._meta.verbose_name if number == 1 else using._meta.verbose_name_plural
            found.append(Use(label or "", number))
    return found
