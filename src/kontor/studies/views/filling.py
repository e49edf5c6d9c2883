"""Fill scores from data: what could be filled, what could not and why, then do it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.studies.models import Study
from kontor.studies.problems import StudyError
from kontor.studies.services import filling as services
from kontor.studies.shown_filling import shown_filling, unsourced
from kontor.studies.views.found import CHANGE, refused, study_or_404
from kontor.ui.notices import notify


@cluster_view(may=CHANGE)
def fill(request: ClusterRequest, study_id: int) -> HttpResponse:
    """Show what data would change, and write it on demand."""
    study = study_or_404(request, study_id)
    if study.state == Study.State.DECIDED:
        return refused(request, study, StudyError("study.decided"))
    today = timezone.localdate()
    if request.method == "POST":
        try:
            plan = services.fill(study=study, on=today)
        except StudyError as problem:
            return refused(request, study, problem)
        _tell(request, plan)
        return redirect("studies:fill", request.cluster.slug, study.pk)
    plan = services.plan_filling(study, today)
    filling = shown_filling(plan, (get_language() or "en")[:2])
    context = {
        "study": study,
        "plan": plan,
        "filling": filling,
        "empty": [each for each in filling if not each.filled and not each.changes],
        "unsourced": unsourced(plan),
        "today": today,
    }
    return render(request, "studies/fill.html", context)


def _tell(request: ClusterRequest, plan: services.FillPlan) -> None:
    if not plan.changes:
        notify(request, _("Nothing has changed since the last time."))
        return
    text = ngettext("%(number)s score filled in.", "%(number)s scores filled in.", len(plan.of(services.NEW)))
    said = [text % {"number": len(plan.of(services.NEW))}]
    for kind, words in (
        (services.CHANGED, _("%(number)s changed.")),
        (services.GONE, _("%(number)s taken out, since the data no longer say it.")),
    ):
        if number := len(plan.of(kind)):
            said.append(words % {"number": number})
    notify(request, " ".join(said))
