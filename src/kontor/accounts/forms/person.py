"""What a person is asked for: the first account, the profile, a new account by invitation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kontor.accounts.forms.entrance import STRONG
from kontor.accounts.models import User


def _password(**kwargs: Any) -> forms.CharField:
    widget = forms.PasswordInput({"autocomplete": "new-password"})
    return forms.CharField(strip=False, widget=widget, help_text=STRONG, **kwargs)


class ProfileForm(forms.ModelForm[User]):
    """Name, language and appearance."""

    class Meta:
        model = User
        fields = ("name", "language", "theme")
        labels = {"name": _("Name"), "language": _("Language"), "theme": _("Appearance")}
        help_texts = {
            "name": _("As colleagues in your clusters see you."),
            "language": _("Of the pages and of the mails to you."),
        }


class NewAccountForm(forms.Form):
    """Name and password of a new account."""

    name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput({"autocomplete": "name"})
    )
    password = _password(label=_("Password"), required=False)

    def __init__(self, *args: Any, invited: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invited = invited

    def clean(self) -> dict[str, Any]:
        """Refuse a password that is weak, or close to name or address."""
        data = super().clean() or self.cleaned_data
        if data.get("password"):
            about = User(email=data.get("email") or self.invited, name=data.get("name", ""))
            try:
                validate_password(data["password"], about)
            except ValidationError as error:
                self.add_error("password", error)
        return data


class FirstAccountForm(NewAccountForm):
    """The account of whoever sets Kontor up, protected by the code on the console."""

    code = forms.CharField(
        label=_("Code on the console"),
        max_length=40,
        widget=forms.TextInput(
            {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
        help_text=_("It was printed when Kontor started, such as K7PF-3XWM-QD9R."),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"), widget=forms.EmailInput({"autocomplete": "email"})
    )
    language = forms.ChoiceField(label=_("Your language"), choices=settings.LANGUAGES)
    field_order = ("code", "name", "email", "language", "password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].required = True
