"""Settings of a cluster: overview, its data, its end."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kontor.accounts.forms.cluster import ClusterForm
from kontor.accounts.models import Cluster, RoleKind
from kontor.accounts.models.user import LANGUAGES
from kontor.accounts.queries import open_invitation_count
from kontor.accounts.services import EditConflict
from kontor.accounts.services.clusters import delete_cluster, update_cluster
from kontor.accounts.views.wall import ClusterRequest, cluster_view
from kontor.ui.forms import ConfirmByName, differences, number_in
from kontor.ui.notices import notify
from kontor.ui.vocabulary import region_name

FIELDS = ("name", "country", "regions", "languages", "funding_start", "requires_second_factor")


@cluster_view(may="accounts.change_settings")
def settings(request: ClusterRequest) -> HttpResponse:
    """Show what can be set, and its state."""
    cluster = request.cluster
    kinds = list(cluster.roles.values_list("kind", flat=True))
    context = {
        "key_count": len(kinds),
        "manager_count": kinds.count(RoleKind.MANAGER),
        "invitation_count": open_invitation_count(cluster),
        "languages": [label for code, label in LANGUAGES if code in cluster.languages],
        "regions": [region_name(code) or code for code in cluster.regions],
    }
    return render(request, "accounts/settings.html", context)


@cluster_view(may="accounts.change_settings")
def cluster_data(request: ClusterRequest) -> HttpResponse:
    """Change the data of the cluster; somebody who was quicker is not overwritten."""
    if request.method != "POST":
        return _page(request, ClusterForm(initial=_stored(request.cluster)), request.cluster.version)
    if "show_regions" in request.POST:
        typed = ClusterForm(request.POST)
        initial = {name: typed[name].value() for name in typed.fields}
        return _page(request, ClusterForm(initial=initial), _version(request))
    form = ClusterForm(request.POST)
    if not form.is_valid():
        return _page(request, form, _version(request), status=422)
    return _store(request, form)


def _store(request: ClusterRequest, form: ClusterForm) -> HttpResponse:
    try:
        update_cluster(cluster=request.cluster, expected_version=_version(request), **form.cleaned_data)
    except EditConflict as conflict:
        current = conflict.current
        found = differences(form, _stored(current))  # type: ignore[arg-type]
        return _page(request, form, current.version, status=409, differences=found)  # type: ignore[attr-defined]
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _page(request, form, _version(request), status=422)
    notify(request, _("The data of the cluster is saved."))
    return redirect("accounts:settings", request.cluster.slug)


def _stored(cluster: Cluster) -> dict[str, object]:
    return {name: getattr(cluster, name) for name in FIELDS} | {"regions": sorted(cluster.regions)}


def _version(request: HttpRequest) -> int:
    return number_in(request.POST.get("version", ""))


def _page(
    request: ClusterRequest, form: ClusterForm, version: int, *, status: int = 200, **more: object
) -> HttpResponse:
    context = {"form": form, "version": version, **more}
    return render(request, "accounts/cluster_data.html", context, status=status)


@cluster_view(may="accounts.change_settings")
def cluster_delete(request: ClusterRequest) -> HttpResponse:
    """Delete the cluster with everything in it, after its name has been typed."""
    form = ConfirmByName(request.POST or None, name=request.cluster.name)
    if request.method == "POST" and form.is_valid():
        name = request.cluster.name
        delete_cluster(cluster=request.cluster)
        notify(request, _("%(name)s has been deleted.") % {"name": name})
        return redirect("accounts:clusters")
    return render(request, "accounts/cluster_delete.html", {"form": form}, status=422 if form.errors else 200)
