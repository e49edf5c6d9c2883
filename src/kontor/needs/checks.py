"""How this chapter answers its points of the checklist: are needs known, and is nobody left out?"""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.accounts.models import Cluster
from kontor.needs.confidentiality import guarded
from kontor.needs.models import Need
from kontor.needs.queries import Heard, Involved, heard, involved
from kontor.ui.components import Check, PointState

POINT, INVOLVED = 1, 10
# Two thirds heard is what a telephone campaign with one reminder reaches; below that the picture is not safe.
SHARE_HEARD_WELL = 2 / 3


def checks(cluster: Cluster, on: date) -> list[Check]:
    """Return the answers to points 1 and 10, computed from the members heard by the day. Three queries.

    Point 10 is left to the directory while there are no members.
    """
    state = involved(cluster, on)
    return [known(cluster, on), *([_nobody_left_out(cluster, state)] if state.members else [])]


def known(cluster: Cluster, on: date) -> Check:
    """Return the answer to point 1, from all that was ever heard. One query."""
    state = heard(cluster, on)
    step, name = _next_step(state)
    url = reverse(name, args=[cluster.slug]) if name else ""
    return Check(POINT, state_of(state), reason_of(state), step, url)


def _nobody_left_out(cluster: Cluster, state: Involved) -> Check:
    """Return the answer to point 10, from who was heard within the last twelve months."""
    step = ngettext(
        "Call the %(silent)s member silent for a year",
        "Call the %(silent)s members silent for a year",
        state.silent,
    ) % {"silent": state.silent}
    url = reverse("needs:silent", args=[cluster.slug])
    return Check(INVOLVED, _involvement(state), _ways(state), step if state.silent else "", f"{url}?year=1")


def _involvement(state: Involved) -> PointState:
    if not state.heard or state.share is None:
        return PointState.OPEN
    if state.share < SHARE_HEARD_WELL:
        return PointState.RUNNING
    return PointState.ALMOST if state.silent else PointState.DONE


def _ways(state: Involved) -> str:
    """Say how many were heard in a year, by which ways and when last."""
    if not state.heard or state.latest is None:
        return _("No member has been heard in the last twelve months.")
    labels = dict(Need.Source.choices)
    # The points are read by the board and the funder too: a way by which few spoke is told without a number.
    ways = ", ".join(
        f"{labels[source]} ({number})" if guarded(number) else f"{labels[source]}"
        for source, number in state.ways
    )
    return _("%(heard)s of %(members)s members heard in twelve months: %(ways)s. Last on %(day)s.") % {
        "heard": state.heard,
        "members": state.members,
        "ways": ways,
        "day": formats.date_format(state.latest, "SHORT_DATE_FORMAT"),
    }


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
