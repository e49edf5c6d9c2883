"""Who fits us: complementarity and overlap, members who would gain, needs that are answered."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.exports import list_file
from kontor.partners.models import PartnerCompetence
from kontor.partners.queries.fit import Candidate, Fit, candidates
from kontor.partners.views.shared import found, ways
from kontor.reports.model import Column

MOST_MEMBERS, MOST_NEEDS = 40, 40


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
    heads += [Column(_("What it has that we lack")), Column(_("What we could offer"))]
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
        "levels": PartnerCompetence._meta.get_field("level").choices,
        "sentence": sentence(partner.name, row.fit, len(row.gains)) if row.fit else "",
        "may_change": request.access.may("partners.change_partner"),
    }
    return render(request, "partners/fit_one.html", context)


def sentence(name: str, fit: Fit, gaining: int) -> str:
    """Say in one sentence what the two sides could be to each other."""
    have, offer, shared = len(fit.they_have), len(fit.we_offer), len(fit.shared)
    if have and offer:
        text = _(
            "%(name)s has %(have)s things that we lack and lacks %(offer)s that we have; "
            "%(gaining)s members would gain."
        )
    elif have:
        text = _("%(name)s has %(have)s things that we lack; we have little to give back yet.")
    elif offer:
        text = _("%(name)s could learn %(offer)s things from us and adds little to what we have.")
    else:
        text = _("%(name)s resembles us: %(shared)s things in common, little that either side lacks.")
    return text % {"name": name, "have": have, "offer": offer, "shared": shared, "gaining": gaining}


def _row(request: ClusterRequest, each: Candidate) -> dict[str, Any]:
    return {"each": each, "needs": _number(request, each)}


def _number(request: ClusterRequest, each: Candidate) -> str:
    """Return how many needs are answered, as far as the reader may know."""
    number = each.answers.number if request.access.may("needs.view_need") else each.answers.shown_number
    return _("fewer than 3") if number is None else str(number)
