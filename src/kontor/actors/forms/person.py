"""Forms about people and what they have agreed to."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.actors.forms.base import DayInput, FactForm
from kontor.actors.models import Person


class PersonForm(FactForm):
    """A contact of an organisation."""

    model = Person
    model_fields = ("given_name", "family_name", "function", "email", "phone", "language")


class ConsentForm(forms.Form):
    """When and how somebody agreed."""

    consent_on = forms.DateField(label=_("Agreed on"), widget=DayInput)
    consent_source = forms.CharField(
        label=_("How the agreement was given"),
        max_length=200,
        help_text=_("For example: by e-mail, on the members' meeting, in the membership form."),
    )
