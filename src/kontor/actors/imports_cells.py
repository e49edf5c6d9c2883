"""Cells of a member list that need more than the general parsers: regions, sectors, competences, kinds."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from django.utils import timezone

from kontor.actors.folding import folded
from kontor.imports import parsers
from kontor.imports.cells import Cell
from kontor.imports.refused import FieldFault
from kontor.ui.vocabulary import country_choices, nace_title, region_name, regions_of

LONGEST_WEBSITE = 300


class ClaimedCompetence(NamedTuple):
    """A competence as a cell names it. level: 1 to 5, None where the cell says nothing."""

    name: str
    level: int | None


def competences(cell: Cell) -> tuple[ClaimedCompetence, ...]:
    """Return the competences of a cell such as "Optics (4); Laser".

    >>> competences("Optics (4); Laser")
    (ClaimedCompetence(name='Optics', level=4), ClaimedCompetence(name='Laser', level=None))
    """
    return tuple(_claimed(str(part)) for part in parsers.listed()(cell))


def _claimed(part: str) -> ClaimedCompetence:
    match = re.fullmatch(r"(.+?)\s*\((-?\d+)\)", part)
    if not match:
        return ClaimedCompetence(_short(part), None)
    level = int(match[2])
    if not 1 <= level <= 5:
        raise FieldFault("field.competence_level", value=part)
    return ClaimedCompetence(_short(match[1]), level)


def _short(name: str) -> str:
    return str(parsers.text_up_to(120)(name))


def sector(cell: Cell) -> str:
    """Return a NACE code such as "26.51", also written C26.51 or 26.51.0; an unknown code is refused."""
    found = parsers.text(cell).upper().replace(" ", "")
    if not found or nace_title(found, "en"):
        return found
    digits = re.sub(r"^[A-V](?=\d)", "", found)
    for code in (digits, digits[:5]):
        if nace_title(code, "en"):
            return code
    raise FieldFault("field.sector")


def region(cell: Cell) -> str:
    """Return a NUTS code that exists, also by its name: "Schleswig-Holstein" is DEF, the widest of that name.

    A name that several regions share is refused.
    """
    found = parsers.text(cell)
    codes = _regions_by_name().get(folded(found), ()) if len(found) > 5 else ()
    if codes:
        if any(not code.startswith(codes[0]) for code in codes):
            raise FieldFault("field.region_ambiguous", choices=", ".join(codes))
        return codes[0]
    code = parsers.nuts(cell)
    if code and not region_name(code):
        raise FieldFault("field.region_unknown")
    return code


@cache
def _regions_by_name() -> dict[str, tuple[str, ...]]:
    """Return the folded names of all regions with their codes, the widest first."""
    named: dict[str, list[str]] = {}
    for country, _name in country_choices("en"):
        for code, name in regions_of(country):
            named.setdefault(folded(name), []).append(code)
    return {name: tuple(sorted(codes, key=lambda code: (len(code), code))) for name, codes in named.items()}


def founded(cell: Cell) -> int | None:
    """Return the year of foundation, which is not in the future."""
    this_year = timezone.localdate().year
    try:
        year = parsers.year(cell)
    except FieldFault as fault:
        raise FieldFault("field.year", smallest=1000, largest=this_year) from fault
    if year is not None and year > this_year:
        raise FieldFault("field.year", smallest=1000, largest=this_year)
    return year


def website(cell: Cell) -> str:
    """Return the address, at most 300 characters long."""
    return str(parsers.text_up_to(LONGEST_WEBSITE)(parsers.website(cell)))


kind = parsers.choice(
    {
        "sme": ("KMU", "SME", "kleines oder mittleres Unternehmen", "Small or medium-sized enterprise"),
        "large": ("Großunternehmen", "GU", "Large company", "large enterprise", "Konzern"),
        "company": (
            "Unternehmen",
            "Company",
            "Firma",
            "Unternehmen, Größe unbekannt",
            "Company (size unknown)",
        ),
        "research": (
            "Forschungseinrichtung",
            "Forschungsinstitut",
            "Research institute",
            "research organisation",
            "RTO",
            "REC",
        ),
        "university": (
            "Hochschule",
            "Universität",
            "University",
            "Fachhochschule",
            "HES",
            "higher education",
        ),
        "public": ("Öffentliche Einrichtung", "Public body", "Behörde", "Kommune", "PUB"),
        "association": ("Verband", "Verein", "Association", "Netzwerk", "Kammer", "Stiftung"),
        "other": ("Sonstige", "Other", "andere", "Sonstiges", "OTH"),
    }
)
value_chain = parsers.choice(
    {
        "research": (
            "Research and education",
            "Forschung und Lehre",
            "Forschung und Bildung",
            "Forschung",
            "F&E",
            "R&D",
        ),
        "materials": (
            "Materials and components",
            "Material und Komponenten",
            "Materialien",
            "Komponenten",
            "Zulieferer",
            "Supplier",
            "Components",
        ),
        "equipment": (
            "Equipment and tools",
            "Ausrüstung und Werkzeuge",
            "Ausrüster",
            "Ausrüstung",
            "Geräte",
            "Maschinenbau",
            "Tools",
        ),
        "systems": (
            "Systems and products",
            "Systeme und Produkte",
            "Systemhersteller",
            "Hersteller",
            "Systeme",
            "OEM",
            "Manufacturer",
        ),
        "services": (
            "Integration and services",
            "Integration und Dienstleistungen",
            "Dienstleister",
            "Dienstleistung",
            "Integrator",
            "Service",
        ),
        "trade": (
            "Trade and distribution",
            "Handel und Vertrieb",
            "Handel",
            "Vertrieb",
            "Händler",
            "Distributor",
            "Distribution",
        ),
        "use": ("Use", "Anwendung", "Anwender", "Nutzer", "Betreiber", "User", "Operator"),
    }
)
size = parsers.choice(
    {
        "micro": ("Kleinst", "Micro", "Kleinstunternehmen", "Micro (fewer than 10)", "bis 9"),
        "small": ("Klein", "Small", "kleines Unternehmen", "10-49", "Small (10 to 49)"),
        "medium": ("Mittel", "Medium", "mittleres Unternehmen", "50-249", "Medium (50 to 249)"),
        "large": ("Groß", "Large", "Großunternehmen", "ab 250", "250+", "Large (250 and more)"),
    }
)
language = parsers.choice(
    {"de": ("Deutsch", "German", "DE", "ger", "deu"), "en": ("Englisch", "English", "EN", "eng")}
)
