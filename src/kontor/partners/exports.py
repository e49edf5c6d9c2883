"""Lists of this room as Excel and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster
from kontor.actors.exports import list_file
from kontor.actors.forms.base import language
from kontor.partners.catalogue import CHOSEN, MONEY, PERCENT, TEXT, YEAR, ProfileField, fields
from kontor.partners.models import Partner
from kontor.partners.queries.facts import Known, known_of
from kontor.partners.values import Value
from kontor.reports.lists import ListCell, write_book
from kontor.reports.model import Column, ColumnKind
from kontor.ui.vocabulary import country_name

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def partners_file(partners: Sequence[Partner], form: str, *, cluster: Cluster, on: date) -> HttpResponse:
    """Return the partner clusters with every field; the import takes the file back.

    The workbook has a second sheet in which each fact stands with its source and date.
    """
    known = known_of(partners, on)
    heads, rows = profile_heads(), [profile_row(each, known.get(each.pk, {})) for each in partners]
    if form != "xlsx":
        return list_file(_("Partner clusters"), heads, rows, form, cluster=cluster)
    fact_heads = [Column(title) for title in (_("Name"), _("Country"), _("Field"), _("Value"))]
    fact_heads += [Column(title) for title in (_("Source"), _("Link to the source"), _("As of"), _("Note"))]
    sheets = [
        (_("Partner clusters"), heads, rows),
        (_("Facts and sources"), fact_heads, list(_fact_rows(partners, known))),
    ]
    return book_file(_("Partner clusters"), sheets, cluster=cluster)


def book_file(
    title: str,
    sheets: Sequence[tuple[str, Sequence[Column], Sequence[Sequence[ListCell]]]],
    *,
    cluster: Cluster,
) -> HttpResponse:
    """Return a workbook to download, named after the cluster, the list and the day."""
    name = f"{cluster.slug}-{title}-{timezone.localdate():%Y-%m-%d}.xlsx".lower().replace(" ", "-")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(write_book(title, sheets), content_type=XLSX, headers=headers)


def profile_heads() -> list[Column]:
    """Return the headings of a profile in one row: who it is, then every field of the catalogue."""
    return [
        *(Column(title) for title in head_titles()),
        *(Column(field_title(field), _kind(field)) for field in fields().values()),
    ]


def head_titles() -> list[str]:
    """Return the headings of what stands in a profile beside its facts, as the import knows them."""
    return [
        *(_("Name"), _("Country"), _("Short name"), _("Town"), _("Region"), _("Website"), _("Languages")),
        *(_("Description"), _("List"), _("Reason"), _("Reference")),
    ]


def field_title(field: ProfileField) -> str:
    """Return the heading of a field with its unit in brackets."""
    unit = {MONEY: "€", PERCENT: "%"}.get(field.kind) or field.unit
    return f"{field.name} ({unit})" if unit else field.name


def profile_row(partner: Partner, known: Known) -> list[ListCell]:
    """Return a profile in one row."""
    return [
        *(partner.name, country_name(partner.country, language()), partner.short_name, partner.city),
        *(partner.region, partner.website, ", ".join(partner.languages), str(partner.description or "")),
        *(str(partner.get_stage_display()), partner.stage_reason, partner.reference),
        *(_cell(field, known[code].value) if code in known else None for code, field in fields().items()),
    ]


def _cell(field: ProfileField, value: Value) -> ListCell:
    """Return a value as the import reads it: plain numbers, names of options parted by semicolons."""
    if isinstance(value, tuple):
        options = (field.option(code) for code in value)
        return "; ".join(option.name for option in options if option)
    return value if isinstance(value, float) else str(value)


def _kind(field: ProfileField) -> ColumnKind:
    if field.kind == YEAR:
        return "year"
    if field.kind in (TEXT, *CHOSEN):
        return "text"
    return "decimal" if field.decimals or field.kind == PERCENT else "count"


def _fact_rows(partners: Iterable[Partner], known: Mapping[int, Known]) -> Iterator[list[ListCell]]:
    for partner in partners:
        for each in known.get(partner.pk, {}).values():
            yield [
                *(partner.name, country_name(partner.country, language()), each.field.name, each.text),
                *(each.source, each.source_url, each.as_of, each.fact.note if each.fact else ""),
            ]
