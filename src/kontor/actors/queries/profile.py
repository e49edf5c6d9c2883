"""All that a profile page tells about one organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from kontor.accounts.models import Cluster
from kontor.actors.models import (
    Membership,
    Organisation,
    OrganisationCompetence,
    Participation,
    Person,
    Site,
    SizePeriod,
    StartUpPeriod,
    Tie,
)
from kontor.actors.queries.projects import projects_of
from kontor.actors.queries.ties import Circle, circles

# Databases differ in where they put NULL; an unknown beginning comes before every day.
_OLDEST_FIRST = F("valid_from").asc(nulls_first=True)


@dataclass(frozen=True)
class Profile:
    """One organisation on a date; lists hold the past too, so that a reader sees how it came."""

    organisation: Organisation
    on: date
    memberships: list[Membership]
    sizes: list[SizePeriod]
    start_up_periods: list[StartUpPeriod]
    competences: list[OrganisationCompetence]
    sites: list[Site]
    people: list[Person]
    ties: list[Tie]
    participations: list[Participation]
    circles: tuple[Circle, ...]

    @property
    def membership(self) -> Membership | None:
        """Return the membership in force, if any."""
        return next((row for row in self.memberships if row.is_valid_on(self.on)), None)

    @property
    def size(self) -> SizePeriod | None:
        """Return the size class in force, if it is known."""
        return next((row for row in self.sizes if row.is_valid_on(self.on)), None)

    @property
    def is_start_up(self) -> bool:
        """True while the organisation counts as a start-up."""
        return any(row.is_valid_on(self.on) for row in self.start_up_periods)

    @property
    def competences_now(self) -> list[OrganisationCompetence]:
        """Return what the organisation can do on the date, the highest level first."""
        return [row for row in self.competences if row.is_valid_on(self.on)]

    @property
    def past_competences(self) -> list[OrganisationCompetence]:
        """Return earlier and later levels."""
        return [row for row in self.competences if not row.is_valid_on(self.on)]


def profile(cluster: Cluster, organisation: Organisation, on: date, *, is_full: bool) -> Profile:
    """Return the profile; without is_full, only what a competitor may see. Ten queries at most."""
    competences = organisation.competences.select_related("competence", "competence__parent")
    return Profile(
        organisation=organisation,
        on=on,
        memberships=list(organisation.memberships.order_by(_OLDEST_FIRST, "pk")),
        sizes=list(organisation.sizes.order_by(_OLDEST_FIRST, "pk")) if is_full else [],
        start_up_periods=list(organisation.start_up_periods.order_by(_OLDEST_FIRST, "pk")) if is_full else [],
        competences=list(competences),
        sites=list(organisation.sites.all()),
        people=list(organisation.people.all()) if is_full else [],
        ties=_ties(organisation) if is_full else [],
        participations=list(projects_of(organisation)) if is_full else [],
        circles=circles(cluster, organisation, first=None, last=on) if is_full else (),
    )


def _ties(organisation: Organisation) -> list[Tie]:
    either = Q(organisation=organisation) | Q(partner=organisation)
    ties = Tie.objects.filter(either).select_related("organisation", "partner")
    return list(ties.order_by(F("valid_from").desc(nulls_last=True), "pk"))
