"""How the cooperation answers its point of the checklist."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.accounts.models import Cluster
from kontor.cooperation.queries import Relation, relations
from kontor.ui.components import Check, PointState


def checks(cluster: Cluster, on: date) -> list[Check]:
    """Answer point 13: is there a paper with each partner that both have developed and accepted?

    Silent where there is no partner and no protocol yet: then somebody answers by hand.
    """
    found = relations(cluster, on)
    if not found:
        return []
    agreed = [each for each in found if each.is_agreed]
    waiting = next((each for each in found if not each.is_agreed), None)
    step, url = _step(cluster, waiting)
    return [Check(13, _state(found, agreed), _reason(len(found), len(agreed)), step, url)]


def _state(found: list[Relation], agreed: list[Relation]) -> PointState:
    if len(agreed) == len(found):
        return PointState.DONE
    if agreed:
        return PointState.ALMOST
    return PointState.RUNNING if any(each.protocol for each in found) else PointState.GAP


def _reason(partners: int, agreed: int) -> str:
    told = ngettext("%(number)s partner", "%(number)s partners", partners) % {"number": partners}
    kept = ngettext("a protocol agreed with %(number)s", "protocols agreed with %(number)s", agreed)
    return f"{told} · {kept % {'number': agreed}}"


def _step(cluster: Cluster, waiting: Relation | None) -> tuple[str, str]:
    if waiting is None:
        return "", ""
    if waiting.protocol is None:
        url = reverse("cooperation:protocol", args=[cluster.slug, waiting.partner.pk])
        return _("Draft the protocol with %(partner)s") % {"partner": waiting.partner.short}, url
    url = reverse("agreements:detail", args=[cluster.slug, waiting.protocol.pk])
    return _("Settle the open clauses with %(partner)s") % {"partner": waiting.partner.short}, url
