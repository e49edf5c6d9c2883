"""The columns that a list of organisations can show, on the page and in the export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from kontor.actors.forms.base import language
from kontor.actors.models import OrganisationKind, SizeClass, ValueChain
from kontor.actors.queries.directory import Listing
from kontor.actors.queries.rows import Row
from kontor.reports.lists import ListCell
from kontor.reports.model import ColumnKind
from kontor.ui.components import Text
from kontor.ui.vocabulary import country_name, nace_title, region_name


@dataclass(frozen=True)
class ListColumn:
    """One column. facet: the filter that must be open to the reader; sort: key of its order, or ""."""

    key: str
    label: Text
    cell: Callable[[Row, Listing], ListCell]
    kind: ColumnKind = "text"
    sort: str = ""
    facet: str = ""

    @property
    def is_number(self) -> bool:
        """True where figures stand to the right."""
        return self.kind != "text"

    def shown(self, row: Row, listing: Listing) -> str:
        """Return the cell as the page shows it."""
        value = self.cell(row, listing)
        if isinstance(value, date):
            return date_format(value, "SHORT_DATE_FORMAT")
        return "–" if value in (None, "") else str(value)


_FIRST = 3


def place(code: str) -> str:
    """Return a region as people say it, with its code."""
    name = region_name(code)
    return f"{name} ({code})" if name else code


def _sector(row: Row, _listing: Listing) -> str:
    return f"{row.sector} {nace_title(row.sector, language())}".strip()


def _competences(row: Row, listing: Listing) -> str:
    return ", ".join(listing.names.get(row.pk, [])[:_FIRST])


COLUMNS = (
    ListColumn("kind", _("Kind"), lambda row, _: str(OrganisationKind(row.kind).label), sort="kind"),
    ListColumn("city", _("Town"), lambda row, _: row.city, sort="city"),
    ListColumn("country", _("Country"), lambda row, _: country_name(row.country, language()), sort="country"),
    ListColumn("region", _("Region"), lambda row, _: place(row.region), sort="region"),
    ListColumn("sector", _("Sector"), _sector, sort="sector"),
    ListColumn(
        "value_chain",
        _("Place in the value chain"),
        lambda row, _: str(ValueChain(row.value_chain).label) if row.value_chain else "",
        sort="value_chain",
    ),
    ListColumn("competences", _("Competences"), _competences),
    ListColumn(
        "size",
        _("Size class"),
        lambda row, _: str(SizeClass(row.size).label) if row.size else "",
        sort="size",
        facet="size",
    ),
    ListColumn("founded", _("Founded"), lambda row, _: row.founded, kind="year", sort="founded"),
    ListColumn("since", _("Member since"), lambda row, _: row.member_since, sort="since", facet="size"),
    ListColumn(
        "abroad",
        _("Ties abroad"),
        lambda row, _listing: str(_("yes")) if row.has_tie_abroad else str(_("no")),
        sort="abroad",
        facet="abroad",
    ),
    ListColumn("website", _("Website"), lambda row, _: row.website),
)
DEFAULT = ("kind", "city", "competences")
DEFAULT_OTHERS = ("country", "city", "kind")
