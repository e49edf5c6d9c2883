"""What the countries tell the strategy: the frame of those in view, and how the cluster judges them.

Everything is said when the document is printed, so that it speaks the document's language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.countries.models import Dimension, Indicator
from kontor.countries.naming import country_called
from kontor.countries.queries import Frame, Link, countries_in_view, frame
from kontor.countries.queries.figures import Figure
from kontor.countries.queries.sheets import ratings_of
from kontor.countries.report import source_line
from kontor.countries.wording import signed, value_text
from kontor.reports.model import Block, Cell, Column, Missing, Table

MOST_COUNTRIES = 20
MOST_INDICATORS = 4


def overview(cluster: Cluster, on: date) -> Block:
    """Tell distance and a few figures of each country in view."""
    countries = countries_in_view(cluster)[:MOST_COUNTRIES]
    found = frame(cluster, countries, on, with_world=False)
    if not found.figures and not found.links:
        return Missing(
            _("No figures of countries are on record, or no country has a sheet yet."),
            _("Load figures and begin sheets of the countries that come into question."),
        )
    chosen = _chosen(found)
    distances = [found.links.get(country) for country in countries]
    return Table(
        key="countries.frame",
        caption=_("The frame of the countries in view"),
        columns=(
            *(Column(_("Country")), Column(_("Distance (km)"), "count")),
            *(Column(_titled(indicator)) for indicator in chosen),
        ),
        rows=tuple(
            (
                _country(country),
                round(link.distance_km) if link else None,
                *(_figure(found.figures.get((indicator.key, country))) for indicator in chosen),
            )
            for country, link in zip(countries, distances, strict=True)
        ),
        source=_sources((*_shown(found, chosen), *found.links.values())),
        as_of=on,
        explanation=_("Newest figure of each country, its year in brackets; distance of the largest cities."),
    )


def judgement(cluster: Cluster, on: date) -> Block:
    """Tell how the cluster judges the countries in view, by dimension."""
    ratings = ratings_of(cluster, countries_in_view(cluster))
    if not ratings:
        return Missing(
            _("No country has been judged yet."), _("Write entries into the region sheets and rate them.")
        )
    judged = sorted({country for _dimension, country in ratings})[:MOST_COUNTRIES]
    return Table(
        key="countries.judgement",
        caption=_("How we judge the countries in view"),
        columns=(Column(_("Country")), *(Column(dimension.label) for dimension in Dimension)),
        rows=tuple(
            (_country(country), *(_rating(ratings.get((each.value, country))) for each in Dimension))
            for country in judged
        ),
        source=_("Entries of the region sheets"),
        as_of=on,
        explanation=_(
            "Mean of the rated entries, from −2 (speaks strongly against) to +2 (speaks strongly for it)."
        ),
    )


EVIDENCE: dict[str, Callable[[Cluster, date], Block]] = {
    "countries.frame": overview,
    "countries.judgement": judgement,
}


def _chosen(found: Frame) -> list[Indicator]:
    """Return the first indicator with figures of each dimension, and further ones up to the most."""
    known = [each for each in found.indicators if any(found.row(each))]
    first = {each.dimension: each for each in reversed(known)}.values()
    rest = [each for each in known if each not in first]
    taken = {each.pk for each in [*first, *rest][:MOST_INDICATORS]}
    return [each for each in known if each.pk in taken]


def _shown(found: Frame, chosen: Iterable[Indicator]) -> list[Figure]:
    """Return the figures that the table shows."""
    return [figure for indicator in chosen for figure in found.row(indicator) if figure]


def _titled_now(indicator: Indicator) -> str:
    return f"{indicator.name} ({indicator.unit})" if str(indicator.unit) else str(indicator.name)


def _figure_now(figure: Figure) -> str:
    return f"{value_text(figure)} ({figure.year})"


def _sources_now(known: Iterable[Figure | Link]) -> str:
    return source_line(list(known))


_country = lazy(country_called, str)
_titled = lazy(_titled_now, str)
_said = lazy(_figure_now, str)
_sources = lazy(_sources_now, str)
_signed = lazy(signed, str)


def _figure(figure: Figure | None) -> Cell:
    return None if figure is None else _said(figure)


def _rating(mean: float | None) -> Cell:
    return None if mean is None else _signed(mean)
