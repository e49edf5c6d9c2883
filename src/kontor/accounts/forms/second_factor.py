"""allauth's forms for second factors in the words of this house."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _

from kontor.accounts.forms.entrance import HouseWords


class AuthenticateForm(HouseWords, base.AuthenticateForm):  # type: ignore[misc]
    """A code of the authenticator app, or a recovery code."""


class ReauthenticateForm(HouseWords, base.ReauthenticateForm):  # type: ignore[misc]
    """A code once more, before something delicate."""


class ActivateTOTPForm(HouseWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code that the app shows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code that the app shows")


class AddWebAuthnForm(HouseWords, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A passkey: on by default as a key that opens the door alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
        self.fields["name"].help_text = _("So that you can tell your keys apart, such as “Office laptop”.")
        passwordless = self.fields["passwordless"]
        passwordless.initial = True
        passwordless.label = _("Log in with this key alone")
        passwordless.help_text = _(
            "Without it the key is a second factor only. The key then asks for your finger, face or PIN."
        )


class EditWebAuthnForm(HouseWords, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
