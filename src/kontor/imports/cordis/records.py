"""What a CORDIS export tells, cleaned and free of its file format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kontor.imports.fields import Fault


@dataclass(frozen=True)
class CordisProject:
    """A funded project. reference: its grant number. Money in euro."""

    reference: str
    acronym: str
    title: str
    start: date | None
    end: date | None
    total_cost: Decimal | None
    programme: str
    topics: tuple[str, ...]
    objective: str


@dataclass(frozen=True)
class CordisOrganisation:
    """An organisation. reference: its PIC. kind_code: HES, REC, PRC, PUB, OTH or "". country: ISO or ""."""

    reference: str
    name: str
    short_name: str = ""
    kind_code: str = ""
    is_sme: bool | None = None
    country: str = ""
    nuts: str = ""
    city: str = ""
    street: str = ""
    post_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    website: str = ""
    vat: str = ""


@dataclass(frozen=True)
class CordisParticipation:
    """One organisation in one project, once. contribution: of the EU, in euro, added up over its rows."""

    project_reference: str
    organisation_reference: str
    role: str
    contribution: Decimal | None
    ended: bool


@dataclass(frozen=True)
class CordisScience:
    """One EuroSciVoc field of one project. code: /25/67/425. path: /natural sciences/…"""

    project_reference: str
    code: str
    path: str
    title: str


@dataclass(frozen=True)
class CordisLegalBasis:
    """One part of the programme that a project belongs to."""

    project_reference: str
    code: str
    title: str


@dataclass(frozen=True)
class CordisData:
    """A whole export, in the order of its files.

    participation_rows: rows of the table that were used; more than participations where an organisation
                        stands in one project twice.
    faults:             every cell that was cleaned, with the value found and the value taken.
    """

    projects: tuple[CordisProject, ...]
    organisations: tuple[CordisOrganisation, ...]
    participations: tuple[CordisParticipation, ...]
    participation_rows: int
    sciences: tuple[CordisScience, ...] = ()
    legal_bases: tuple[CordisLegalBasis, ...] = ()
    topic_titles: Mapping[str, str] | None = None
    faults: tuple[Fault, ...] = ()
