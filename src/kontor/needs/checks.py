"""How this chapter answers its point of the checklist: do we know what the members need?"""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.accounts.models import Cluster
from kontor.needs.queries import Heard, heard
from kontor.ui.components import Check, PointState

POINT = 1
# Two thirds heard is what a telephone campaign with one reminder reaches; below that the picture is not safe.
SHARE_HEARD_WELL = 2 / 3


def checks(cluster: Cluster, on: date) -> list[Check]:
    """Return the answer to point 1, computed from the members heard by the day. One query."""
    state = heard(cluster, on)
    step, name = _next_step(state)
    url = reverse(name, args=[cluster.slug]) if name else ""
    return [Check(POINT, state_of(state), reason_of(state), step, url)]


def state_of(state: Heard) -> PointState:
    """Return how far the cluster is with listening to its members."""
    if not state.heard or state.share is None:
        return PointState.OPEN
    if state.share < SHARE_HEARD_WELL:
        return PointState.RUNNING
    return PointState.ALMOST if state.unheard_kinds else PointState.DONE


def reason_of(state: Heard) -> str:
    """Say in one sentence who was heard and which groups are missing."""
    if not state.members:
        return _("There are no members yet.")
    if not state.heard:
        return ngettext(
            "The one member has not been asked yet.",
            "None of the %(members)s members has been heard yet.",
            state.members,
        ) % {"members": state.members}
    figures = {"heard": state.heard, "members": state.members}
    missing = ", ".join(str(kind.kind.label) for kind in state.unheard_kinds)
    if missing:
        figures_and_groups = {**figures, "groups": missing}
        return _("%(heard)s of %(members)s members heard. Nobody yet from: %(groups)s.") % figures_and_groups
    return _("%(heard)s of %(members)s members heard, from every kind of organisation.") % figures


def _next_step(state: Heard) -> tuple[str, str]:
    """Return what to do and the name of the page where it is done."""
    if not state.members:
        return _("Bring in your members"), "actors:overview"
    if not state.heard:
        return _("Record the first need"), "needs:create"
    if state.silent:
        text = ngettext("Call the one who is missing", "Call the %(silent)s who are missing", state.silent)
        return text % {"silent": state.silent}, "needs:silent"
    return "", "needs:overview"
