"""Who fits us: complementarity and overlap, members who would gain, needs that are answered."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.exports import list_file
from kontor.partners.queries.fit import Candidate, Fit, candidates, looked_for
from kontor.partners.views.shared import found, ways
from kontor.reports.model import Column

MOST_MEMBERS, MOST_NEEDS, MOST_LINES = 40, 40, 10


@cluster_view(may="partners.view_partner")
def everybody(request: ClusterRequest) -> HttpResponse:
    """Show all partner clusters in question, the best complement first."""
    rows = candidates(request.cluster, timezone.localdate())
    shown = [row for row in rows if row.fit is not None]
    context = {
        "rows": [_row(request, row) for row in shown],
        "without": [row.partner for row in rows if row.fit is None],
        "best": shown[0] if shown else None,
        "may_change": request.access.may("partners.change_partner"),
        "ways": ways(request, "fit"),
    }
    return render(request, "partners/fit.html", context)


@cluster_view(may="partners.export")
def export(request: ClusterRequest, form: str) -> HttpResponse:
    """Download the overview."""
    heads = [Column(_("Name")), Column(_("Complementarity"), "percent"), Column(_("Overlap"), "percent")]
    heads += [Column(_("Members who would gain"), "count"), Column(_("Needs answered"))]
    heads += [Column(_("Stronger there")), Column(_("Stronger here"))]
    rows = [
        (
            each.partner.name,
            each.fit.complementarity if each.fit else None,
            each.fit.overlap if each.fit else None,
            len(each.gains),
            _number(request, each),
            "; ".join(line.name for line in each.fit.they_have) if each.fit else "",
            "; ".join(line.name for line in each.fit.we_offer) if each.fit else "",
        )
        for each in candidates(request.cluster, timezone.localdate())
    ]
    return list_file(_("Who fits us"), heads, rows, form, cluster=request.cluster)


@cluster_view(may="partners.view_partner")
def one(request: ClusterRequest, partner_id: int) -> HttpResponse:
    """Show one partner cluster beside ours: what each side has, who gains, which needs it answers."""
    partner = found(request, partner_id)
    row = candidates(request.cluster, timezone.localdate(), [partner])[0]
    sees_all = request.access.may("needs.view_need")
    names = {line.competence: line.name for line in row.fit.lines} if row.fit else {}
    context = {
        "partner": partner,
        "fit": row.fit,
        "columns": _columns(row),
        "gains": row.gains[:MOST_MEMBERS],
        "more_gains": max(0, len(row.gains) - MOST_MEMBERS),
        "answers": row.answers,
        "needs": [
            (each, [names[pk] for pk in each.competences if pk in names])
            for each in row.answers.needs[:MOST_NEEDS]
        ]
        if sees_all
        else [],
        "needs_number": _number(request, row),
        "sees_all": sees_all,
        "sentence": sentence(partner.name, row.fit, len(row.gains)) if row.fit else "",
        "may_change": request.access.may("partners.change_partner"),
    }
    return render(request, "partners/fit_one.html", context)


def sentence(name: str, fit: Fit, gaining: int) -> str:
    """Say in one sentence what the two sides could be to each other."""
    have, offer = len(fit.they_have), len(fit.we_offer)
    if not have and not offer:
        text = _("%(name)s resembles us: neither side is clearly stronger in anything.")
        return text % {"name": name}
    ahead = ngettext(
        "%(name)s is stronger than we are in %(number)s competence",
        "%(name)s is stronger than we are in %(number)s competences",
        have,
    ) % {"name": name, "number": have}
    behind = ngettext("weaker in %(number)s", "weaker in %(number)s", offer) % {"number": offer}
    would = ngettext("%(number)s member would gain", "%(number)s members would gain", gaining)
    return _("%(ahead)s and %(behind)s; %(would)s.") % {
        "ahead": ahead,
        "behind": behind,
        "would": would % {"number": gaining},
    }


def _row(request: ClusterRequest, each: Candidate) -> dict[str, Any]:
    return {"each": each, "needs": _number(request, each)}


def _columns(row: Candidate) -> list[dict[str, Any]]:
    """Return the three lists of competences, what the other side looks for first in what we could offer."""
    if row.fit is None:
        return []
    wanted = looked_for(row)
    offer = sorted(row.fit.we_offer, key=lambda line: line.competence not in wanted)
    titled = [
        (_("Stronger there"), row.fit.they_have, frozenset[int]()),
        (_("Both sides have"), row.fit.shared, frozenset[int]()),
        (_("Stronger here: what we could offer"), tuple(offer), wanted),
    ]
    return [
        {
            "title": title,
            "lines": [(line, line.competence in marked) for line in lines[:MOST_LINES]],
            "more": max(0, len(lines) - MOST_LINES),
        }
        for title, lines, marked in titled
    ]


def _number(request: ClusterRequest, each: Candidate) -> str:
    """Return how many needs are answered, as far as the reader may know."""
    number = each.answers.number if request.access.may("needs.view_need") else each.answers.shown_number
    return _("fewer than 3") if number is None else str(number)
