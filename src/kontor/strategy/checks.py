"""How the concept answers its point of the checklist."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster
from kontor.strategy.models import ConceptVersion
from kontor.strategy.queries import SectionState, section_states
from kontor.ui.components import Check, PointState


def checks(cluster: Cluster, on: date) -> list[Check]:
    """Answer point 19: is the concept written down?"""
    states = section_states(cluster, get_language() or "en")
    lacking = next((state for state in states if not state.is_written), None)
    written = sum(state.is_written for state in states)
    frozen = ConceptVersion.objects.filter(cluster=cluster, frozen_at__date__lte=on).count()
    next_step, url = _next_step(cluster, lacking, frozen)
    return [Check(19, _state(written, len(states), frozen), _reason(written, frozen), next_step, url)]


def _state(written: int, total: int, frozen: int) -> PointState:
    if written == total:
        return PointState.DONE if frozen else PointState.ALMOST
    return PointState.RUNNING if written else PointState.OPEN


def _reason(written: int, frozen: int) -> str:
    told = ngettext("%(n)s of 10 sections is written", "%(n)s of 10 sections are written", written) % {
        "n": written
    }
    if not frozen:
        return told
    kept = ngettext("%(n)s version is frozen", "%(n)s versions are frozen", frozen) % {"n": frozen}
    return f"{told} · {kept}"


def _next_step(cluster: Cluster, lacking: SectionState | None, frozen: int) -> tuple[str, str]:
    if lacking is not None:
        label = _("Write “%(title)s”") % {"title": lacking.guide.title}
        return label, reverse("strategy:section", args=[cluster.slug, lacking.guide.code, lacking.lacking[0]])
    if frozen:
        return "", ""
    return _("Freeze a first version"), reverse("strategy:freeze", args=[cluster.slug])
