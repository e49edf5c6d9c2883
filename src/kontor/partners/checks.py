"""How far one point of the checklist is, as far as profiles of partner clusters can tell."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.accounts.models import Cluster
from kontor.partners.models import Partner, Stage, SwotEntry, SwotKind
from kontor.partners.queries.own import own_figures
from kontor.partners.queries.partners import candidates_of, partners_of
from kontor.ui.components import Check, PointState

ANALYSES = 4


def checks(cluster: Cluster, on: date) -> list[Check]:
    """Return point 4 as the profiles answer it: SWOT of both sides, and figures to compare."""
    near = list(candidates_of(cluster, (Stage.SHORT, Stage.PARTNER)))
    complete = _with_whole_swot(cluster, on)
    own = Partner.objects.filter(cluster=cluster, is_own=True).first()
    analysed = [partner for partner in near if partner.pk in complete]
    own_done = own is not None and own.pk in complete
    reason = _reason(len(analysed), len(near), own_done=own_done)
    step, url = _next_step(cluster, near, complete, own)
    return [
        Check(ANALYSES, _state(cluster, on, (len(analysed), len(near)), own_done=own_done), reason, step, url)
    ]


def _with_whole_swot(cluster: Cluster, on: date) -> set[int]:
    """Return the profiles whose SWOT has an entry in each quarter."""
    kinds: dict[int, set[str]] = {}
    rows = SwotEntry.objects.filter(cluster=cluster, as_of__lte=on)
    for partner, kind in rows.values_list("partner_id", "kind"):
        kinds.setdefault(partner, set()).add(kind)
    return {partner for partner, found in kinds.items() if len(found) == len(SwotKind)}


def _state(cluster: Cluster, on: date, counts: tuple[int, int], *, own_done: bool) -> PointState:
    """Return the state. counts: analysed, and near."""
    analysed, near = counts
    if near and analysed == near and own_done:
        return PointState.DONE if own_figures(cluster, on) else PointState.ALMOST
    if analysed or own_done:
        return PointState.RUNNING
    return PointState.GAP if near else PointState.OPEN


def _reason(analysed: int, near: int, *, own_done: bool) -> str:
    if not near:
        others = _("No partner cluster is on the short list yet")
    else:
        text = ngettext(
            "SWOT of %(analysed)s of %(near)s cluster on the short list",
            "SWOT of %(analysed)s of %(near)s clusters on the short list",
            near,
        )
        others = text % {"analysed": analysed, "near": near}
    return f"{others} · {_('own SWOT complete') if own_done else _('own SWOT missing')}"


def _next_step(
    cluster: Cluster, near: list[Partner], complete: set[int], own: Partner | None
) -> tuple[str, str]:
    """Return what to do next and where."""
    slug = cluster.slug
    lacking = next((partner for partner in near if partner.pk not in complete), None)
    if lacking is not None:
        return _("Complete the SWOT of %(name)s") % {"name": lacking.short}, reverse(
            "partners:swot", args=[slug, lacking.pk]
        )
    if not near:
        label = _("Choose a short list") if partners_of(cluster).exists() else _("Collect partner clusters")
        return label, reverse("partners:overview", args=[slug])
    if own is None or own.pk not in complete:
        url = reverse("partners:swot", args=[slug, own.pk]) if own else reverse("partners:own", args=[slug])
        return _("Complete our own SWOT"), url
    return "", reverse("partners:compare", args=[slug])
