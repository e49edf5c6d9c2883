"""The list of partner clusters, with filters, selection and export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.partners import exports, queries
from kontor.partners.catalogue import fields
from kontor.partners.columns import DEFAULT, ListColumn, columns
from kontor.partners.models import Partner, Stage
from kontor.partners.queries.listing import FACETS, FRESH, STALE, THIN, Listing, PartnerFilter, PartnerRow
from kontor.partners.views.shared import ticked, ways
from kontor.ui.components import NextStep, Text
from kontor.ui.vocabulary import country_name

PAGE = 50
MOST_CHIPS = 12


@cluster_view(may="partners.view_partner")
def overview(request: ClusterRequest) -> HttpResponse:
    """List the partner clusters; the address holds search, filters, columns, order and page."""
    return list_page(request)


@dataclass(frozen=True)
class Attempt:
    """A step that was refused, so that nothing of it is lost."""

    keys: frozenset[int] = frozenset()
    stage: str = ""
    reason: str = ""


def list_page(request: ClusterRequest, attempt: Attempt | None = None, problem: str = "") -> HttpResponse:
    """Show the list; with `attempt`, as it was before a step that could not be made."""
    today = timezone.localdate()
    wanted = filter_asked(request.GET)
    found = queries.listing(request.cluster, wanted, today)
    page = Paginator(found.rows, PAGE).get_page(request.GET.get("page"))
    shown = [column for column in columns() if column.key in _columns_asked(request.GET)]
    may_change = request.access.may("partners.change_partner")
    context = {
        "page": page,
        "wanted": wanted,
        "columns": shown,
        "columns_open": [(column, column in shown) for column in columns()],
        "lines": _lines(list(page), shown),
        "groups": filter_groups(request.GET, found, wanted),
        "kept": [(key, value) for key, values in request.GET.lists() if key != "page" for value in values],
        "is_empty": not found.total and not wanted.is_narrowed,
        "total": found.total,
        "may_change": may_change,
        "stages": Stage.choices,
        "step": _next_step(request, found.rows) if may_change and not wanted.is_narrowed else None,
        "ways": ways(request, "overview"),
        "attempt": attempt or Attempt(stage=Stage.LONG),
        "problem": problem,
    }
    return render(request, "partners/overview.html", context, status=422 if problem else 200)


@cluster_view(may="partners.export")
def export(request: ClusterRequest, form: str) -> HttpResponse:
    """Download the partner clusters that are ticked, or all that the list shows, with every field."""
    asked = request.POST if request.method == "POST" else request.GET
    today = timezone.localdate()
    rows = queries.listing(request.cluster, filter_asked(asked), today).rows
    chosen = {partner.pk for partner in ticked(request)}
    keys = [row.pk for row in rows if not chosen or row.pk in chosen]
    partners = Partner.objects.select_related("organisation").in_bulk(keys)
    return exports.partners_file([partners[key] for key in keys], form, cluster=request.cluster, on=today)


def filter_asked(query: QueryDict) -> PartnerFilter:
    """Return what the address asks for; values that make no sense are left out."""
    chosen = {
        key: frozenset(value[:60] for value in query.getlist(key) if value)
        for key in FACETS
        if query.get(key)
    }
    return PartnerFilter(
        q=query.get("q", "").replace("\x00", "").strip()[:200],
        chosen={key: values for key, values in chosen.items() if values},
        sort=query.get("sort", "name")[:20],
    )


def filter_groups(query: QueryDict, found: Listing, wanted: PartnerFilter) -> list[dict[str, Any]]:
    """Return the chips with their counts; what is chosen stays although nothing fits it."""
    language = get_language() or "en"
    labels: dict[str, tuple[Text, Mapping[str, Text]]] = {
        "stage": (_("List"), dict(Stage.choices)),
        "country": (_("Country"), {code: country_name(code, language) for code in found.counts["country"]}),
        "label": (fields()["label"].name, {each.code: each.name for each in fields()["label"].options}),
        "state": (_("Profile"), _states()),
    }
    groups = []
    for key, (title, names) in labels.items():
        counts, on = found.counts[key], (wanted.chosen or {}).get(key, frozenset())
        values = [value for value in names if counts[value] or value in on]
        if key == "country":
            values.sort(key=lambda value: (-counts[value], str(names[value])))
        choices = [
            {
                "label": names[value],
                "count": counts[value],
                "url": _with(query, key, value),
                "is_on": value in on,
            }
            for value in values[:MOST_CHIPS]
        ]
        if choices:
            groups.append({"label": title, "choices": choices})
    return groups


def _states() -> dict[str, Text]:
    return {STALE: _("Something is out of date"), THIN: _("Little is known"), FRESH: _("Well known")}


def _with(query: QueryDict, key: str, value: str) -> str:
    """Return the address with one value pressed or released."""
    address = query.copy()
    address.pop("page", None)
    values = address.getlist(key)
    address.setlist(key, [each for each in values if each != value] if value in values else [*values, value])
    return f"?{address.urlencode()}"


def _columns_asked(query: QueryDict) -> frozenset[str]:
    known = {column.key for column in columns()}
    return frozenset(query.getlist("column")) & known or frozenset(DEFAULT)


def _lines(rows: list[PartnerRow], shown: list[ListColumn]) -> list[dict[str, Any]]:
    """Return the rows of a page with their cells."""
    codes = {column.fact for column in shown if column.fact}
    known = queries.known_of_keys([row.pk for row in rows], timezone.localdate(), codes) if codes else {}
    return [
        {
            "row": row,
            "cells": [(column, column.shown(row, known.get(row.pk, {}))) for column in shown],
        }
        for row in rows
    ]


def _next_step(request: ClusterRequest, rows: list[PartnerRow]) -> NextStep | None:
    """Return what helps most now: sort the leads, refresh what a decision stands on, fill thin profiles."""
    address = reverse("partners:overview", args=[request.cluster.slug])
    near = [row for row in rows if row.stage in (Stage.SHORT, Stage.PARTNER)]
    stale, thin = [row for row in near if row.stale], [row for row in near if THIN in queries.states_of(row)]
    leads = [row for row in rows if row.stage == Stage.LEAD]
    if stale:
        text = ngettext(
            "Facts about %(number)s partner cluster on the short list are out of date.",
            "Facts about %(number)s partner clusters on the short list are out of date.",
            len(stale),
        )
        url = f"{address}?stage=short&stage=partner&state=stale"
        return NextStep(text % {"number": len(stale)}, _("Show them"), url)
    if thin:
        text = _("Little is known of %(name)s yet. A decision needs more.") % {"name": thin[0].name}
        url = reverse("partners:facts", args=[request.cluster.slug, thin[0].pk])
        return NextStep(text, _("Look things up"), url)
    if leads:
        text = ngettext(
            "%(number)s lead waits for a decision: on the long list, or set aside?",
            "%(number)s leads wait for a decision: on the long list, or set aside?",
            len(leads),
        )
        return NextStep(text % {"number": len(leads)}, _("Show the leads"), f"{address}?stage=lead")
    if rows and not near:
        text = _("Nobody is on the short list yet. See who fits you best.")
        return NextStep(text, _("Who fits us"), reverse("partners:fit", args=[request.cluster.slug]))
    return None
