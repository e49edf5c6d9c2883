"""How allauth behaves in this house."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kontor.accounts.cookies import keep_theme
from kontor.accounts.models import User
from kontor.accounts.queries import language_of
from kontor.accounts.services.mail import public_address


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come by invitation only; mails speak the language of whoever reads them."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Please ask your cluster management."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": _("E-mail address and password do not fit together."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _("This code is not right. Please check it and try again."),
        "incorrect_password": _("This is not your password."),
        "invalid_password_reset": _("This link opens nothing any more. Please ask for a new one."),
        "same_as_current": _("This is your address already."),
        "too_many_login_attempts": _("Too many tries. Please wait five minutes and try again."),
        "rate_limited": _("That was too fast. Please wait a moment and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up unasked; invitations have a page of their own."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail in the language of the account behind `email`; without one, in that of the page."""
        with translation.override(language_of(email) or translation.get_language()):
            super().send_mail(template_prefix, email, {**context, "public_url": settings.PUBLIC_URL})

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the address of the new password's page; never under a host that the browser made up."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return public_address(path.replace("UID-KEY", key))

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Bring the appearance that the person has chosen to this device."""
        response = cast("HttpResponse", super().post_login(request, user, **kwargs))
        if user.theme != User.Theme.AUTO:
            keep_theme(response, user.theme)
        return response


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Names second factors as people know them."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right. Please check it and try again."),
        "unverified_email": _("Please confirm your e-mail address first; then you can add a second factor."),
    }

    def _get_site_name(self) -> str:
        return "Kontor"

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        """Return a name to begin with; people may change it."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}
