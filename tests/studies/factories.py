"""Factories of this room: complete, valid objects with as few words as a test needs.

`made_study` builds a whole study at once: candidates, criteria, scores and people who have handed in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from kontor.accounts.models import Cluster
from kontor.criteria.models import CatalogueVersion
from kontor.studies.models import (
    Assessor,
    Decision,
    MutualView,
    Outcome,
    Scenario,
    Score,
    ScoreImport,
    Study,
    StudyCandidate,
    StudyCriterion,
    WeightStatement,
)
from tests.criteria.factories import CatalogueFactory, CatalogueVersionFactory
from tests.factories import ClusterFactory
from tests.partners.factories import PartnerFactory

AS_OF = date(2026, 1, 15)


def version_in(cluster: Cluster) -> CatalogueVersion:
    """Return the cluster's latest version for partners, publishing a first one where there is none."""
    found = CatalogueVersion.objects.filter(catalogue__cluster=cluster, catalogue__purpose="partners").last()
    if found is not None:
        return found
    catalogue = cluster_catalogue(cluster)
    version: CatalogueVersion = CatalogueVersionFactory(catalogue=catalogue)
    return version


def cluster_catalogue(cluster: Cluster) -> Any:
    """Return the cluster's catalogue for partners."""
    from kontor.criteria.models import Catalogue

    found = Catalogue.objects.filter(cluster=cluster, purpose="partners").first()
    return found or CatalogueFactory(cluster=cluster)


def frozen(code: str, name: str = "", family: str = "cluster", **fields: Any) -> dict[str, Any]:
    """Return a frozen criterion as plain data, in points from 1 to 5 unless said otherwise."""
    plain: dict[str, Any] = {
        "code": code,
        "family": family,
        "family_name": {"de": f"Familie {family}", "en": f"Family {family}"},
        "reference_code": "",
        "name": {"de": name or f"Kriterium {code}", "en": name or f"Criterion {code}"},
        "meaning": {"de": "Wie gut ist es?", "en": "How good is it?"},
        "evidence": {},
        "scale": "points",
        "unit": {},
        "scale_low": 1.0,
        "scale_high": 5.0,
        "is_benefit": True,
        "anchors": {"1": {"de": "gar nicht", "en": "not at all"}, "5": {"de": "sehr", "en": "very much"}},
        "source": "",
        "knock_out_below": None,
        "knock_out_above": None,
        "position": 1,
    }
    return plain | fields


class StudyFactory(DjangoModelFactory):
    """A study in preparation, without candidates and criteria."""

    class Meta:
        model = Study

    cluster = factory.SubFactory(ClusterFactory)
    title = factory.Sequence(lambda n: f"Partner in the north {n}")
    question = "With whom shall we build up the cooperation?"
    catalogue_version = factory.LazyAttribute(lambda o: version_in(o.cluster))


class StudyCandidateFactory(DjangoModelFactory):
    class Meta:
        model = StudyCandidate

    study = factory.SubFactory(StudyFactory)
    cluster = factory.SelfAttribute("study.cluster")
    partner = factory.SubFactory(PartnerFactory, cluster=factory.SelfAttribute("..study.cluster"))
    position = factory.Sequence(lambda n: n)


class StudyCriterionFactory(DjangoModelFactory):
    class Meta:
        model = StudyCriterion

    study = factory.SubFactory(StudyFactory)
    cluster = factory.SelfAttribute("study.cluster")
    code = factory.Sequence(lambda n: f"criterion_{n}")
    content = factory.LazyAttribute(lambda o: frozen(o.code))
    position = factory.Sequence(lambda n: n)
    is_benefit = factory.LazyAttribute(lambda o: o.content["is_benefit"])
    scale_low = factory.LazyAttribute(lambda o: o.content["scale_low"])
    scale_high = factory.LazyAttribute(lambda o: o.content["scale_high"])


class AssessorFactory(DjangoModelFactory):
    class Meta:
        model = Assessor

    study = factory.SubFactory(StudyFactory)
    cluster = factory.SelfAttribute("study.cluster")
    name = factory.Sequence(lambda n: f"Assessor {n}")
    email = factory.Sequence(lambda n: f"assessor{n}@example.org")
    language = "en"
    group = "sme"


class WeightStatementFactory(DjangoModelFactory):
    """Weights that were handed in; give `weights` as code → weight."""

    class Meta:
        model = WeightStatement

    assessor = factory.SubFactory(AssessorFactory)
    cluster = factory.SelfAttribute("assessor.cluster")
    submitted_at = factory.LazyFunction(timezone.now)


class ScoreFactory(DjangoModelFactory):
    """A score; without an assessor it is agreed by the group unless `origin` says "data"."""

    class Meta:
        model = Score

    candidate = factory.SubFactory(StudyCandidateFactory)
    criterion = factory.SubFactory(StudyCriterionFactory, study=factory.SelfAttribute("..candidate.study"))
    cluster = factory.SelfAttribute("candidate.cluster")
    assessor = None
    origin = factory.LazyAttribute(lambda o: "assessor" if o.assessor else "agreed")
    value = 3.0
    low = factory.LazyAttribute(lambda o: o.value)
    high = factory.LazyAttribute(lambda o: o.value)
    is_unknown = factory.LazyAttribute(lambda o: o.value is None)


class ScoreImportFactory(DjangoModelFactory):
    class Meta:
        model = ScoreImport

    study = factory.SubFactory(StudyFactory)
    cluster = factory.SelfAttribute("study.cluster")
    state = "done"
    file_name = "scores.xlsx"
    report = factory.LazyFunction(lambda: {"written": 0, "changed": 0, "empty": 0})


class ScenarioFactory(DjangoModelFactory):
    class Meta:
        model = Scenario

    study = factory.SubFactory(StudyFactory)
    cluster = factory.SelfAttribute("study.cluster")
    name = "Without the leader"


class OutcomeFactory(DjangoModelFactory):
    class Meta:
        model = Outcome

    study = factory.SubFactory(StudyFactory)
    fingerprint = factory.Sequence(lambda n: f"{n:064x}")


class MutualViewFactory(DjangoModelFactory):
    class Meta:
        model = MutualView

    candidate = factory.SubFactory(StudyCandidateFactory)
    cluster = factory.SelfAttribute("candidate.cluster")
    name = "Aino Virtanen"
    email = "aino@photonics.example"


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = Decision

    study = factory.SubFactory(StudyFactory, state="decided")
    cluster = factory.SelfAttribute("study.cluster")
    reasons = "It fits best."
    decided_on = AS_OF
    fingerprint = "0" * 64


Cell = float | None | tuple[float, float, float]


def made_study(
    cells: Sequence[Sequence[Cell]],
    *,
    weights: Sequence[float | None] | None = None,
    people: Mapping[str, Sequence[float]] | None = None,
    criteria: Sequence[Mapping[str, Any]] | None = None,
    **study: Any,
) -> Study:
    """Return a study with a row of `cells` for each candidate and a column for each criterion.

    cells:    a number, (least, value, most), or None where nothing has been said; agreed by the group.
    weights:  the group's weights, where they have been opened.
    people:   name → weights that this person has handed in.
    criteria: fields of `StudyCriterion` for each column, such as {"is_benefit": False}.
    """
    made: Study = StudyFactory(**study)
    number = len(cells[0]) if cells else 0
    given = criteria or [{} for _ in range(number)]
    columns = [
        StudyCriterionFactory(
            study=made,
            position=place,
            group_weight=weights[place] if weights else None,
            **({"code": f"c{place + 1}"} | dict(given[place])),
        )
        for place in range(number)
    ]
    for place, row in enumerate(cells):
        name = f"Cluster {chr(65 + place % 26)}{place // 26 or ''}"
        candidate = StudyCandidateFactory(
            study=made, position=place, partner__name=name, partner__search_key=name.casefold()
        )
        for column, cell in zip(columns, row, strict=True):
            if cell is not None:
                low, value, high = cell if isinstance(cell, tuple) else (cell, cell, cell)
                ScoreFactory(
                    candidate=candidate, criterion=column, low=low, value=value, high=high, confidence=3
                )
    for name, shares in (people or {}).items():
        total = sum(shares)
        said = {column.code: share / total for column, share in zip(columns, shares, strict=True)}
        WeightStatementFactory(assessor=AssessorFactory(study=made, name=name), weights=said)
    return made
