"""What all forms about findings share: where something stands, and as of which day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kontor.actors.forms.base import DayInput
from kontor.imports.parsers import website
from kontor.imports.refused import FieldFault

LONGEST_SOURCE, LONGEST_LINK = 300, 500


class SourceForm(forms.Form):
    """Source, link and day; with them at the end, whatever else a form asks."""

    source = forms.CharField(
        label=_("Source"),
        max_length=LONGEST_SOURCE,
        required=False,
        help_text=_("Where it stands or who said it: “Website, About us”, “Call with the manager”."),
    )
    source_url = forms.CharField(label=_("Link to the source"), max_length=LONGEST_LINK, required=False)
    as_of = forms.DateField(
        label=_("As of"),
        widget=DayInput(),
        initial=timezone.localdate,
        help_text=_("The day for which it is true, not the day on which you typed it."),
    )

    def clean_source_url(self) -> str:
        """Complete the address; refuse what is none."""
        return a_website(self.cleaned_data["source_url"])

    def clean_as_of(self) -> Any:
        """Refuse days to come."""
        day = self.cleaned_data["as_of"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."), code="future")
        return day


def a_website(text: str) -> str:
    """Return the address of a website, completed; raises Django's ValidationError where it is none."""
    try:
        return website(text)
    except FieldFault as problem:
        raise forms.ValidationError(_("This is not the address of a website.")) from problem
