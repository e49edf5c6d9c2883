"""Which of the organisations in an export are the cluster's members."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kontor.actors.imports_members import MEMBER_FIELDS, REFERENCE_FIELD
from kontor.imports import parsers
from kontor.imports.cordis import CordisOrganisation
from kontor.imports.fields import guess_mapping
from kontor.imports.folding import folded
from kontor.imports.refused import FieldFault, ImportRefused
from kontor.imports.table import read_table


@dataclass(frozen=True)
class MemberChoice:
    """Members by country, by name or by participant code; an acronym alone names nobody.

    countries: ISO 3166 codes.   named: folded names and participant codes.
    """

    countries: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()

    @classmethod
    def of(cls, countries: Iterable[str] = (), names: Iterable[str] = ()) -> MemberChoice:
        """Return the choice; raises ImportRefused where a country is none."""
        return cls(frozenset(map(_country, countries)), frozenset(map(folded, names)) - {""})

    def covers(self, organisation: CordisOrganisation) -> bool:
        """True where the organisation is meant."""
        return (
            organisation.country in self.countries
            or organisation.reference in self.named
            or folded(organisation.name) in self.named
        )

    def not_found(self, organisations: Iterable[CordisOrganisation]) -> tuple[str, ...]:
        """Return the names and codes that fit no organisation."""
        there: set[str] = set()
        for organisation in organisations:
            there |= {organisation.reference, folded(organisation.name)}
        return tuple(sorted(self.named - there))


def _country(text: str) -> str:
    try:
        code = parsers.country(text)
    except FieldFault as fault:
        raise ImportRefused("import.no_such_country", country=text) from fault
    if not code:
        raise ImportRefused("import.no_such_country", country=text)
    return code


def names_in_file(path: Path) -> tuple[str, ...]:
    """Return the names or participant codes in a file: one on each line, or a table with such a column."""
    data = path.read_bytes()
    if path.suffix.casefold() == ".txt":
        return tuple(
            line.strip() for line in data.decode("utf-8-sig", "replace").splitlines() if line.strip()
        )
    table = read_table(data, path.name)
    mapping = guess_mapping(table.headers, (REFERENCE_FIELD, MEMBER_FIELDS[0]))
    if not mapping:
        raise ImportRefused("import.no_names", name=path.name)
    index = mapping["reference"] if "reference" in mapping else mapping["name"]
    return tuple(parsers.text(row.cells[index]) for row in table.rows if parsers.text(row.cells[index]))
