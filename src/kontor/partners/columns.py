"""The columns that the list of partner clusters can show, on the page and in the export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kontor.partners.catalogue import fields
from kontor.partners.models import Stage
from kontor.partners.queries.facts import Known
from kontor.partners.queries.listing import PartnerRow
from kontor.partners.wording import language_names, region_text
from kontor.ui.components import Text
from kontor.ui.vocabulary import country_name


@dataclass(frozen=True)
class ListColumn:
    """One column. fact: code of the field that it shows, "" for what the row itself holds."""

    key: str
    label: Text
    cell: Callable[[PartnerRow], str]
    sort: str = ""
    fact: str = ""
    is_number: bool = False

    def shown(self, row: PartnerRow, known: Known) -> str:
        """Return the cell as the page shows it."""
        if self.fact:
            found = known.get(self.fact)
            return found.text if found else "–"
        return self.cell(row) or "–"


def _known(row: PartnerRow) -> str:
    values = {"known": row.known, "total": len(fields()), "stale": row.stale}
    if row.stale:
        return _("%(known)s of %(total)s, %(stale)s out of date") % values
    return _("%(known)s of %(total)s") % values


def _place(row: PartnerRow) -> str:
    return ", ".join(filter(None, (row.city, region_text(row.region))))


def columns() -> tuple[ListColumn, ...]:
    """Return all columns in the reader's language: the row's own, then a column for each other key field."""
    own = (
        ListColumn("country", _("Country"), lambda row: country_name(row.country, _language()), "country"),
        ListColumn("city", _("Place"), _place, "city"),
        ListColumn("stage", _("List"), lambda row: str(Stage(row.stage).label), "stage"),
        ListColumn(
            "stage_at", _("Since"), lambda row: date_format(row.stage_at, "SHORT_DATE_FORMAT"), "stage_at"
        ),
        ListColumn(
            "members", fields()["members_total"].name, _nothing, "members", "members_total", is_number=True
        ),
        ListColumn("label", fields()["label"].name, _nothing, "label", "label"),
        ListColumn("known", _("Known"), _known, "known"),
        ListColumn("languages", _("Languages"), lambda row: language_names(row.languages)),
        ListColumn("website", _("Website"), lambda row: row.website),
    )
    taken = {column.fact for column in own}
    others = tuple(
        ListColumn(f"fact-{field.code}", field.name, _nothing, "", field.code, is_number=field.is_numeric)
        for field in fields().values()
        if field.code not in taken
    )
    return (*own, *others)


DEFAULT = ("country", "stage", "members", "label", "known")
TITLE = gettext_lazy("Partner clusters")


def _nothing(_row: PartnerRow) -> str:
    return ""


def _language() -> str:
    return (get_language() or "en")[:2]
