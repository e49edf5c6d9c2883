"""What single cells cannot tell: faults of a row as a whole, each put down to one of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kontor.actors.imports_members import CONTACT_FIELDS, FIELD_LABELS
from kontor.imports.cells import column_letter, shown
from kontor.imports.fields import LONGEST_QUOTE, Fault, ParsedRow
from kontor.imports.table import RawTable

# The EU writes two countries otherwise than ISO 3166, and regions begin with the EU's code.
_REGION_PREFIX = {"GR": "EL", "GB": "UK"}


@dataclass(frozen=True)
class Place:
    """Finds the column of a field, for the faults that are found after reading."""

    table: RawTable
    mapping: Mapping[str, int]

    def fault(self, row: ParsedRow, field: str, code: str, **params: object) -> Fault:
        """Return a fault at the field's cell of the row."""
        index = self.mapping.get(field)
        label = str(FIELD_LABELS[field])
        if index is None:
            return Fault(row.number, label, "", code, {"field": label, "value": "", **params})
        cells = next(raw.cells for raw in self.table.rows if raw.number == row.number)
        found = shown(cells[index])[:LONGEST_QUOTE]
        header = self.table.headers[index] or label
        said = {"field": label, "value": found, **params}
        return Fault(row.number, header, column_letter(index), code, said, found)


def row_faults(row: ParsedRow, place: Place, home_country: str) -> Iterator[Fault]:
    """Yield what does not fit together in a row."""
    value = row.values
    for begin, end in (("member_since", "member_until"), ("start_up_from", "start_up_to")):
        if value[begin] and value[end] and value[end] < value[begin]:
            yield place.fault(row, end, "field.ends_before_it_begins")
    if (value["latitude"] is None) != (value["longitude"] is None):
        yield place.fault(
            row, "latitude" if value["latitude"] is None else "longitude", "field.both_coordinates"
        )
    filled = [name for name in CONTACT_FIELDS if name != "language" and value[name]]
    if filled and not value["family_name"]:
        yield place.fault(row, filled[0], "field.contact_without_name")
    if not lies_in(value["region"], value["country"] or home_country):
        yield place.fault(row, "region", "field.region_elsewhere", country=value["country"] or home_country)


def lies_in(region: Any, country: Any) -> bool:
    """True where a region's code begins with its country's, or where one of them is not known."""
    return not region or not country or str(region)[:2] == _REGION_PREFIX.get(str(country), str(country))
