"""Who takes part, why an agreement is amended, and the signatures on paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster, User
from kontor.accounts.models.user import LANGUAGES
from kontor.accounts.rules import MANAGEMENT
from kontor.agreements.models import Agreement, Negotiator


class GuestForm(forms.Form):
    """Somebody who speaks for the other side."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("Stands beside everything that this person proposes.")
    )
    email = forms.EmailField(label=_("E-mail address"))
    function = forms.CharField(label=_("Function"), max_length=120, required=False)
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=LANGUAGES, help_text=_("Of the pages and mails that this person gets.")
    )

    def values(self) -> dict[str, Any]:
        """Return the fields as the services take them."""
        return {name: self.cleaned_data[name] for name in self.base_fields if name != "note"}


class InvitationForm(GuestForm):
    """A guest, and a few words that go with the link."""

    note = forms.CharField(
        label=_("Personal note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Stands above the link in the mail."),
    )


def guest_fields(negotiator: Negotiator) -> dict[str, str]:
    """Return a guest as the form names it."""
    return {name: getattr(negotiator, name) for name in GuestForm.base_fields}


class ColleagueForm(forms.Form):
    """Somebody of the cluster management who joins our side."""

    user = forms.ModelChoiceField(User.objects.none(), label=_("Colleague"), empty_label=_("Please choose"))

    def __init__(self, *args: Any, cluster: Cluster, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = agreement.negotiators.filter(revoked_at=None, user__isnull=False).values("user")
        managing = User.objects.filter(roles__cluster=cluster, roles__kind__in=MANAGEMENT)
        people: Any = self.fields["user"]
        people.queryset = managing.exclude(pk__in=there).order_by("name", "email")


class AmendForm(forms.Form):
    """Why what was agreed is to be changed."""

    reason = forms.CharField(
        label=_("What is to be changed, and why?"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One or two sentences; the other side reads them, and they stand in the next version."),
    )


class SigningForm(forms.Form):
    """The signatures on paper."""

    signed_on = forms.DateField(
        label=_("Day of the last signature"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    place = forms.CharField(label=_("Place"), max_length=200)
    by_us = forms.CharField(label=_("Signed for our side by"), max_length=200)
    by_them = forms.CharField(label=_("Signed for the other side by"), max_length=200)

    def clean_signed_on(self) -> Any:
        """Refuse a day that has not come yet."""
        day = self.cleaned_data["signed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The day of signing cannot lie in the future."))
        return day
