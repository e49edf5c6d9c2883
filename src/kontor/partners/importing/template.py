"""The empty list to fill in: headings that the import knows, one example, and what each field means."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster
from kontor.partners.catalogue import CHOICES, ProfileField, fields
from kontor.partners.exports import book_file
from kontor.partners.importing.columns import FACT, columns
from kontor.reports.lists import ListCell
from kontor.reports.model import Column


def template_file(*, cluster: Cluster) -> HttpResponse:
    """Return the workbook."""
    heads = [Column(str(field.label)) for field in columns()]
    example: dict[str, ListCell] = {
        "name": _("Example Photonics Cluster"),
        "country": "FI",
        "city": "Oulu",
        "website": "https://example.org",
        "languages": "en; fi",
        f"{FACT}members_total": 120,
        "source": _("Website, About us"),
        "as_of": "2026-01-31",
    }
    row = [example.get(field.name, "") for field in columns()]
    help_heads = [Column(_("Column")), Column(_("What it means")), Column(_("What may stand there"))]
    sheets = [
        (_("Partner clusters"), heads, [row]),
        (_("How to fill it in"), help_heads, list(_help_rows())),
    ]
    return book_file(_("Template of partner clusters"), sheets, cluster=cluster)


def _help_rows() -> Iterator[list[ListCell]]:
    for column in columns():
        field = fields().get(column.name.removeprefix(FACT)) if column.name.startswith(FACT) else None
        allowed = _allowed(field) if field else _("required") if column.required else ""
        yield [str(column.label), str(column.help), allowed]


def _allowed(field: ProfileField) -> str:
    """Say what a cell of the field may hold."""
    names = "; ".join(option.name for option in field.options)
    if field.kind == CHOICES:
        return _("several of: %(names)s") % {"names": names}
    if names:
        return _("one of: %(names)s") % {"names": names}
    return _("a number") if field.is_numeric else _("text")
