"""CORDIS records → what is to be written: projects, organisations, participations, memberships, sciences.

What is known already is found by its reference (grant number, participant code). Of known organisations only
gaps are filled, because people may have corrected the rest; projects and participations follow the source.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from django.utils import timezone
from i18nfield.strings import LazyI18nString

from kontor.accounts.models import Cluster
from kontor.actors.folding import search_key
from kontor.actors.models import (
    JointProject,
    Membership,
    Organisation,
    OrganisationKind,
    Participation,
    ParticipationRole,
)
from kontor.actors.services.importing.checking import lies_in
from kontor.actors.services.importing.cordis_members import MemberChoice
from kontor.actors.services.importing.ledger import Ledger, portions
from kontor.actors.services.importing.sciences import plan_sciences
from kontor.imports.cordis import CordisData, CordisOrganisation, CordisParticipation, CordisProject
from kontor.imports.fields import Fault

ROLES = {
    "coordinator": ParticipationRole.COORDINATOR,
    "participant": ParticipationRole.PARTICIPANT,
    "thirdParty": ParticipationRole.THIRD_PARTY,
    "associatedPartner": ParticipationRole.ASSOCIATED,
    "internationalPartner": ParticipationRole.ASSOCIATED,
    "partner": ParticipationRole.ASSOCIATED,
}
KINDS = {
    "HES": OrganisationKind.UNIVERSITY,
    "REC": OrganisationKind.RESEARCH,
    "PUB": OrganisationKind.PUBLIC,
    "OTH": OrganisationKind.OTHER,
}
CENT = Decimal("0.01")
Tell = Callable[[int, int], None]


class CordisPlan:
    """Notes in its ledger what the records ask for; `same` names known organisations by participant code."""

    def __init__(self, cluster: Cluster, data: CordisData, same: Mapping[str, int]) -> None:
        self.ledger = Ledger()
        self.faults: list[Fault] = []
        self.members = 0
        self.competences = 0
        self._cluster = cluster
        self._data = data
        self._same = same
        self._organisations: dict[str, Organisation] = {}
        self._projects: dict[str, JointProject] = {}

    def make(self, members: MemberChoice, tell: Tell) -> None:
        """Plan everything; `tell` hears how many records are done."""
        data = self._data
        total = len(data.organisations) + len(data.projects) + len(data.participations)
        self._plan_organisations()
        tell(len(data.organisations), total)
        self._plan_projects()
        tell(len(data.organisations) + len(data.projects), total)
        self._plan_participations()
        self._plan_memberships(members)
        self.competences = plan_sciences(self._cluster, self.ledger, data.sciences)
        tell(total, total)

    def _plan_organisations(self) -> None:
        known = self._known_organisations()
        for record in self._data.organisations:
            organisation = known.get(record.reference)
            said = self._organisation_fields(record)
            if organisation is None:
                organisation = self.ledger.add(Organisation(cluster=self._cluster, **said))
                organisation.search_key = search_key(
                    organisation.name, organisation.short_name, organisation.city
                )
            else:
                self._fill_gaps(organisation, said)
            self._organisations[record.reference] = organisation

    def _known_organisations(self) -> dict[str, Organisation]:
        rows = Organisation.objects.filter(cluster=self._cluster)
        found = {row.reference: row for row in rows.exclude(reference="")}
        by_key = rows.in_bulk(list(self._same.values()))
        for reference, key in self._same.items():
            if key in by_key and by_key[key].reference in ("", reference):
                found.setdefault(reference, by_key[key])
        return found

    def _fill_gaps(self, organisation: Organisation, said: dict[str, object]) -> None:
        before = (organisation.short_name, organisation.city)
        gaps = {name: value for name, value in said.items() if getattr(organisation, name) in (None, "")}
        is_vague = organisation.kind in (OrganisationKind.COMPANY, OrganisationKind.OTHER)
        if is_vague and said["kind"] in (OrganisationKind.SME, OrganisationKind.LARGE):
            gaps["kind"] = said["kind"]
        if not lies_in(gaps.get("region", organisation.region), organisation.country):
            gaps.pop("region")
        self.ledger.change(organisation, **gaps)
        if (organisation.short_name, organisation.city) != before:
            key = search_key(organisation.name, organisation.short_name, organisation.city)
            self.ledger.accompany(organisation, "search_key", key)

    def _organisation_fields(self, record: CordisOrganisation) -> dict[str, object]:
        region = record.nuts if lies_in(record.nuts, record.country) and len(record.nuts) > 2 else ""
        if record.nuts and not lies_in(record.nuts, record.country):
            self._report("nutsCode", "cordis.region_elsewhere", record.nuts, "")
        return {
            "reference": record.reference[:60],
            "name": self._fitting("name", record.name or record.reference, 300),
            "short_name": self._fitting("shortName", record.short_name, 120),
            "kind": kind_of(record),
            "country": record.country,
            "region": region,
            "street": self._fitting("street", record.street, 200),
            "postcode": self._fitting("postCode", record.post_code, 20),
            "city": self._fitting("city", record.city, 120),
            "latitude": record.latitude,
            "longitude": record.longitude,
            "website": record.website if len(record.website) <= 300 else "",
        }

    def _plan_projects(self) -> None:
        rows = JointProject.objects.filter(cluster=self._cluster).exclude(reference="")
        known = {row.reference: row for row in rows}
        for record in self._data.projects:
            said = self._project_fields(record)
            project = known.get(record.reference)
            if project is None:
                project = self.ledger.add(JointProject(cluster=self._cluster, **said))
            else:
                kept = {name: value for name, value in said.items() if value not in (None, "")}
                self.ledger.change(project, **kept)
            self._projects[record.reference] = project

    def _project_fields(self, record: CordisProject) -> dict[str, object]:
        cost = record.total_cost
        return {
            "reference": record.reference[:60],
            "acronym": self._fitting("acronym", record.acronym or record.reference, 120),
            "title": LazyI18nString({"en": self._fitting("title", record.title, 500)}),
            "programme": self._fitting("fundingScheme", record.programme, 120),
            "start": record.start,
            "end": record.end,
            "total_cost": None if cost is None else cost.quantize(CENT),
        }

    def _plan_participations(self) -> None:
        stored = [project.pk for project in self._projects.values() if project.pk]
        known: dict[tuple[int, int], Participation] = {}
        for part in portions(stored):
            for row in Participation.objects.filter(project__in=part):
                known[row.project_id, row.organisation_id] = row
        for record in self._data.participations:
            self._plan_participation(record, known)

    def _plan_participation(
        self, record: CordisParticipation, known: Mapping[tuple[int, int], Participation]
    ) -> None:
        project = self._projects[record.project_reference]
        organisation = self._organisations[record.organisation_reference]
        role = ROLES.get(record.role, ParticipationRole.PARTICIPANT)
        money = None if record.contribution is None else record.contribution.quantize(CENT)
        row = known.get((project.pk, organisation.pk)) if project.pk and organisation.pk else None
        if row is None:
            fields = {"project": project, "organisation": organisation, "role": role, "contribution": money}
            self.ledger.add(Participation(cluster=self._cluster, **fields))
        else:
            self.ledger.change(row, role=role, contribution=money)

    def _plan_memberships(self, members: MemberChoice) -> None:
        today = timezone.localdate()
        valid = Membership.objects.filter(cluster=self._cluster).valid_on(today)
        already = set(valid.values_list("organisation_id", flat=True))
        for record in self._data.organisations:
            if members.covers(record):
                self.members += 1
                organisation = self._organisations[record.reference]
                if organisation.pk is None or organisation.pk not in already:
                    self.ledger.add(Membership(cluster=self._cluster, organisation=organisation))

    def _fitting(self, column: str, text: str, longest: int) -> str:
        """Return the text; one that is too long for its field is shortened, and that is told."""
        if len(text) <= longest:
            return text
        shortened = f"{text[: longest - 1]}…"
        self._report(column, "cordis.shortened", text, shortened)
        return shortened

    def _report(self, column: str, code: str, value: str, taken: str) -> None:
        params: dict[str, object] = {"value": value[:120], "taken": taken[:120]}
        self.faults.append(Fault(0, column, "", code, params, value[:120], taken[:120]))


def kind_of(record: CordisOrganisation) -> OrganisationKind:
    """Return what an organisation is; a company of unknown size is only a company."""
    if record.kind_code != "PRC":
        return KINDS.get(record.kind_code, OrganisationKind.OTHER)
    if record.is_sme is None:
        return OrganisationKind.COMPANY
    return OrganisationKind.SME if record.is_sme else OrganisationKind.LARGE
