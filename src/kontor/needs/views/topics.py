"""The topics under which needs are gathered."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.needs import services
from kontor.needs.forms import TopicForm
from kontor.needs.models import NeedTopic
from kontor.needs.problems import NeedError
from kontor.needs.queries import lead
from kontor.ui.errors import explain
from kontor.ui.notices import notify


@cluster_view(may="needs.change_need")
def topics(request: ClusterRequest) -> HttpResponse:
    """Show the topics and add one's own."""
    form = TopicForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_topic(cluster=request.cluster, kind=form.cleaned_data["kind"], name=form.names())
        except NeedError as problem:
            form.add_error(None, explain(problem))
        else:
            notify(request, _("The topic has been added."))
            return redirect("needs:topics", request.cluster.slug)
    counted = NeedTopic.objects.filter(cluster=request.cluster).annotate(
        number=Count(lead("needs__"), distinct=True),
        organisations=Count("needs__organisation", distinct=True),
    )
    context = {"form": form, "topics": counted.order_by("kind", "code")}
    return render(request, "needs/topics.html", context, status=422 if form.is_bound else 200)


@require_POST
@cluster_view(may="needs.change_need")
def start(request: ClusterRequest) -> HttpResponse:
    """Add the topics of the start list that are not there yet."""
    new = services.load_start_topics(request.cluster)
    if new:
        text = ngettext("%(new)s topic has been added.", "%(new)s topics have been added.", new) % {
            "new": new
        }
    else:
        text = _("All topics of the start list are here already.")
    notify(request, text)
    return redirect("needs:topics", request.cluster.slug)
