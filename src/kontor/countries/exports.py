"""Lists and sheets as files: Excel and CSV with plain numbers, Word and PDF from the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster
from kontor.countries.models import Indicator, RegionSheet, SourceFile
from kontor.countries.naming import country_called, sheet_name
from kontor.countries.queries.figures import Figure
from kontor.countries.queries.frame import Frame
from kontor.countries.queries.listing import CountryRow, Listing
from kontor.countries.queries.sheets import CountryView
from kontor.countries.shown_files import contents_line, figures_number
from kontor.countries.wording import rank_text, rating_text, trend_text
from kontor.imports.fields import Fault
from kontor.imports.folding import folded
from kontor.reports.docx import render_docx
from kontor.reports.lists import ListRow, write_csv, write_xlsx
from kontor.reports.model import Column, Report
from kontor.reports.pdf import render_pdf
from kontor.ui.errors import explain_code

_LIST_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
LISTS = tuple(_LIST_TYPES)
_PAPERS: dict[str, tuple[Callable[[Report], bytes], str]] = {
    "docx": (render_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (render_pdf, "application/pdf"),
}
PAPERS = tuple(_PAPERS)


def paper_file(report: Report, kind: str, *, cluster: Cluster) -> HttpResponse:
    """Return a report as Word or PDF, named after the cluster, its title and the day."""
    render, media_type = _PAPERS[kind]
    return _download(render(report), str(report.title), kind, media_type, cluster)


def _list(
    title: str, columns: Sequence[Column], rows: Iterable[ListRow], kind: str, cluster: Cluster
) -> HttpResponse:
    """Return a list as Excel or CSV."""
    language = (get_language() or "en")[:2]
    content = write_xlsx(title, columns, rows) if kind == "xlsx" else write_csv(columns, rows, language)
    return _download(content, title, kind, _LIST_TYPES[kind], cluster)


def _download(content: bytes, title: str, kind: str, media_type: str, cluster: Cluster) -> HttpResponse:
    """Return a download; its name keeps to letters that every system takes."""
    words = folded(title).replace(" ", "-")
    plain = "".join(letter for letter in words if letter.isascii())[:60] or "countries"
    name = f"{cluster.slug}-{plain}-{timezone.localdate():%Y-%m-%d}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)


def countries_file(found: Listing, form: str, *, cluster: Cluster) -> HttpResponse:
    """Return the list of countries as a file, with the indicator that is shown."""
    shown = str(found.shown.name) if found.shown else _("Value")
    columns = [
        Column(_("Code")),
        Column(_("Country")),
        Column(_("Sheets"), "count"),
        Column(shown, "decimal"),
    ]
    columns += [Column(_("Year"), "year"), Column(_("Distance (km)"), "count")]
    columns += [
        Column(_("Official language in common")),
        Column(_("Neighbouring country")),
        Column(_("Source")),
    ]
    rows = [_country_row(row) for row in found.rows]
    return _list(_("Countries"), columns, rows, form, cluster)


def _country_row(row: CountryRow) -> ListRow:
    figure, link = row.figure, row.link
    return (
        *(row.country, row.name, len(row.sheets)),
        *((figure.value, figure.year) if figure else (None, None)),
        round(link.distance_km) if link else None,
        *((_yes(link.shares_language), _yes(link.is_contiguous)) if link else ("", "")),
        figure.source if figure else "",
    )


def indicator_file(
    indicator: Indicator, rows: Iterable[tuple[str, Figure]], form: str, *, cluster: Cluster
) -> HttpResponse:
    """Return all countries with the newest figure of an indicator. rows: (country, figure), best first."""
    columns = [Column(_("Rank"), "count"), Column(_("Code")), Column(_("Country"))]
    columns += [Column(str(indicator.name), "decimal"), Column(_("Year"), "year"), Column(_("Trend"))]
    columns.append(Column(_("Source")))
    lines = [
        (
            *(figure.rank, country, country_called(country), figure.value, figure.year),
            *(trend_text(figure.trend, figure.decimals), figure.source),
        )
        for country, figure in rows
    ]
    return _list(str(indicator.name), columns, lines, form, cluster)


def sheet_file(sheet: RegionSheet, view: CountryView, form: str) -> HttpResponse:
    """Return a sheet as one table: figures and entries of each dimension, with their sources."""
    titles = (_("Dimension"), _("Kind"), _("What"))
    columns = [
        *map(Column, titles),
        Column(_("Value"), "decimal"),
        Column(_("Unit")),
        Column(_("Year"), "year"),
    ]
    texts = (_("Trend"), _("Rank"), _("Rating"), _("Source"), _("Link to the source"))
    columns += [*map(Column, texts), Column(_("As of")), Column(_("Last reviewed"))]
    lines: list[ListRow] = []
    for each in view.dimensions:
        label = str(each.dimension.label)
        figures = [shown.figure for shown in each.figures if shown.figure]
        lines += [(label, _("Figure"), *_figure_cells(figure)) for figure in figures]
        for entry in each.entries:
            cells = (rating_text(entry), entry.source, entry.url, entry.as_of, entry.reviewed_on)
            lines.append((label, _("Entry"), str(entry.text), None, "", None, "", "", *cells))
    return _list(sheet_name(sheet), columns, lines, form, sheet.cluster)


def _figure_cells(figure: Figure) -> tuple[Any, ...]:
    return (
        *(figure.name, figure.value, figure.unit, figure.year),
        *(trend_text(figure.trend, figure.decimals), rank_text(figure), "", figure.source, figure.source_url),
        *(None, figure.loaded_on),
    )


def compare_file(found: Frame, form: str, *, cluster: Cluster) -> HttpResponse:
    """Return countries side by side as a list: an indicator a row, value and year of each country."""
    columns = [Column(_("Indicator")), Column(_("Unit"))]
    for country in found.countries:
        name = country_called(country)
        columns += [Column(name, "decimal"), Column(_("%(country)s: year") % {"country": name}, "year")]
    lines: list[ListRow] = []
    for indicator in found.indicators:
        cells: list[Any] = [str(indicator.name), str(indicator.unit)]
        for figure in found.row(indicator):
            cells += [figure.value, figure.year] if figure else [None, None]
        lines.append(cells)
    distances: list[Any] = [_("Distance"), "km"]
    for country in found.countries:
        link = found.links.get(country)
        distances += [link.distance_km if link else None, None]
    return _list(_("Comparison"), columns, [*lines, distances], form, cluster)


def files_file(files: Iterable[SourceFile], form: str, *, cluster: Cluster) -> HttpResponse:
    """Return what was loaded when, from which file, by whom."""
    titles = (_("File"), _("Publisher"), _("Contents"))
    columns = [*map(Column, titles), Column(_("Figures"), "count"), Column(_("Published"))]
    columns += [*map(Column, (_("Loaded"), _("By"), _("State"), _("Taken back")))]
    lines = [
        (
            *(file.name, file.publisher, contents_line(file), figures_number(file), file.updated_on),
            *(file.loaded_at, str(file.upload.created_by or ""), file.get_state_display()),
            file.taken_back_at,
        )
        for file in files
    ]
    return _list(_("Sources of country figures"), columns, lines, form, cluster)


def faults_file(faults: Sequence[Fault], form: str, *, cluster: Cluster) -> HttpResponse:
    """Return the faults of an upload by file, row and column."""
    texts = (_("Column"), _("Heading"), _("Found"), _("What is wrong"))
    columns = [Column(_("File")), Column(_("Row"), "count"), *map(Column, texts)]
    lines = [
        (
            *(fault.file, fault.row, fault.column_letter, fault.column, fault.value),
            explain_code(fault.code, fault.params),
        )
        for fault in faults
    ]
    return _list(_("Faults"), columns, lines, form, cluster)


def _yes(is_so: bool) -> str:
    return _("yes") if is_so else _("no")
