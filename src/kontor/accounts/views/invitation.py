"""Accepting an invitation: with an account, or by making one."""

from __future__ import annotations

from typing import cast

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from kontor.accounts.forms.person import NewAccountForm
from kontor.accounts.models import Invitation, User
from kontor.accounts.services import InvitationRefused, Refused, open_account
from kontor.accounts.services.invitations import accept_invitation, ask_for_new_invitation, find_invitation
from kontor.accounts.views.addresses import today
from kontor.accounts.views.limits import too_fast
from kontor.accounts.views.wall import speak, unlisted
from kontor.ui.errors import explain
from kontor.ui.notices import notify


@never_cache
@unlisted
@sensitive_post_parameters("password")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites to what, and let the person in."""
    if limited := too_fast(request, "invitation"):
        return limited
    try:
        offer = find_invitation(token=token)
        return _answer(request, offer)
    except InvitationRefused as error:
        return _refused(request, token, error)


def _answer(request: HttpRequest, offer: Invitation) -> HttpResponse:
    if not request.user.is_authenticated:
        speak(request, offer.language)
    form = NewAccountForm(request.POST or None, invited=offer.email)
    has_account = User.objects.filter(email__iexact=offer.email).exists()
    if request.method == "POST" and request.user.is_authenticated:
        return _accept(request, offer, request.user)
    if request.method == "POST" and not has_account and form.is_valid():
        return _join(request, offer, form)
    login_url = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
    context = {"invitation": offer, "form": form, "has_account": has_account, "login_url": login_url}
    return render(request, "accounts/invitation.html", context, status=422 if form.errors else 200)


def _accept(request: HttpRequest, offer: Invitation, user: User) -> HttpResponse:
    accept_invitation(invitation=offer, user=user)
    notify(request, _("Welcome to %(cluster)s.") % {"cluster": offer.cluster.name})
    return redirect(today(offer.cluster))


def _join(request: HttpRequest, offer: Invitation, form: NewAccountForm) -> HttpResponse:
    said = form.cleaned_data
    language = translation.get_language()
    user = open_account(
        email=offer.email, name=said["name"], language=language, password=said["password"] or None
    )
    accept_invitation(invitation=offer, user=user)
    return cast("HttpResponse", perform_login(request, user, redirect_url=today(offer.cluster)))


def _refused(request: HttpRequest, token: str, error: InvitationRefused) -> HttpResponse:
    """Say why; an expired invitation can be asked for again, and every question has the same answer."""
    has_asked = request.method == "POST" and "new_link" in request.POST
    if has_asked:
        if limited := too_fast(request, "new_link", token):
            return limited
        try:
            ask_for_new_invitation(token=token)
        except Refused as failure:
            return _page(request, problem=explain(failure), status=503)
    is_expired = error.code == "invitation.expired"
    status = 200 if has_asked else 410 if is_expired or error.code == "invitation.accepted" else 404
    return _page(request, problem=explain(error), may_ask=is_expired, has_asked=has_asked, status=status)


def _page(request: HttpRequest, *, status: int, **context: object) -> HttpResponse:
    return render(request, "accounts/invitation_refused.html", context, status=status)
