"""The entrance: where a visitor belongs, the first run, the choice of cluster."""

from __future__ import annotations

from typing import cast

from allauth.account.utils import perform_login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from kontor.accounts.forms.cluster import FoundClusterForm
from kontor.accounts.forms.person import FirstAccountForm
from kontor.accounts.models import Cluster, User
from kontor.accounts.queries import clusters_of, clusters_without
from kontor.accounts.services import Refused, found_cluster
from kontor.accounts.services.clusters import delete_cluster
from kontor.accounts.services.setup import is_needed, set_up
from kontor.accounts.views.addresses import address, today
from kontor.accounts.views.limits import too_fast
from kontor.ui.errors import explain
from kontor.ui.forms import ConfirmByName
from kontor.ui.notices import notify

NEW_CLUSTER = {"country": "DE", "languages": ["de", "en"], "requires_second_factor": True}


@never_cache
def entrance(request: HttpRequest) -> HttpResponse:
    """Lead to the assistant, the login, the only cluster or the choice of clusters."""
    if not request.user.is_authenticated:
        return redirect("accounts:first-run" if is_needed() else "account_login")
    roles = list(clusters_of(request.user)[:2])
    return redirect(today(roles[0].cluster)) if len(roles) == 1 else redirect("accounts:clusters")


@never_cache
@login_required
def clusters(request: HttpRequest) -> HttpResponse:
    """Let somebody with several keys choose; without any, say how to get one."""
    user = cast("User", request.user)
    doors = [(role, today(role.cluster)) for role in clusters_of(user)]
    others = clusters_without(user) if user.is_operator else []
    context = {"doors": doors, "others": others, "may_found": user.is_operator}
    return render(request, "accounts/clusters.html", context)


@never_cache
@login_required
def cluster_new(request: HttpRequest) -> HttpResponse:
    """Let an operator found a further cluster and manage it."""
    user = cast("User", request.user)
    if not user.is_operator:
        raise PermissionDenied
    form = _cluster_form(request, prefix=None)
    if request.method == "POST" and form.is_valid():
        try:
            cluster = found_cluster(manager=user, **form.cleaned_data)
        except ValidationError as error:
            _explain_fields(form, error)
        else:
            return redirect("accounts:first-steps", cluster.pk)
    status = 422 if form.errors else 200
    return render(request, "accounts/cluster_new.html", {"form": form}, status=status)


@never_cache
@login_required
def cluster_remove(request: HttpRequest, cluster_id: int) -> HttpResponse:
    """Let an operator delete a cluster from outside, after its name has been typed."""
    if not cast("User", request.user).is_operator:
        raise PermissionDenied
    cluster = get_object_or_404(Cluster, pk=cluster_id)
    form = ConfirmByName(request.POST or None, name=cluster.name)
    if request.method == "POST" and form.is_valid():
        delete_cluster(cluster=cluster)
        notify(request, _("%(name)s has been deleted.") % {"name": form.name})
        return redirect("accounts:clusters")
    context = {"form": form, "doomed": cluster}
    return render(request, "accounts/cluster_remove.html", context, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters("password", "code")
def first_run(request: HttpRequest) -> HttpResponse:
    """Make the first account and the first cluster, for whoever can read the console."""
    if not is_needed():
        return redirect("accounts:entrance")
    if limited := too_fast(request, "setup"):
        return limited
    account = _account_form(request)
    cluster = _cluster_form(request, prefix="cluster")
    problem = ""
    if account.is_bound and account.is_valid() & cluster.is_valid():
        try:
            return _open_the_doors(request, account, cluster)
        except Refused as error:
            problem = explain(error)
        except ValidationError as error:
            _explain_fields(cluster, error)
    status = 422 if problem or account.errors or cluster.errors else 200
    context = {"account": account, "cluster_form": cluster, "problem": problem}
    return render(request, "accounts/first_run.html", context, status=status)


@never_cache
@login_required
def first_steps(request: HttpRequest, cluster_id: int) -> HttpResponse:
    """After founding: bring the members, or look at the demo cluster first."""
    roles = clusters_of(cast("User", request.user))
    cluster = get_object_or_404(roles, cluster_id=cluster_id).cluster
    context = {
        "founded": cluster,
        "import_url": address("actors:import-members", cluster.slug),
        "members_url": address("actors:overview", cluster.slug),
        "demo_url": address("demo:load"),
        "today_url": today(cluster),
    }
    return render(request, "accounts/first_steps.html", context)


def _open_the_doors(
    request: HttpRequest, account: FirstAccountForm, cluster: FoundClusterForm
) -> HttpResponse:
    said = dict(account.cleaned_data)
    user, founded = set_up(code=said.pop("code"), account=said, cluster=cluster.cleaned_data)
    url = address("accounts:first-steps", founded.pk)
    return cast("HttpResponse", perform_login(request, user, redirect_url=url))


def _account_form(request: HttpRequest) -> FirstAccountForm:
    if request.method == "POST" and "show_regions" not in request.POST:
        return FirstAccountForm(request.POST)
    initial = request.POST.dict() or {"language": get_language()}
    return FirstAccountForm(initial=initial)


def _cluster_form(request: HttpRequest, prefix: str | None) -> FoundClusterForm:
    """Return the form; the button beside the country only brings that country's regions."""
    if request.method == "POST" and "show_regions" not in request.POST:
        return FoundClusterForm(request.POST, prefix=prefix)
    if request.method == "POST":
        return FoundClusterForm(
            initial=typed_so_far(FoundClusterForm(request.POST, prefix=prefix)), prefix=prefix
        )
    return FoundClusterForm(initial=NEW_CLUSTER, prefix=prefix)


def typed_so_far(form: FoundClusterForm) -> dict[str, object]:
    """Return what has been typed, unchecked, to fill the form again."""
    return {name: form[name].value() for name in form.fields}


def _explain_fields(form: FoundClusterForm, error: ValidationError) -> None:
    for name, problems in error.message_dict.items():
        form.add_error(name if name in form.fields else None, problems)
