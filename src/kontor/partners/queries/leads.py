"""Where to look: organisations abroad with whom members already work, by region and topic."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language

from kontor.accounts.models import Cluster
from kontor.actors.folding import folded
from kontor.actors.models import Organisation, OrganisationKind, Participation
from kontor.actors.queries.abroad import is_foreign
from kontor.actors.queries.internationalisation import foreign_participations
from kontor.actors.queries.members import member_ids
from kontor.needs.queries import voices_by_country
from kontor.partners.models import Partner
from kontor.partners.queries.partners import partners_of
from kontor.partners.words import subject_words
from kontor.ui.vocabulary import country_name, region_name

# NUTS 2: large enough for a cluster, small enough to travel.
_REGION_LETTERS = 4
MOST_TOPICS = 3
# One organisation alone is a contact, not a place to look for a cluster.
FEWEST_ORGANISATIONS = 2
# Bodies that speak for many: clusters register as associations.
BODIES = (OrganisationKind.ASSOCIATION, OrganisationKind.PUBLIC)


@dataclass(frozen=True)
class Sight:
    """One organisation abroad seen in one project. subject: title or field of the project."""

    organisation: str
    name: str
    country: str
    region: str
    city: str
    project: str
    subject: str = ""


@dataclass
class LeadPlace:
    """A region in which several organisations sit that were seen in projects.

    key: "FI:FI1D" or "FI:oulu". wanted: members who name the country as a target, filled in by the caller.
    taken: the profile that was made of it already.
    """

    key: str
    country: str
    region: str
    cities: Counter[str] = field(default_factory=Counter)
    organisations: dict[str, str] = field(default_factory=dict)
    weights: Counter[str] = field(default_factory=Counter)
    projects: set[str] = field(default_factory=set)
    words: Counter[str] = field(default_factory=Counter)
    members: set[int] = field(default_factory=set)
    wanted: int = 0
    taken: Partner | None = None

    @property
    def city(self) -> str:
        """Return the town in which most organisations sit."""
        return min(self.cities, key=lambda name: (-self.cities[name], name), default="")

    @property
    def is_whole_country(self) -> bool:
        """True where the table tells neither town nor region."""
        return not self.city and not self.region

    @property
    def place(self) -> str:
        """Return the place as people say it: the town, or else the region, or the country."""
        language = (get_language() or "en")[:2]
        return self.city or region_name(self.region) or country_name(self.country, language)

    @property
    def region_name(self) -> str:
        """Return the name of the region, "" where only the town is known."""
        return region_name(self.region)

    @property
    def topics(self) -> tuple[str, ...]:
        """Return the words that most projects have in common, the most frequent first."""
        least = 2 if len(self.projects) > 1 else 1
        ranked = sorted(self.words, key=lambda word: (-self.words[word], word))
        return tuple(word for word in ranked if self.words[word] >= least)[:MOST_TOPICS]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the organisations by name, those with most projects first."""
        ranked = sorted(
            self.organisations, key=lambda key: (-self.weights[key], folded(self.organisations[key]))
        )
        return tuple(self.organisations[key] for key in ranked)


@dataclass(frozen=True)
class Wish:
    """A country that members name as a target and of which no partner cluster is on record."""

    country: str
    members: int


@dataclass(frozen=True)
class LeadBody:
    """An association or public body abroad that the directory knows: perhaps a cluster itself."""

    organisation: Organisation
    projects: int
    taken: Partner | None


def lead_places(cluster: Cluster, on: date) -> list[LeadPlace]:
    """Return the regions abroad in which partners of members sit, those in countries wanted first.

    Five queries.
    """
    found = grouped(_sights(cluster, on))
    members = _members_of_projects(cluster, on)
    wanted = {voices.key: voices.organisations for voices in voices_by_country(cluster, on)}
    taken = taken_leads(cluster)
    for each in found:
        each.members = set().union(*(members.get(project, set()) for project in each.projects))
        each.wanted = wanted.get(each.country, 0)
        each.taken = taken.get(reference_of(each.key))
    return sorted(found, key=lambda each: (-each.wanted, -len(each.organisations), each.key))


def open_wishes(cluster: Cluster, on: date) -> list[Wish]:
    """Return the countries wanted without a partner cluster, the most wanted first. Two queries."""
    there = set(partners_of(cluster).order_by().values_list("country", flat=True))
    voices = voices_by_country(cluster, on)
    return [
        Wish(each.key, each.organisations)
        for each in voices
        if each.key not in there and each.key != cluster.country
    ]


def lead_bodies(cluster: Cluster, on: date) -> list[LeadBody]:
    """Return associations and public bodies abroad, those with most joint projects first. Three queries."""
    projects = Counter(
        foreign_participations(cluster, on).values_list("organisation_id", flat=True).order_by()
    )
    rows = Organisation.objects.filter(is_foreign(cluster), cluster=cluster, kind__in=BODIES)
    profiles = Partner.objects.filter(cluster=cluster, organisation__isnull=False, is_own=False)
    taken = {partner.organisation_id: partner for partner in profiles}
    members = set(member_ids(cluster, on))
    bodies = [LeadBody(row, projects[row.pk], taken.get(row.pk)) for row in rows if row.pk not in members]
    return sorted(bodies, key=lambda each: (-each.projects, folded(each.organisation.name)))


def taken_leads(cluster: Cluster) -> dict[str, Partner]:
    """Return reference → profile of the leads that were taken. One query."""
    rows = Partner.objects.filter(cluster=cluster, reference__startswith="lead:")
    return {partner.reference: partner for partner in rows}


def reference_of(key: str) -> str:
    """Return the reference under which a place becomes a profile, so that it becomes one only once."""
    return f"lead:{key}"[:120]


def grouped(sights: Iterable[Sight]) -> list[LeadPlace]:
    """Return the places in which at least two organisations were seen."""
    places: dict[str, LeadPlace] = {}
    subjects: dict[str, dict[str, str]] = defaultdict(dict)
    for sight in sights:
        key, region = _place_of(sight)
        place = places.setdefault(key, LeadPlace(key, sight.country, region))
        if sight.organisation not in place.organisations and sight.city:
            place.cities[sight.city] += 1
        place.organisations.setdefault(sight.organisation, sight.name)
        place.weights[sight.organisation] += 1
        place.projects.add(sight.project)
        subjects[key][sight.project] = f"{subjects[key].get(sight.project, '')} {sight.subject}"
    for key, place in places.items():
        place.words = _words(subjects[key].values())
    return [place for place in places.values() if len(place.organisations) >= FEWEST_ORGANISATIONS]


def _place_of(sight: Sight) -> tuple[str, str]:
    """Return the key of a place, and its region where it is known."""
    region = sight.region[:_REGION_LETTERS] if len(sight.region) >= _REGION_LETTERS else ""
    return f"{sight.country}:{region or folded(sight.city)}", region


def _words(subjects: Iterable[str]) -> Counter[str]:
    """Return the words that tell what projects are about, each counted once for each project."""
    counts: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for subject in subjects:
        for plain, word in subject_words(subject).items():
            counts[spelled.setdefault(plain, word.lower())] += 1
    return counts


def _sights(cluster: Cluster, on: date) -> Iterator[Sight]:
    columns = (
        *("organisation_id", "organisation__name", "organisation__country", "organisation__region"),
        *("organisation__city", "project_id", "project__title"),
    )
    for pk, name, country, region, city, project, title in foreign_participations(cluster, on).values_list(
        *columns
    ):
        yield Sight(str(pk), name, country, region, city, str(project), str(title))


def _members_of_projects(cluster: Cluster, on: date) -> Mapping[str, set[int]]:
    """Return project → members of the day that took part. One query."""
    found: dict[str, set[int]] = defaultdict(set)
    rows = Participation.objects.filter(cluster=cluster, organisation__in=member_ids(cluster, on)).order_by()
    for project, member in rows.values_list("project_id", "organisation_id"):
        found[str(project)].add(member)
    return found


def from_rows(rows: Sequence[Mapping[str, Any]]) -> list[LeadPlace]:
    """Return the places of a CORDIS table, as `kontor.partners.leads` stored them."""
    return [
        LeadPlace(
            key=str(row["key"]),
            country=str(row["country"]),
            region=str(row["region"]),
            cities=Counter(row["cities"]),
            organisations=dict(row["organisations"]),
            weights=Counter(row["weights"]),
            projects=set(row["projects"]),
            words=Counter(row["words"]),
        )
        for row in rows
    ]
