"""A large cluster, always the same: 1,000 members, 4,000 others, 50,000 ties."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from kontor.accounts.models import Cluster, Role, RoleKind, User
from kontor.accounts.services import found_cluster
from kontor.actors.folding import search_key
from kontor.actors.models import (
    Competence,
    JointProject,
    Membership,
    Organisation,
    OrganisationCompetence,
    Participation,
    Person,
    SizePeriod,
    Tie,
)
from kontor.actors.services.competence import load_start_competences
from kontor.needs.models import Need, NeedTopic
from kontor.needs.services.topics import load_start_topics

MEMBERS, OTHERS, PROJECTS, PARTICIPATIONS, TIES, NEEDS = 1_000, 4_000, 2_000, 30_000, 20_000, 3_000
ABROAD = ["NL", "FR", "AT", "DK", "SE", "FI", "CH", "ES", "IT", "GB", "US", "JP"]
REGIONS = ["DEF01", "DEF02", "DEF03", "DEF0C", "DE600"]
WORDS = [
    "Nord",
    "Förde",
    "Küsten",
    "Hafen",
    "Licht",
    "Mess",
    "Wellen",
    "Strom",
    "Druck",
    "Klang",
    "Frost",
    "Glas",
]


@dataclass(frozen=True)
class Large:
    """The cluster and its manager."""

    cluster: Cluster
    manager: User


def build() -> Large:
    """Write everything in bulk and return the cluster."""
    dice = random.Random(2026)  # nosec B311: repeatable, not secret
    manager = User.objects.create_user("bench@example.org", None, language="de")
    cluster = found_cluster(slug="bench", name="Bench", regions=["DEF", "DE6"], requires_second_factor=False)
    Role.objects.create(cluster=cluster, user=manager, kind=RoleKind.MANAGER)
    load_start_competences(cluster=cluster)
    load_start_topics(cluster)
    members = _organisations(cluster, dice, MEMBERS, is_member=True)
    others = _organisations(cluster, dice, OTHERS, is_member=False)
    _facts(cluster, dice, members)
    _ties(cluster, dice, members, others)
    _needs(cluster, dice, members)
    return Large(cluster, manager)


def _organisations(
    cluster: Cluster, dice: random.Random, count: int, *, is_member: bool
) -> list[Organisation]:
    rows = []
    for number in range(count):
        legal_form = "GmbH" if is_member else "B.V."
        name = f"{dice.choice(WORDS)}{dice.choice(WORDS).lower()}technik {number} {legal_form}"
        country = "DE" if is_member or dice.random() < 0.3 else dice.choice(ABROAD)
        rows.append(
            Organisation(
                cluster=cluster,
                name=name,
                kind=dice.choice(["sme", "sme", "sme", "large", "research", "university"]),
                country=country,
                region=dice.choice(REGIONS) if is_member else "",
                city="Kiel",
                founded=dice.randint(1950, 2024),
                latitude=54 + dice.random(),
                longitude=9 + 2 * dice.random(),
                sector="26.51",
                search_key=search_key(name, "", "Kiel"),
            )
        )
    return Organisation.objects.bulk_create(rows, batch_size=500)


def _facts(cluster: Cluster, dice: random.Random, members: list[Organisation]) -> None:
    leaves = list(Competence.objects.filter(cluster=cluster, parent__isnull=False))
    day = date(2021, 1, 1)
    Membership.objects.bulk_create(
        [Membership(cluster=cluster, organisation=m, valid_from=day) for m in members]
    )
    sizes = ["micro", "small", "medium", "large"]
    SizePeriod.objects.bulk_create(
        [SizePeriod(organisation=m, size=dice.choice(sizes), valid_from=day) for m in members]
    )
    Person.objects.bulk_create(
        [
            Person(
                cluster=cluster, organisation=m, family_name=f"Person {m.pk}", email=f"p{m.pk}@example.org"
            )
            for m in members
        ]
    )
    OrganisationCompetence.objects.bulk_create(
        [
            OrganisationCompetence(organisation=m, competence=c, level=dice.randint(1, 5), valid_from=day)
            for m in members
            for c in dice.sample(leaves, 3)
        ]
    )


def _ties(
    cluster: Cluster, dice: random.Random, members: list[Organisation], others: list[Organisation]
) -> None:
    start = date(2018, 1, 1)
    projects = JointProject.objects.bulk_create(
        [
            JointProject(
                cluster=cluster,
                acronym=f"PROJECT{n}",
                start=start + timedelta(days=dice.randint(0, 2900)),
                end=start + timedelta(days=4000),
            )
            for n in range(PROJECTS)
        ]
    )
    everyone = members + others
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < PARTICIPATIONS:
        pairs.add((dice.randrange(PROJECTS), dice.randrange(len(everyone))))
    Participation.objects.bulk_create(
        [
            Participation(cluster=cluster, project=projects[p], organisation=everyone[o])
            for p, o in sorted(pairs)
        ],
        batch_size=1000,
    )
    Tie.objects.bulk_create(
        [
            Tie(
                cluster=cluster,
                organisation=dice.choice(members),
                partner=dice.choice(others),
                kind="research",
                valid_from=start + timedelta(days=dice.randint(0, 2900)),
            )
            for _ in range(TIES)
        ],
        batch_size=1000,
    )


def _needs(cluster: Cluster, dice: random.Random, members: list[Organisation]) -> None:
    topics = list(NeedTopic.objects.filter(cluster=cluster))
    Need.objects.bulk_create(
        [
            Need(
                cluster=cluster,
                organisation=dice.choice(members),
                topic=(topic := dice.choice(topics)),
                kind=topic.kind,
                statement=f"Bedarf {n}",
                country=dice.choice(["", *ABROAD]),
                recorded_on=date(2026, 1, 1) + timedelta(days=dice.randint(0, 300)),
            )
            for n in range(NEEDS)
        ],
        batch_size=1000,
    )
