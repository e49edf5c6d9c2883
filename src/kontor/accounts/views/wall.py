"""The wall: every page of a cluster passes through `cluster_view`, or with a signed link `link_view`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django_htmx.middleware import HtmxDetails

from kontor.accounts.models import Cluster, Role, RoleKind, TaskLink, User
from kontor.accounts.rules import Access
from kontor.accounts.services.links import find_link, open_link, renew_link
from kontor.accounts.services.mail import public_address, send_mail
from kontor.accounts.services.refused import LinkRefused, Refused
from kontor.accounts.views.limits import too_fast
from kontor.ui.errors import explain

P = ParamSpec("P")


class ClusterRequest(HttpRequest):
    """A request that has passed the wall: who, in which cluster, with which key."""

    user: User
    htmx: HtmxDetails
    cluster: Cluster
    access: Access
    can_manage: bool


def cluster_view(
    *, may: str
) -> Callable[
    [Callable[Concatenate[ClusterRequest, P], HttpResponseBase]],
    Callable[..., HttpResponseBase],
]:
    """Let a view be seen only with a role in the cluster that grants `may`.

    Without a role there the cluster does not exist (404); with a role that does not suffice the answer is
    403. Visitors who are not logged in are asked to. Managers without a second factor set one up first
    where the cluster asks for it.
    """

    def decorate(
        view: Callable[Concatenate[ClusterRequest, P], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        # What competitors confide is kept by no browser and no proxy: "back" after a logout shows nothing.
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, cluster: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            entered = _enter(request, cluster)
            if _lacks_second_factor(entered):
                return _ask_for_second_factor(entered)
            if not entered.access.may(may):
                raise PermissionDenied
            return view(entered, *args, **kwargs)

        guarded.permission = may  # type: ignore[attr-defined]
        return guarded

    return decorate


class LinkRequest(HttpRequest):
    """A request that came with a signed link: to which cluster, for which task, for whom."""

    htmx: HtmxDetails
    cluster: Cluster
    link: TaskLink


def link_view(
    purpose: str, *, leaves_trace: bool = True
) -> Callable[
    [Callable[Concatenate[LinkRequest, P], HttpResponseBase]],
    Callable[..., HttpResponseBase],
]:
    """Let a view be seen by whoever holds a link for `purpose`, without an account, in the link's language.

    The route is `/<cluster>/…/<token>/`; the view takes neither of the two. A link that has expired offers to
    mail a new one to the stored address; a link that is done says so. When it was opened is remembered only
    with `leaves_trace`: for what people answer anonymously that would tell too much.
    """

    def decorate(
        view: Callable[Concatenate[LinkRequest, P], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @never_cache
        @unlisted
        @wraps(view)
        def guarded(
            request: HttpRequest, cluster: str, token: str, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            try:
                link = open_link(
                    cluster_slug=cluster, token=token, purpose=purpose, leaves_trace=leaves_trace
                )
            except LinkRefused as error:
                stale = find_link(cluster_slug=cluster, token=token, purpose=purpose)
                return _refuse(request, stale, error)
            entered = cast("LinkRequest", request)
            entered.cluster, entered.link = link.cluster, link
            speak(request, link.language)
            return view(entered, *args, **kwargs)

        guarded.purpose = purpose  # type: ignore[attr-defined]
        return guarded

    return decorate


def unlisted(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Keep an address with a token in it out of search engines and of what other sites are told."""

    @wraps(view)
    def quiet(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        # Not "no-referrer": browsers then send "Origin: null" with the page's own form, and it is refused.
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return quiet


def speak(request: HttpRequest, language: str) -> None:
    """Answer in `language`, unless the visitor has chosen another one on the page."""
    if not request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME):
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()


def _refuse(request: HttpRequest, link: TaskLink | None, error: LinkRefused) -> HttpResponse:
    if link is None:
        return render(request, "accounts/link_expired.html", {"problem": explain(error)}, status=404)
    speak(request, link.language)
    may_ask = error.code == "link.expired"
    has_asked = may_ask and request.method == "POST" and "new_link" in request.POST
    context = {"problem": explain(error), "may_ask": may_ask, "has_asked": has_asked, "link": link}
    if has_asked:
        if limited := too_fast(request, "new_link", f"{link.purpose}:{link.email}"):
            return limited
        try:
            _mail_new_link(request, link)
        except Refused as failure:
            context |= {"problem": explain(failure), "has_asked": False}
            return render(request, "accounts/link_expired.html", context, status=503)
    return render(request, "accounts/link_expired.html", context, status=200 if has_asked else 410)


@transaction.atomic
def _mail_new_link(request: HttpRequest, link: TaskLink) -> None:
    """Mail a fresh link to the stored address; a task that is done gets none, and the page does not tell."""
    match = request.resolver_match
    token = renew_link(link=link)
    if token and match:
        path = reverse(match.view_name, kwargs={**match.kwargs, "token": token})
        context = {"link": link, "address": public_address(path)}
        send_mail(template="accounts/mail/new_link", to=link.email, language=link.language, context=context)


def _enter(request: HttpRequest, slug: str) -> ClusterRequest:
    roles = Role.objects.select_related("cluster")
    role = roles.filter(user=cast("User", request.user), cluster__slug=slug).first()
    if role is None:
        raise Http404
    entered = cast("ClusterRequest", request)
    entered.cluster = role.cluster
    entered.access = Access(cast("User", request.user), role.cluster, RoleKind(role.kind))
    entered.can_manage = role.kind == RoleKind.MANAGER
    return entered


def _lacks_second_factor(request: ClusterRequest) -> bool:
    is_asked = request.can_manage and request.cluster.requires_second_factor
    return is_asked and not is_mfa_enabled(request.user)


def _ask_for_second_factor(request: ClusterRequest) -> HttpResponse:
    messages.info(request, _("Managers of this cluster need a second factor. Please set one up now."))
    return redirect("mfa_index")
