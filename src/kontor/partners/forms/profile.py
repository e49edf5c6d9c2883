"""The head of a profile, and moving it from list to list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.actors.errors import ActorError
from kontor.actors.forms.base import SuggestInput, spoken
from kontor.actors.models import Organisation
from kontor.actors.queries.names import named
from kontor.needs.widgets import LongSelect
from kontor.partners.catalogue import LANGUAGES
from kontor.partners.forms.source import a_website
from kontor.partners.models import Partner, Stage
from kontor.partners.services.stages import LONGEST_REASON
from kontor.partners.wording import language_choices
from kontor.ui.errors import explain
from kontor.ui.vocabulary import country_choices


class ProfileForm(forms.Form):
    """Who the partner cluster is; only name and country are needed."""

    name = forms.CharField(label=_("Name"), max_length=300)
    country = forms.ChoiceField(label=_("Country"), widget=LongSelect)
    short_name = forms.CharField(label=_("Short name"), max_length=120, required=False)
    city = forms.CharField(label=_("Town"), max_length=120, required=False)
    region = forms.CharField(
        label=_("Region"),
        max_length=120,
        required=False,
        help_text=_("In your own words, or the NUTS code, such as FI1D9."),
    )
    website = forms.CharField(label=_("Website"), max_length=300, required=False)
    partner = forms.CharField(
        label=_("Run by"),
        max_length=300,
        required=False,
        help_text=_("The organisation that runs it, where it stands in your directory."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages in which one can work with it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    description_de = forms.CharField(
        label=_("What it does, in German"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "de"}),
    )
    description_en = forms.CharField(
        label=_("What it does, in English"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "en"}),
    )

    def __init__(self, data: Any = None, *, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.cluster = cluster
        self.organisation: Organisation | None = None
        country: Any = self.fields["country"]
        country.choices = [("", _("Please choose")), *country_choices(get_language() or "en")]
        languages: Any = self.fields["languages"]
        languages.choices = language_choices()
        self.fields["partner"].widget = SuggestInput(url=reverse("actors:names", args=[cluster.slug]))

    def clean_website(self) -> str:
        """Complete the address; refuse what is none."""
        return a_website(self.cleaned_data["website"])

    def clean_partner(self) -> str:
        """Find the organisation that is meant."""
        name = str(self.cleaned_data["partner"]).strip()
        if name:
            try:
                self.organisation = named(self.cluster, name)
            except ActorError as problem:
                if problem.code == "partner.unknown":
                    raise forms.ValidationError(
                        _("Your directory holds no such organisation. Leave it empty, or add it there.")
                    ) from problem
                raise forms.ValidationError(explain(problem)) from problem
        return name

    def values(self) -> dict[str, Any]:
        """Return the fields as the services take them."""
        plain = ("name", "country", "short_name", "city", "region", "website", "languages")
        values = {name: self.cleaned_data[name] for name in plain}
        texts = {code: self.cleaned_data[f"description_{code}"] for code in LANGUAGES}
        return values | {"organisation": self.organisation, "description": texts}


def stored(partner: Partner) -> dict[str, Any]:
    """Return the profile's values as the form names them."""
    plain = ("name", "country", "short_name", "city", "region", "website", "languages")
    values = {name: getattr(partner, name) for name in plain}
    values["partner"] = partner.organisation.name if partner.organisation else ""
    texts = spoken(partner.description)
    return values | {f"description_{code}": texts[code] for code in LANGUAGES}


class StageForm(forms.Form):
    """The next list, and why."""

    stage = forms.ChoiceField(label=_("List"), choices=Stage.choices)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=_("One sentence that the board will understand a year from now."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
