"""CORDIS tables → records. Every row is used or its fault says why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from kontor.imports import parsers
from kontor.imports.cordis.records import (
    CordisData,
    CordisLegalBasis,
    CordisOrganisation,
    CordisParticipation,
    CordisProject,
    CordisScience,
)
from kontor.imports.cordis.tables import CordisTable, money, tables
from kontor.imports.fields import Fault
from kontor.imports.table import RawRow

_Record = TypeVar("_Record")

# The stronger first; a role that is not listed is the weakest.
ROLES = ("coordinator", "participant", "partner", "associatedPartner", "internationalPartner", "thirdParty")

# Where two rows disagree about an organisation, the fault names the column.
_COLUMNS = {
    "name": "name",
    "short_name": "shortName",
    "kind_code": "activityType",
    "is_sme": "SME",
    "country": "country",
    "nuts": "nutsCode",
    "city": "city",
    "street": "street",
    "post_code": "postCode",
    "latitude": "geolocation",
    "longitude": "geolocation",
    "website": "organizationURL",
    "vat": "vatNumber",
}


def read_cordis_folder(path: Path) -> CordisData:
    """Return the export in a folder. Raises ImportRefused."""
    suffixes = (".csv", ".tsv", ".xlsx", ".ods")
    files = {file.name: file for file in sorted(path.iterdir()) if file.suffix.casefold() in suffixes}
    return read_cordis({name: file.read_bytes() for name, file in files.items()})


def read_cordis(files: Mapping[str, bytes]) -> CordisData:
    """Return the export in these files (name → bytes).

    Both shapes are read: the official tables (project, organization, euroSciVoc, topics, legalBasis; also as
    project_df_100.csv) and the workbooks projects and participants. Raises ImportRefused where a file that
    cannot be done without, or a column of it, is missing.
    """
    faults: list[Fault] = []
    found = tables(files, faults)
    projects = _projects(found["projects"])
    participants = _participants(found["participants"], projects)
    return CordisData(
        projects=tuple(projects.values()),
        organisations=tuple(
            _organisation(found["participants"], rows) for rows in participants.rows.values()
        ),
        participations=tuple(participants.ties.values()),
        participation_rows=participants.used,
        sciences=_sciences(found.get("sciences"), projects),
        legal_bases=_legal_bases(found.get("legal_bases"), projects),
        topic_titles=_topic_titles(found.get("topics"), projects),
        faults=tuple(sorted(faults, key=lambda fault: (fault.file, fault.row, fault.column))),
    )


def _projects(table: CordisTable) -> dict[str, CordisProject]:
    projects: dict[str, CordisProject] = {}
    for row in table.rows:
        reference = table.text(row, "id", "projectID")
        column = "id" if table.cell(row, "id") else "projectID"
        if not reference or reference in projects:
            table.report(row, column, "cordis.project_twice" if reference else "cordis.no_reference", "")
            continue
        projects[reference] = CordisProject(
            reference=reference,
            acronym=table.text(row, "acronym"),
            title=table.text(row, "title"),
            start=table.parsed(row, "startDate", parsers.day, None),
            end=table.parsed(row, "endDate", parsers.last_day, None),
            total_cost=table.parsed(row, "totalCost", money, None),
            programme=table.text(row, "frameworkProgramme", "fundingScheme", "legalBasis"),
            topics=tuple(topic for topic in map(str, parsers.listed()(table.cell(row, "topics"))) if topic),
            objective=parsers.long_text(table.cell(row, "objective")),
        )
    return projects


@dataclass
class _Participants:
    """rows: of each organisation, as read from each of its rows. ties: by project and organisation."""

    rows: dict[str, list[tuple[RawRow, CordisOrganisation]]] = field(default_factory=dict)
    ties: dict[tuple[str, str], CordisParticipation] = field(default_factory=dict)
    used: int = 0


def _participants(table: CordisTable, projects: Collection[str]) -> _Participants:
    found = _Participants()
    for row in table.rows:
        project, organisation = table.text(row, "projectID"), table.text(row, "organisationID")
        if not organisation:
            table.report(row, "organisationID", "cordis.no_reference", "")
            continue
        if not _is_known(table, row, project, projects):
            continue
        found.used += 1
        found.rows.setdefault(organisation, []).append((row, _organisation_row(table, row, organisation)))
        tie = CordisParticipation(
            project_reference=project,
            organisation_reference=organisation,
            role=table.once(row, "role"),
            contribution=table.parsed(row, "ecContribution", money, None),
            ended=bool(table.parsed(row, "endOfParticipation", parsers.yes_no, None)),
        )
        earlier = found.ties.get((project, organisation))
        if earlier:
            tie = _together(earlier, tie)
            table.report(row, "organisationID", "cordis.twice_in_project", tie.role)
        found.ties[project, organisation] = tie
    return found


def _is_known(table: CordisTable, row: RawRow, project: str, projects: Collection[str]) -> bool:
    """Return whether the row's project exists; else write down why the row is not used."""
    if project in projects:
        return True
    table.report(row, "projectID", "cordis.unknown_project" if project else "cordis.no_reference", "")
    return False


def _together(one: CordisParticipation, other: CordisParticipation) -> CordisParticipation:
    """Return one participation: the stronger role, the sum of the money, ended only where both are."""

    def weakness(role: str) -> int:
        return ROLES.index(role) if role in ROLES else len(ROLES)

    amounts = [tie.contribution for tie in (one, other) if tie.contribution is not None]
    return replace(
        one,
        role=min(one.role, other.role, key=weakness),
        contribution=sum(amounts, Decimal(0)) if amounts else None,
        ended=one.ended and other.ended,
    )


def _organisation_row(table: CordisTable, row: RawRow, reference: str) -> CordisOrganisation:
    location = table.parsed(row, "geolocation", parsers.location, None)
    return CordisOrganisation(
        reference=reference,
        name=table.text(row, "name"),
        short_name=table.text(row, "shortName"),
        kind_code=table.kind_code(row),
        is_sme=table.parsed(row, "SME", parsers.yes_no, None),
        country=table.country(row),
        nuts=table.parsed(row, "nutsCode", parsers.nuts, ""),
        city=table.text(row, "city"),
        street=table.text(row, "street"),
        post_code=table.text(row, "postCode"),
        latitude=location[0] if location else None,
        longitude=location[1] if location else None,
        website=table.website(row),
        vat=table.text(row, "vatNumber"),
    )


def _organisation(table: CordisTable, rows: list[tuple[RawRow, CordisOrganisation]]) -> CordisOrganisation:
    """Return what most rows say, the first of equals; the rows that say something else are written down."""
    first = rows[0][1]
    if all(found == first for _row, found in rows):
        return first
    taken: dict[str, Any] = {
        name: _most_frequent([getattr(found, name) for _row, found in rows]) for name in _COLUMNS
    }
    for row, found in rows:
        differing = {
            column: taken[name]
            for name, column in _COLUMNS.items()
            if getattr(found, name) not in (None, "", taken[name])
        }
        for column, value in differing.items():
            table.report(row, column, "cordis.differs", str(value))
    return replace(first, **taken)


def _most_frequent(values: list[object]) -> object:
    """Return the value that stands most often, empty ones only where there is no other."""
    filled = [value for value in values if value not in (None, "")]
    return Counter(filled).most_common(1)[0][0] if filled else values[0]


def _sciences(table: CordisTable | None, projects: Collection[str]) -> tuple[CordisScience, ...]:
    def record(table: CordisTable, row: RawRow, project: str) -> CordisScience:
        columns = ("euroSciVocCode", "euroSciVocPath", "euroSciVocTitle")
        return CordisScience(project, *(table.text(row, column) for column in columns))

    return _records(table, projects, record)


def _legal_bases(table: CordisTable | None, projects: Collection[str]) -> tuple[CordisLegalBasis, ...]:
    def record(table: CordisTable, row: RawRow, project: str) -> CordisLegalBasis:
        return CordisLegalBasis(project, table.text(row, "legalBasis"), table.text(row, "title"))

    return _records(table, projects, record)


def _topic_titles(table: CordisTable | None, projects: Collection[str]) -> dict[str, str]:
    def record(table: CordisTable, row: RawRow, _project: str) -> tuple[str, str]:
        return table.text(row, "topic"), table.text(row, "title")

    return dict(_records(table, projects, record))


def _records(
    table: CordisTable | None,
    projects: Collection[str],
    record: Callable[[CordisTable, RawRow, str], _Record],
) -> tuple[_Record, ...]:
    """Return one record for each row of a known project, each once."""
    if table is None:
        return ()
    known = []
    for row in table.rows:
        project = table.text(row, "projectID")
        if _is_known(table, row, project, projects):
            known.append(record(table, row, project))
    return tuple(dict.fromkeys(known))
