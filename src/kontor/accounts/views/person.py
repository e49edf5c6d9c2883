"""Pages about oneself: profile, appearance, language, one's data, the end."""

from __future__ import annotations

from typing import cast

from allauth.account.internal.flows.logout import logout
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as remember_language

from kontor.accounts.cookies import keep_theme
from kontor.accounts.forms.person import ProfileForm
from kontor.accounts.models import User
from kontor.accounts.queries import clusters_of
from kontor.accounts.services import Refused
from kontor.accounts.services.people import change_profile, erase_account
from kontor.accounts.services.personal_data import archive
from kontor.accounts.views.addresses import way_back
from kontor.ui.context import THEMES
from kontor.ui.errors import explain
from kontor.ui.forms import ConfirmByName
from kontor.ui.notices import notify


@never_cache
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change what a person has chosen; lead to keys, sessions and data."""
    user = cast("User", request.user)
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=user.pk))
    if request.method == "POST" and form.is_valid():
        return _keep_profile(request, user, form)
    context = {
        "form": form,
        "roles": clusters_of(user),
        "second_factors": Authenticator.objects.filter(user=user).exclude(type="recovery_codes").count(),
        "session_count": UserSession.objects.filter(user=user).count(),
    }
    return render(request, "accounts/profile.html", context, status=422 if form.errors else 200)


def _keep_profile(request: HttpRequest, user: User, form: ProfileForm) -> HttpResponse:
    change_profile(user=user, **form.cleaned_data)
    with translation.override(user.language):
        notify(request, _("Your profile is saved."))
    response = redirect("accounts:profile")
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    keep_theme(response, user.theme)
    return response


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the appearance for this device, and in the account; an unknown one counts as automatic."""
    chosen = request.POST.get("theme", "")
    chosen = chosen if chosen in THEMES else User.Theme.AUTO.value
    if request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(theme=chosen)
    response = redirect(way_back(request, "/"))
    keep_theme(response, chosen)
    return response


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the language for this device, and in the account."""
    chosen = request.POST.get("language", "")
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES) and check_for_language(chosen):
        User.objects.filter(pk=request.user.pk).update(language=chosen)
    return remember_language(request)


@never_cache
@login_required
@require_POST
def own_data(request: HttpRequest) -> HttpResponse:
    """Hand out everything that is stored about the person, as a ZIP."""
    response = HttpResponse(archive(cast("User", request.user)), content_type="application/zip")
    parts = ("kontor", _("my-data"), timezone.localdate().isoformat())
    response["Content-Disposition"] = f'attachment; filename="{"-".join(parts)}.zip"'
    return response


@never_cache
@login_required
def erase(request: HttpRequest) -> HttpResponse:
    """Close the account for good, after the address has been typed."""
    user = cast("User", request.user)
    form = ConfirmByName(request.POST or None, name=user.email)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            erase_account(user=User.objects.get(pk=user.pk))
        except Refused as error:
            problem = explain(error)
        else:
            logout(request)
            notify(request, _("Your account has been deleted."))
            return redirect("accounts:entrance")
    context = {"form": form, "problem": problem, "email": user.email}
    return render(request, "accounts/erase.html", context, status=422 if problem or form.errors else 200)
