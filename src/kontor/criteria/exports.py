"""The catalogue and its versions as Excel and CSV, in the columns that the import takes back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kontor.accounts.models import Cluster
from kontor.actors.exports import list_file
from kontor.criteria.checking import POINTS
from kontor.criteria.importing.columns import columns
from kontor.criteria.models import Catalogue, CatalogueVersion, Criterion, Scale
from kontor.criteria.queries import criteria_of
from kontor.criteria.reference import family_texts
from kontor.criteria.sources import sources
from kontor.criteria.texts import LANGUAGES, said, texts_of
from kontor.criteria.wording import Judged
from kontor.reports.lists import ListCell
from kontor.reports.model import Column


def working_file(
    catalogue: Catalogue, criteria: Iterable[Criterion], form: str, *, cluster: Cluster
) -> HttpResponse:
    """Return the criteria as they are being worked on, with whether they are in use."""
    rows = [
        (
            *_row(each, str(said(family_texts(catalogue.purpose, each.family)))),
            _("yes") if each.is_active else _("no"),
            *_origin(each),
        )
        for each in criteria
    ]
    heads = [*_heads(catalogue.purpose), Column(_("In use")), Column(_("Origin")), Column(_("Short name"))]
    return list_file(str(catalogue.title), heads, rows, form, cluster=cluster)


def version_file(version: CatalogueVersion, form: str, *, cluster: Cluster) -> HttpResponse:
    """Return the criteria of a version as they were published."""
    rows = [(*_row(each, str(each.family_name)), *_origin(each)) for each in criteria_of(version)]
    heads = [*_heads(version.catalogue.purpose), Column(_("Origin")), Column(_("Short name"))]
    title = _("%(catalogue)s, version %(number)s") % {
        "catalogue": version.catalogue.title,
        "number": version.number,
    }
    return list_file(title, heads, rows, form, cluster=cluster)


def template_file(purpose: str, example: Sequence[str], *, cluster: Cluster) -> HttpResponse:
    """Return an empty list with the headings that the import knows, and one row as an example."""
    heads = [Column(column.title) for column in _heads(purpose)]
    row = [*example, *("" for _column in heads[len(example) :])]
    return list_file(_("Criteria template"), heads, [row], "xlsx", cluster=cluster)


def _heads(purpose: str) -> list[Column]:
    numbers = {"scale_low", "scale_high", "knock_out_below", "knock_out_above"}
    return [
        Column(str(field.label), "decimal" if field.name in numbers else "text") for field in columns(purpose)
    ]


def _row(each: Judged, family: str) -> tuple[ListCell, ...]:
    texts = [texts_of(text) for text in (each.name, each.meaning, each.evidence)]
    anchors = [texts_of(each.anchors.get(point, {})) for point in POINTS]
    unit, source = texts_of(each.unit), sources().get(each.source)
    return (
        family,
        *(spoken.get(code, "") for spoken in texts for code in LANGUAGES),
        str(Scale(each.scale).label),
        *(spoken.get(code, "") for spoken in anchors for code in LANGUAGES),
        *(unit.get(code, "") for code in LANGUAGES),
        *(each.scale_low, each.scale_high),
        _("more is better") if each.is_benefit else _("less is better"),
        str(source.name) if source else each.source,
        *(each.knock_out_below, each.knock_out_above),
    )


def _origin(each: Judged) -> tuple[ListCell, ListCell]:
    return (pgettext("criterion", "own") if each.is_own else _("guide"), each.code)
