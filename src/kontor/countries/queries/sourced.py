"""Values by source key, such as "countries.gb_xpd_rsdv_gd_zs": what criteria of a study are filled from."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.countries.catalogue import indicators, key_of
from kontor.countries.models import Indicator
from kontor.countries.queries.figures import Figure, countries_in_view, figures, indicators_of, ranked
from kontor.countries.queries.frame import Link, distances
from kontor.ui.components import Text

SOURCE_PREFIX = "countries."
GEODIST_URL = "https://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=6"


class _Between(NamedTuple):
    """A value that a link tells: its name, its unit, and whether more of it is better."""

    name: Text
    unit: Text
    is_benefit: bool


_BETWEEN: dict[str, _Between] = {
    "distance": _Between(_("Distance"), _("km"), is_benefit=False),
    "capital_distance": _Between(_("Distance of the capitals"), _("km"), is_benefit=False),
    "common_language": _Between(_("Official language in common"), "", is_benefit=True),
    "neighbour": _Between(_("Neighbouring country"), "", is_benefit=True),
}


def latest_value(
    cluster: Cluster, code: str, country: str, on: date, *, among: Collection[str] | None = None
) -> Figure | None:
    """Return the newest figure of an indicator (by the publisher's code) in a country, None without one.

    Ranked among `among`, or else among the countries in view and this one. At most five queries.
    """
    found = indicators_of(cluster, [key_of(code)])
    others = countries_in_view(cluster) if among is None else among
    return figures(found, {*others, country}, on).get((key_of(code), country))


def source_value(cluster: Cluster, source_key: str, country: str, on: date) -> Figure | None:
    """Return what `source_key` ("countries.distance", "countries.<indicator>") says of a country.

    Yes and no are 1.0 and 0.0. None where nothing is on record. For many use `source_values`.
    """
    return source_values(cluster, [source_key], [country], on).get((source_key, country))


def source_values(
    cluster: Cluster, source_keys: Collection[str], countries: Collection[str], on: date
) -> dict[tuple[str, str], Figure]:
    """Return (source key, country) → Figure, ranked among `countries`; keys of other rooms are passed over.

    At most five queries, however many keys and countries.
    """
    asked = {key.removeprefix(SOURCE_PREFIX): key for key in source_keys if key.startswith(SOURCE_PREFIX)}
    found: dict[tuple[str, str], Figure] = {}
    if measured := asked.keys() - _BETWEEN.keys():
        chosen = indicators_of(cluster, measured)
        for (key, country), figure in figures(chosen, countries, on, with_world=False).items():
            found[asked[key], country] = figure
    between = asked.keys() & _BETWEEN.keys()
    if between:
        links = distances(cluster, countries)
        for name in between:
            for country, figure in _between(name, links).items():
                found[asked[name], country] = figure
    return found


def source_label(cluster: Cluster, source_key: str) -> str:
    """Return what a source key means in the reader's language, "" where nobody knows. At most one query."""
    name = source_key.removeprefix(SOURCE_PREFIX)
    if name in _BETWEEN:
        return str(_BETWEEN[name].name)
    stored = Indicator.objects.filter(cluster=cluster, key=name).first()
    if stored is not None:
        return str(stored.name)
    return next((each.name for each in indicators().values() if key_of(each.code) == name), "")


def _between(name: str, links: dict[str, Link]) -> dict[str, Figure]:
    values = {country: value for country, link in links.items() if (value := _told(name, link)) is not None}
    ranks = ranked(values, is_benefit=_BETWEEN[name].is_benefit)
    what = _BETWEEN[name]
    return {
        country: Figure(
            key=f"{SOURCE_PREFIX}{name}",
            country=country,
            value=value,
            year=None,
            name=str(what.name),
            unit=str(what.unit),
            decimals=0,
            is_benefit=what.is_benefit,
            publisher=links[country].publisher,
            file=links[country].file,
            source_url=GEODIST_URL,
            loaded_on=links[country].loaded_on,
            rank=ranks[country],
            of=len(values),
        )
        for country, value in values.items()
    }


def _told(name: str, link: Link) -> float | None:
    if name == "distance":
        return link.distance_km
    if name == "capital_distance":
        return link.capital_km
    return float(link.shares_language if name == "common_language" else link.is_contiguous)
