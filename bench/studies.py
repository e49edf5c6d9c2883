"""How fast the pages of a large study are: 50 candidates × 70 criteria, weighed and scored by five."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
from django.test import Client
from django.urls import reverse

from bench.timing import median_ms, tell
from kontor.accounts.models import Cluster, User
from kontor.criteria.models import Catalogue, CatalogueVersion
from kontor.partners.models import Partner
from kontor.studies.models import Assessor, Score, Study, StudyCandidate, StudyCriterion, WeightStatement
from kontor.studies.queries.matrix import matrix_of
from kontor.studies.services.outcomes import compute_robust, outcome_of
from kontor.studies.services.weighing_group import recompute

CANDIDATES, CRITERIA, PEOPLE, FAMILIES = 50, 70, 5, 7
KNOWN = 0.9


def run(cluster: Cluster, user: User) -> None:
    """Measure the pages of a large study and print them."""
    study = build(cluster)
    begun = time.perf_counter()
    found = outcome_of(study=study)
    tell("study 50 × 70: figures computed at once", (time.perf_counter() - begun) * 1000, 2000)
    begun = time.perf_counter()
    compute_robust(outcome=found.outcome, matrix=matrix_of(study))
    tell("study 50 × 70: simulated in the background", (time.perf_counter() - begun) * 1000, 30_000)
    client = Client(HTTP_HOST="localhost")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    for page, asked in (("result", 400), ("result-robust", 400), ("slider", 400)):
        address = reverse(f"studies:{page}", args=[cluster.slug, study.pk])
        tell(f"study 50 × 70: page {page}", median_ms(_asking(client, address)), asked)
    address = reverse("studies:slider", args=[cluster.slug, study.pk])
    moved = {"family-f1": "90"}
    fast = median_ms(_asking(client, address, moved, {"HX-Request": "true"}))
    tell("study 50 × 70: a slider moves", fast, 100)


def _asking(
    client: Client, address: str, query: dict[str, str] | None = None, headers: dict[str, str] | None = None
) -> Callable[[], None]:
    def ask() -> None:
        answer = client.get(address, query or {}, headers=headers or {})
        if answer.status_code != 200:
            sys.exit(f"{address} answered {answer.status_code}")

    return ask


def build(cluster: Cluster) -> Study:
    """Return a study of that size, weights opened."""
    dice = np.random.default_rng(7)
    catalogue = Catalogue.objects.filter(cluster=cluster, purpose="partners").first()
    catalogue = catalogue or Catalogue.objects.create(cluster=cluster, purpose="partners", title="Bench")
    version = CatalogueVersion.objects.create(cluster=cluster, catalogue=catalogue, number=999, content=[])
    study = Study.objects.create(
        cluster=cluster,
        title="Bench",
        catalogue_version=version,
        state=Study.State.OPEN,
        weights_opened_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    candidates = [
        StudyCandidate.objects.create(
            cluster=cluster,
            study=study,
            position=place,
            partner=Partner.objects.create(cluster=cluster, name=f"Bench {place}", country="FI"),
        )
        for place in range(CANDIDATES)
    ]
    criteria = [_criterion(study, place) for place in range(CRITERIA)]
    people = [_person(study, place, criteria, dice) for place in range(PEOPLE)]
    _score(candidates, criteria, people, dice)
    recompute(study)
    sys.stdout.write(f"A study with {Score.objects.filter(candidate__study=study).count():,} scores.\n")
    return study


def _criterion(study: Study, place: int) -> StudyCriterion:
    family = f"f{place % FAMILIES}"
    content = {
        "code": f"c{place}",
        "family": family,
        "family_name": {"en": f"Family {family}"},
        "reference_code": "",
        "name": {"en": f"Criterion {place}"},
        "meaning": {"en": "How good is it?"},
        "evidence": {},
        "scale": "points",
        "unit": {},
        "scale_low": 1.0,
        "scale_high": 5.0,
        "is_benefit": True,
        "anchors": {},
        "source": "",
        "knock_out_below": None,
        "knock_out_above": None,
        "position": place,
    }
    return StudyCriterion.objects.create(
        cluster_id=study.cluster_id,
        study=study,
        code=f"c{place}",
        content=content,
        position=place,
        scale_low=1.0,
        scale_high=5.0,
    )


def _person(study: Study, place: int, criteria: list[StudyCriterion], dice: np.random.Generator) -> Assessor:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    person = Assessor.objects.create(
        cluster_id=study.cluster_id,
        study=study,
        name=f"Person {place}",
        email=f"person{place}@bench.example",
        group="sme" if place % 2 else "research",
        submitted_scores_at=now,
    )
    shares = dice.dirichlet(np.ones(len(criteria)))
    weights = {each.code: float(share) for each, share in zip(criteria, shares, strict=True)}
    WeightStatement.objects.create(
        cluster_id=study.cluster_id, assessor=person, weights=weights, submitted_at=now
    )
    return person


def _score(
    candidates: list[StudyCandidate],
    criteria: list[StudyCriterion],
    people: list[Assessor],
    dice: np.random.Generator,
) -> None:
    rows = []
    for candidate in candidates:
        for criterion in criteria:
            if dice.random() < KNOWN:
                value = float(dice.integers(1, 6))
                rows.append(
                    Score(
                        cluster_id=candidate.cluster_id,
                        candidate=candidate,
                        criterion=criterion,
                        assessor=people[int(dice.integers(len(people)))],
                        value=value,
                        low=value,
                        high=value,
                    )
                )
    Score.objects.bulk_create(rows, batch_size=1000)
