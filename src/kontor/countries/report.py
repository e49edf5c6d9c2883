"""A sheet, or several countries side by side, as a report: Word, PDF and the pages print from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from kontor.accounts.models import Cluster
from kontor.countries.models import Dimension, RegionSheet, SheetEntry
from kontor.countries.naming import country_called, place_called, sheet_name
from kontor.countries.queries.figures import Figure
from kontor.countries.queries.frame import Frame, Link, frame
from kontor.countries.queries.sheets import CountryView, DimensionView, country_view, ratings_of
from kontor.countries.wording import (
    number_text,
    rank_text,
    rating_text,
    signed,
    trend_text,
    value_text,
)
from kontor.reports.model import Block, Column, Missing, Prose, Report, Section, Table


def sheet_report(sheet: RegionSheet, *, language: str, on: date) -> Report:
    """Return a sheet as it stands on a day, in one language."""
    with override(language):
        view = country_view(sheet.cluster, sheet.country, on, sheet.entries.all())
        return Report(
            title=sheet_name(sheet),
            subtitle=_("Region sheet: %(place)s") % {"place": place_called(sheet)},
            author=sheet.cluster.name,
            language=language,
            as_of=on,
            sections=(
                Section("glance", _("At a glance"), _at_a_glance(sheet, view)),
                Section("dimensions", _("The five dimensions"), _dimensions(view)),
            ),
        )


def compare_report(cluster: Cluster, countries: Sequence[str], *, language: str, on: date) -> Report:
    """Return countries side by side, in one language."""
    with override(language):
        found = frame(cluster, countries, on)
        names = ", ".join(country_called(country) for country in found.countries)
        return Report(
            title=_("Countries side by side"),
            subtitle=_("Figures, distance and our own judgement"),
            author=cluster.name,
            language=language,
            as_of=on,
            sections=(
                Section(
                    "countries",
                    names,
                    (
                        _links_table(found, on),
                        *_figure_tables(found, on),
                        _ratings_table(cluster, found, on),
                    ),
                ),
            ),
        )


def source_line(figures: Sequence[Figure | Link]) -> str:
    """Return the sources of some figures: each publisher with its files and the day they were loaded."""
    files: dict[tuple[str, date | None], dict[str, None]] = {}
    for figure in figures:
        files.setdefault((figure.publisher, figure.loaded_on), {})[figure.file] = None
    told = []
    for (publisher, day), names in files.items():
        loaded = [_("loaded on %(day)s") % {"day": date_format(day)}] if day else []
        told.append(f"{publisher} ({'; '.join([', '.join(names), *loaded])})")
    return "; ".join(told) or "–"


def _at_a_glance(sheet: RegionSheet, view: CountryView) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if str(sheet.conclusion):
        blocks.append(Prose(str(sheet.conclusion)))
    rows = tuple((str(each.dimension.label), signed_or_none(each), each.rated) for each in view.dimensions)
    if any(each.rated for each in view.dimensions):
        blocks.append(
            Table(
                key="ratings",
                caption=_("Our own judgement by dimension"),
                columns=(
                    Column(_("Dimension")),
                    Column(_("Mean rating")),
                    Column(_("Rated entries"), "count"),
                ),
                rows=rows,
                source=_("Entries of the sheet"),
                as_of=view.on,
                explanation=_how_rated(),
            )
        )
    if view.link:
        blocks.append(_link_table(view.link, view.on))
    missing = Missing(_("Nothing has been judged yet."), _("Write entries and rate them."))
    return tuple(blocks) or (missing,)


def _how_rated() -> str:
    return _("Each entry is rated from −2 (speaks strongly against) to +2 (speaks strongly for it).")


def signed_or_none(each: DimensionView) -> str | None:
    """Return the mean rating of a dimension with its sign, None without one."""
    return None if each.rating is None else signed(each.rating)


def link_rows(link: Link) -> list[tuple[str, str]]:
    """Return what lies between home and a country, as label and text."""
    rows = [(_("Distance of the largest cities"), f"{number_text(link.distance_km, 0)} km")]
    if link.capital_km is not None:
        rows.append((_("Distance of the capitals"), f"{number_text(link.capital_km, 0)} km"))
    rows.append((_("Official language in common"), _("yes") if link.shares_language else _("no")))
    if link.speaks_language is not None:
        spoken = _("yes") if link.speaks_language else _("no")
        rows.append((_("Language in common that at least 9 % speak"), spoken))
    rows.append((_("Neighbouring country"), _("yes") if link.is_contiguous else _("no")))
    return rows


def _link_table(link: Link, on: date) -> Table:
    return Table(
        key="link",
        caption=_("Seen from %(home)s") % {"home": country_called(link.home)},
        columns=(Column(_("What")), Column(country_called(link.country))),
        rows=tuple(link_rows(link)),
        source=source_line([link]),
        as_of=on,
    )


def _dimensions(view: CountryView) -> tuple[Block, ...]:
    """Return the five dimensions, each under its heading: entries, then figures."""
    blocks: list[Block] = []
    for each in view.dimensions:
        figures = [shown.figure for shown in each.figures if shown.figure]
        blocks.append(Prose(f"## {each.dimension.label}"))
        if each.entries:
            blocks.append(_entries_table(each, view.on))
        if figures:
            blocks.append(_figures_table(each, figures, view))
        if not figures and not each.entries:
            blocks.append(
                Missing(
                    _("There is no figure and no entry in this dimension yet."),
                    _("Load indicators of this dimension, or write an entry."),
                )
            )
    return tuple(blocks)


def _figures_table(each: DimensionView, figures: list[Figure], view: CountryView) -> Table:
    rows = tuple(
        (
            f"{figure.name} ({figure.unit})" if figure.unit else figure.name,
            value_text(figure),
            figure.year,
            trend_text(figure.trend, figure.decimals),
            rank_text(figure) or "–",
        )
        for figure in figures
    )
    stale = [figure.name for figure in figures if figure.is_stale]
    ranked = _(
        "Ranks are among the countries in view (%(number)s); 1 is best, or largest where neither "
        "more nor less is better. Trends compare with about five years before."
    )
    return Table(
        key=f"figures.{each.dimension.value}",
        caption=_("Figures: %(dimension)s") % {"dimension": each.dimension.label},
        columns=(
            *(Column(_("Indicator")), Column(_("Value")), Column(_("Year"), "year")),
            *(Column(_("Trend")), Column(_("Rank"))),
        ),
        rows=rows,
        source=source_line(figures),
        as_of=view.on,
        explanation=ranked % {"number": len(view.view)},
        note=_("Out of date: %(names)s") % {"names": ", ".join(stale)} if stale else "",
    )


def _entries_table(each: DimensionView, on: date) -> Table:
    return Table(
        key=f"entries.{each.dimension.value}",
        caption=_("Own observations: %(dimension)s") % {"dimension": each.dimension.label},
        columns=(
            *(Column(_("Observation")), Column(_("Rating")), Column(_("Source"))),
            *(Column(_("As of")), Column(_("Last reviewed"))),
        ),
        rows=tuple(
            (
                *(str(entry.text), rating_text(entry) or "–", _source(entry)),
                *(date_format(entry.as_of), date_format(entry.reviewed_on)),
            )
            for entry in each.entries
        ),
        source=_("Entries of the sheet"),
        as_of=on,
    )


def _source(entry: SheetEntry) -> str:
    return " · ".join(filter(None, (entry.source, entry.url))) or "–"


def _links_table(found: Frame, on: date) -> Block:
    known = [country for country in found.countries if country in found.links]
    if not known:
        return Missing(_("No distances are on record."), _("Load the file dist_cepii of CEPII."))
    by_label = [dict(link_rows(found.links[country])) for country in known]
    labels = list(dict.fromkeys(label for rows in by_label for label in rows))
    return Table(
        key="links",
        caption=_("Seen from %(home)s") % {"home": country_called(found.links[known[0]].home)},
        columns=(Column(_("What")), *(Column(country_called(country)) for country in known)),
        rows=tuple((label, *(rows.get(label, "–") for rows in by_label)) for label in labels),
        source=source_line([found.links[country] for country in known]),
        as_of=on,
    )


def _figure_tables(found: Frame, on: date) -> tuple[Block, ...]:
    if not found.figures:
        return (Missing(_("No figures are on record."), _("Load indicators of the World Bank.")),)
    rows = []
    for indicator in found.indicators:
        figures = found.row(indicator)
        if any(figures):
            unit = f" ({indicator.unit})" if str(indicator.unit) else ""
            rows.append((f"{indicator.name}{unit}", *map(_with_year, figures)))
    return (
        Table(
            key="figures",
            caption=_("Newest figures of each country"),
            columns=(Column(_("Indicator")), *(Column(country_called(each)) for each in found.countries)),
            rows=tuple(rows),
            source=source_line(list(found.figures.values())),
            as_of=on,
            explanation=_("In brackets: year, and rank among these countries."),
            note=_("Where neither more nor less is better, rank 1 is the largest value."),
        ),
    )


def _with_year(figure: Figure | None) -> str:
    if figure is None:
        return "–"
    rank = rank_text(figure)
    told = f"{figure.year}{', ' if rank else ''}{rank}".replace(" ", "\u00a0")
    return f"{value_text(figure)} ({told})"


def _ratings_table(cluster: Cluster, found: Frame, on: date) -> Block:
    ratings = ratings_of(cluster, found.countries)
    if not ratings:
        return Missing(_("Nothing has been judged yet."), _("Write entries and rate them."))
    rows = []
    for dimension in Dimension:
        means = (ratings.get((dimension.value, country)) for country in found.countries)
        rows.append((str(dimension.label), *("–" if mean is None else signed(mean) for mean in means)))
    return Table(
        key="ratings",
        caption=_("Our own judgement by dimension"),
        columns=(Column(_("Dimension")), *(Column(country_called(each)) for each in found.countries)),
        rows=tuple(rows),
        source=_("Entries of the region sheets"),
        as_of=on,
        explanation=_how_rated(),
    )
