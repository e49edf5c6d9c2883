"""A member's own needs: report them, read them; those of others stay out of sight."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.actors.queries.members import speaks_for
from kontor.needs import queries, services
from kontor.needs.forms import OwnNeedForm
from kontor.needs.models import Need
from kontor.needs.problems import NeedError
from kontor.needs.views.single import refused
from kontor.ui.notices import notify


@cluster_view(may="needs.report_own_need")
def own(request: ClusterRequest) -> HttpResponse:
    """Show the needs of the organisations that the person speaks for."""
    context = {
        "organisations": list(queries.own_organisations(request.cluster, request.user)),
        "needs": list(queries.own_needs(request.cluster, request.user)),
    }
    return render(request, "needs/own.html", context)


@cluster_view(may="needs.report_own_need")
def report(request: ClusterRequest) -> HttpResponse:
    """Let a member say what it needs."""
    organisations = queries.own_organisations(request.cluster, request.user)
    mine = list(organisations)
    initial = {"organisation": mine[0].pk} if len(mine) == 1 else {}
    form = OwnNeedForm(
        request.POST or None, cluster=request.cluster, organisations=organisations, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            _report(request.cluster, request, form)
        except (NeedError, ValidationError) as problem:
            form.add_error(None, refused(problem))
        else:
            notify(request, _("Thank you. Your cluster management can now see this need."))
            return redirect("needs:own", request.cluster.slug)
    context = {"form": form, "organisations": mine}
    return render(request, "needs/report.html", context, status=422 if form.is_bound else 200)


def _report(cluster: Cluster, request: ClusterRequest, form: OwnNeedForm) -> Need:
    organisation = form.cleaned_data["organisation"]
    person = organisation.people.filter(speaks_for(request.user)).first()
    source = Need.Source.MEMBER
    return services.record_need(cluster=cluster, person=person, source=source, **form.cleaned_data)
