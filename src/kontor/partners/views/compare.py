"""Benchmark: our own cluster beside up to four others."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.exports import list_file
from kontor.partners import queries
from kontor.partners.models import Partner, Stage
from kontor.partners.queries.compare import MOST_COMPARED, Comparison, comparison
from kontor.partners.views.shared import ticked, ways
from kontor.reports.lists import ListRow
from kontor.reports.model import Column
from kontor.ui.notices import notify


@cluster_view(may="partners.view_partner")
def compare(request: ClusterRequest) -> HttpResponse:
    """Lay our own cluster beside those named in the address (`?ids=`), or beside the short list."""
    if request.method == "POST":
        return _chosen(request)
    partners = _asked(request)
    shown = comparison(request.cluster, partners, timezone.localdate())
    names = [request.cluster.name, *(partner.short for partner in partners)]
    context = {
        "shown": shown,
        "names": names,
        "groups": [
            (group, [(line, list(zip(names, line.cells, strict=True))) for line in lines])
            for group, lines in shown.groups
        ],
        "share_lines": [
            (label, list(zip(names, values, strict=True))) for label, values in _share_lines(shown)
        ],
        "levels": [(label, list(zip(names, levels, strict=True))) for label, levels in shown.levels],
        "swot": [(label, list(zip(names, columns, strict=True))) for label, columns in shown.swot],
        "choices": _choices(request, partners),
        "most": MOST_COMPARED,
        "sentences": sentences(request.cluster.name, shown),
        "query": urlencode([("ids", partner.pk) for partner in partners]),
        "ways": ways(request, "compare"),
        "today": timezone.localdate(),
    }
    return render(request, "partners/compare.html", context)


@cluster_view(may="partners.export")
def export(request: ClusterRequest, form: str) -> HttpResponse:
    """Download the comparison."""
    partners = _asked(request)
    shown = comparison(request.cluster, partners, timezone.localdate())
    heads = [Column(_("Group")), Column(_("Field")), Column(request.cluster.name)]
    heads += [Column(partner.name) for partner in partners]
    return list_file(_("Comparison"), heads, list(_rows(shown)), form, cluster=request.cluster)


def sentences(own_name: str, shown: Comparison) -> list[str]:
    """Say in plain words who has most members, and the largest share of SMEs and of research."""
    names = [own_name, *(partner.name for partner in shown.partners)]
    found = []
    totals = [each["members_total"].value if "members_total" in each else None for each in shown.columns]
    most = _largest(totals)
    if most is not None:
        values = {"name": names[most], "number": shown.columns[most]["members_total"].text}
        found.append(_("%(name)s has the most members (%(number)s).") % values)
    texts = {
        "sme": _("The share of SMEs is largest at %(name)s (%(percent)s %%)."),
        "research": _("The share of research is largest at %(name)s (%(percent)s %%)."),
    }
    for key, text in texts.items():
        shares = [share.value for share in shown.shares[key]]
        most = _largest(shares)
        if most is not None:
            found.append(text % {"name": names[most], "percent": round(100 * (shares[most] or 0))})
    return found


def _largest(values: list[Any]) -> int | None:
    """Return the place of the one largest value; None where fewer than two are known, or two are equal."""
    known = [value for value in values if value is not None]
    if len(known) < 2 or known.count(max(known)) > 1:
        return None
    return values.index(max(known))


def _chosen(request: ClusterRequest) -> HttpResponse:
    """Turn what was ticked into an address."""
    partners = ticked(request)
    if len(partners) > MOST_COMPARED:
        text = _("Only the first %(number)s are compared; more columns nobody reads.")
        notify(request, text % {"number": MOST_COMPARED})
    query = urlencode([("ids", partner.pk) for partner in partners[:MOST_COMPARED]])
    return redirect(f"{reverse('partners:compare', args=[request.cluster.slug])}?{query}")


def _asked(request: ClusterRequest) -> list[Partner]:
    """Return the partner clusters named in the address, or the first of the short list and the partners."""
    if "ids" in request.GET:
        return ticked(request)[:MOST_COMPARED]
    near = queries.candidates_of(request.cluster, (Stage.SHORT, Stage.PARTNER))
    return list(near[:MOST_COMPARED])


def _choices(request: ClusterRequest, partners: list[Partner]) -> list[tuple[Partner, bool]]:
    """Return all that can be compared, those in question first, with whether they are."""
    order = {stage: place for place, stage in enumerate((Stage.SHORT, Stage.PARTNER, Stage.LONG, Stage.LEAD))}
    rows = sorted(
        queries.partners_of(request.cluster), key=lambda row: (order.get(Stage(row.stage), 9), row.name)
    )
    chosen = {partner.pk for partner in partners}
    return [(row, row.pk in chosen) for row in rows]


def _share_lines(shown: Comparison) -> list[tuple[str, list[float | None]]]:
    labels = {"sme": _("Share of SMEs"), "research": _("Share of research institutes and universities")}
    return [
        (labels[key], [share.value for share in shares])
        for key, shares in shown.shares.items()
        if any(share.value is not None for share in shares)
    ]


def _rows(shown: Comparison) -> list[ListRow]:
    rows: list[ListRow] = [
        (group.name, line.field.name, *(cell.text if cell else "" for cell in line.cells))
        for group, lines in shown.groups
        for line in lines
    ]
    rows += [
        (_("Members"), label, *("" if value is None else f"{100 * value:.0f} %" for value in values))
        for label, values in _share_lines(shown)
    ]
    rows += [
        (_("Competences"), name, *(f"{level:g}" if level else "" for level in levels))
        for name, levels in shown.levels
    ]
    rows += [
        ("SWOT", label, *("; ".join(str(entry.text) for entry in entries) for entries in columns))
        for label, columns in shown.swot
    ]
    return rows
