"""What the address of a directory page asks for, and the links that change one thing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kontor.accounts.views.wall import ClusterRequest
from kontor.actors.columns import COLUMNS, DEFAULT, DEFAULT_OTHERS, ListColumn, place
from kontor.actors.forms.base import language
from kontor.actors.models import OrganisationKind, SizeClass, ValueChain
from kontor.actors.queries.directory import NO, YES, Filters, Listing
from kontor.actors.queries.rows import MEMBERS, OTHERS, SCOPES
from kontor.actors.views.access import asked_of, day_asked
from kontor.ui.components import Text
from kontor.ui.forms import number_in
from kontor.ui.vocabulary import country_name, nace_title

CHIPS = 8
_DETAILS = frozenset({"size", "start_up", "abroad"})


@dataclass(frozen=True)
class Facet:
    """One group of filters. label_of: the words of a value, with the listing at hand."""

    key: str
    label: Text
    label_of: Callable[[str, Listing], Text]


def _competence(value: str, listing: Listing) -> Text:
    node = listing.tree.nodes.get(number_in(value))
    return str(node.name) if node else value


_MISSING: dict[str, Text] = {
    "region": _("region"),
    "contact": _("contact person"),
    "consent": _("consent"),
    "size": _("size class"),
    "value_chain": _("place in the value chain"),
    "competence": _("competences"),
    "place": _("place on the map"),
}
_YES_NO: dict[str, Text] = {YES: _("yes"), NO: _("no")}
_KINDS: dict[str, Text] = dict(OrganisationKind.choices)
_SIZES: dict[str, Text] = dict(SizeClass.choices)
_PLACES: dict[str, Text] = dict(ValueChain.choices)

FACETS = (
    Facet("kind", _("Kind"), lambda value, _: _KINDS.get(value, value)),
    Facet("size", _("Size"), lambda value, _: _SIZES.get(value, value)),
    Facet("start_up", _("Start-up"), lambda value, _: _YES_NO.get(value, value)),
    Facet("country", _("Country"), lambda value, _: country_name(value, language())),
    Facet("region", _("Region"), lambda value, _: place(value)),
    Facet("section", _("Sector"), lambda value, _: nace_title(value, language()) or value),
    Facet("value_chain", _("Value chain"), lambda value, _: _PLACES.get(value, value)),
    Facet("competence", _("Competence"), _competence),
    Facet("abroad", _("Ties abroad"), lambda value, _: _YES_NO.get(value, value)),
    Facet("missing", _("Missing"), lambda value, _: _MISSING.get(value, value)),
)


def hidden_facets(request: ClusterRequest) -> frozenset[str]:
    """Return what this reader may not see: competitors' sizes, and gaps that only the management fills."""
    hidden: frozenset[str] = frozenset()
    if not request.access.may("actors.view_details"):
        hidden |= _DETAILS
    if not request.access.may("actors.change_organisation"):
        hidden |= {"missing"}
    return hidden


def filters_asked(request: ClusterRequest, scope: str = MEMBERS) -> Filters:
    """Read the address; what it does not know is ignored."""
    query = asked_of(request)
    asked = query.get("scope", scope)
    asked = asked if asked in SCOPES else scope
    chosen = {facet.key: frozenset(filter(None, query.getlist(facet.key))) for facet in FACETS}
    chosen = {key: values for key, values in chosen.items() if values}
    return Filters(
        on=day_asked(request),
        scope=asked,
        query=query.get("q", "").strip()[:100],
        chosen=chosen,
        hidden=hidden_facets(request),
        sort=query.get("sort", "name"),
        columns=frozenset(query.getlist("column") or (DEFAULT_OTHERS if asked == OTHERS else DEFAULT)),
        is_counted=bool(chosen) or "filters" in query,
    )


def columns_open(filters: Filters) -> list[ListColumn]:
    """Return the columns that this reader may choose."""
    return [column for column in COLUMNS if column.facet not in filters.hidden]


def columns_shown(filters: Filters) -> list[ListColumn]:
    """Return the columns chosen, in their own order."""
    return [column for column in columns_open(filters) if column.key in filters.columns]


def groups(request: ClusterRequest, filters: Filters, listing: Listing) -> list[dict[str, Any]]:
    """Return the chips: the most frequent values of each facet, and all that are on."""
    found = []
    for facet in FACETS:
        counts = listing.counts.get(facet.key)
        if counts is None:
            continue
        on = filters.chosen.get(facet.key, frozenset())
        frequent = [value for value, _count in counts.most_common(CHIPS)]
        values = [*frequent, *(value for value in sorted(on) if value not in frequent)]
        if len(values) > 1 or on:
            found.append({"label": facet.label, "choices": _chips(request, facet, values, listing, on)})
    return found


def _chips(
    request: ClusterRequest, facet: Facet, values: Iterable[str], listing: Listing, on: frozenset[str]
) -> list[dict[str, Any]]:
    return [
        {
            "label": facet.label_of(value, listing),
            "count": listing.counts[facet.key][value],
            "url": toggled(request.GET, facet.key, value),
            "is_on": value in on,
        }
        for value in values
    ]


def toggled(query: QueryDict, key: str, value: str) -> str:
    """Return the address with one filter switched, on the first page."""
    changed = query.copy()
    values = changed.getlist(key)
    changed.setlist(key, [each for each in values if each != value] if value in values else [*values, value])
    changed.pop("page", None)
    return f"?{changed.urlencode()}"


def cleared(request: ClusterRequest, filters: Filters) -> str:
    """Return the address without filters, or "" where none is on."""
    if not filters.chosen and not filters.query:
        return ""
    changed = request.GET.copy()
    for key in (*filters.chosen, "q", "page"):
        changed.pop(key, None)
    return f"?{changed.urlencode()}"
