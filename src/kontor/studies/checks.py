"""How the studies answer their point of the checklist."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster
from kontor.criteria.queries import latest_version
from kontor.studies.evidence import latest_decision
from kontor.studies.models import Study
from kontor.studies.queries.listing import studies_of
from kontor.studies.queries.progress import progress_of
from kontor.studies.shown_steps import next_step
from kontor.ui.components import Check, PointState

CHOICE = 12


def checks(cluster: Cluster, on: date) -> list[Check]:
    """Answer point 12: is the choice of partners organised stringently, by an extensible catalogue?

    Silent where there is neither a catalogue nor a study: then somebody answers by hand.
    """
    study = studies_of(cluster).exclude(state=Study.State.DECIDED).first()
    decision = latest_decision(cluster, on)
    if study is None and decision is None:
        return _prepared(cluster)
    if decision is not None and study is None:
        reason = _("Decided in “%(title)s” and recorded") % {"title": decision.study.title}
        return [Check(CHOICE, PointState.DONE, reason, "", _url(cluster, "decision", decision.study_id))]
    assert study is not None
    step = next_step(study, progress_of([study])[study.pk])
    state = PointState.DONE if decision else _state(study)
    reason = f"{study.title}: {study.get_state_display()}"
    url = step.url if step else _url(cluster, "detail", study.pk)
    return [Check(CHOICE, state, reason, step.label if step else "", url)]


def _state(study: Study) -> PointState:
    return PointState.ALMOST if study.state == Study.State.OPEN else PointState.RUNNING


def _prepared(cluster: Cluster) -> list[Check]:
    version = latest_version(cluster)
    if version is None:
        return []
    reason = _("Version %(number)s of the criteria is published, but no study has begun") % {
        "number": version.number
    }
    url = reverse("studies:create", args=[cluster.slug])
    return [Check(CHOICE, PointState.RUNNING, reason, _("Begin a study"), url)]


def _url(cluster: Cluster, page: str, study_id: int) -> str:
    return reverse(f"studies:{page}", args=[cluster.slug, study_id])
