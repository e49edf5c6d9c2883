"""allauth's forms in the words of this house: a label above each field, nothing inside it."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as stock
from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Current password"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
    "code": _("Code"),
    "remember": _("Stay logged in on this device"),
}
STRONG = _("At least ten characters. A few words that belong together only for you are easier than symbols.")


class HouseWords(forms.Form):
    """Gives the fields of a stock form their labels and takes the placeholders out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            if name in ("password", "oldpassword"):
                field.help_text = _forgotten()
            if name == "password1":
                field.help_text = STRONG
            if name == "code":
                field.widget.attrs |= {"inputmode": "text", "autocomplete": "one-time-code"}


def _forgotten() -> SafeString:
    return format_html(
        '<a href="{}">{}</a>', reverse("account_reset_password"), _("Forgotten your password?")
    )


class LoginForm(HouseWords, stock.LoginForm):  # type: ignore[misc]
    """E-mail address and password."""


class RequestLoginCodeForm(HouseWords, stock.RequestLoginCodeForm):  # type: ignore[misc]
    """Where to send the code."""


class ConfirmLoginCodeForm(HouseWords, stock.ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code from the mail."""


class ConfirmEmailCodeForm(HouseWords, stock.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """The code that proves a new address."""


class AddEmailForm(HouseWords, stock.AddEmailForm):  # type: ignore[misc]
    """A new address for the account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")


class ChangePasswordForm(HouseWords, stock.ChangePasswordForm):  # type: ignore[misc]
    """A new password, with the old one."""


class SetPasswordForm(HouseWords, stock.SetPasswordForm):  # type: ignore[misc]
    """A first password."""


class ResetPasswordForm(HouseWords, stock.ResetPasswordForm):  # type: ignore[misc]
    """Where to send the link for a new password."""


class ResetPasswordKeyForm(HouseWords, stock.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, by the link from the mail."""


class ReauthenticateForm(HouseWords, stock.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something delicate."""
