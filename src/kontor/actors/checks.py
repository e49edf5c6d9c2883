"""How far two points of the checklist are, as far as the directory can tell."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.accounts.models import Cluster
from kontor.actors.queries.overview import Coverage, coverage
from kontor.ui.components import Check, PointState

SHARED_DATA, INVOLVEMENT = 6, 10
_DONE, _ALMOST, _UNDER_WAY = 0.9, 0.6, 0.0
_FACTS = ("contact", "region", "size", "competence")


def checks(cluster: Cluster, on: date) -> list[Check]:
    """Return the points 6 and 10 as the directory answers them. Two queries."""
    state = coverage(cluster, on)
    return [_shared_data(cluster, state), _involvement(cluster, state)]


def _shared_data(cluster: Cluster, state: Coverage) -> Check:
    """Point 6 from the directory: what share of the facts that everybody looks for is known."""
    directory = reverse("actors:directory", args=[cluster.slug])
    if not state.members:
        reason, step = _("The directory is still empty."), _("Bring the members in")
        return Check(SHARED_DATA, PointState.OPEN, reason, step, _overview(cluster))
    gaps = {fact: state.missing[fact] for fact in _FACTS}
    share = 1 - sum(gaps.values()) / (state.members * len(_FACTS))
    worst = max(gaps, key=lambda fact: gaps[fact])
    reason = ngettext(
        "%(members)s member in the directory; %(percent)s %% of contact, region, size, competences known.",
        "%(members)s members in the directory; %(percent)s %% of contact, region, size, competences known.",
        state.members,
    ) % {"members": state.members, "percent": int(share * 100)}
    step = _("Fill the largest gap") if gaps[worst] else ""
    return Check(SHARED_DATA, _state(share), reason, step, f"{directory}?missing={worst}")


def _involvement(cluster: Cluster, state: Coverage) -> Check:
    """Point 10 as far as people are concerned: who can be reached at all."""
    directory = reverse("actors:directory", args=[cluster.slug])
    if not state.members:
        reason, step = _("There are no members yet who could be involved."), _("Bring the members in")
        return Check(INVOLVEMENT, PointState.OPEN, reason, step, _overview(cluster))
    share = state.with_consent / state.members
    reason = ngettext(
        "%(reached)s of %(members)s member has a contact who agreed to be written to.",
        "%(reached)s of %(members)s members have a contact who agreed to be written to.",
        state.members,
    ) % {"reached": state.with_consent, "members": state.members}
    gap = "contact" if state.missing["contact"] else "consent"
    step = _("Show who cannot be reached") if state.missing[gap] else ""
    return Check(INVOLVEMENT, _state(share), reason, step, f"{directory}?missing={gap}")


def _overview(cluster: Cluster) -> str:
    return reverse("actors:overview", args=[cluster.slug])


def _state(share: float) -> PointState:
    if share >= _DONE:
        return PointState.DONE
    if share >= _ALMOST:
        return PointState.ALMOST
    return PointState.RUNNING if share > _UNDER_WAY else PointState.GAP
