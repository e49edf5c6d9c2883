"""What a cluster is asked for: when it is founded, and in its settings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models.cluster import RESERVED_SLUGS
from kontor.accounts.services.clusters import suggest_slug
from kontor.ui.vocabulary import country_choices, region_name, regions_of

# NUTS levels 1 and 2: "DEF" and "DEF0"; finer regions that are stored already stay on offer.
LONGEST_REGION = 4


def region_choices(country: str, kept: list[str]) -> list[tuple[str, str]]:
    """Return (code, name) of a country's larger regions, each name once, and of the regions `kept`."""
    offered: dict[str, str] = {}
    for code, name in regions_of(country):
        is_same_as_above = offered.get(code[:-1]) == name
        if 2 < len(code) <= LONGEST_REGION and not is_same_as_above:
            offered[code] = name
    offered |= {code: region_name(code) or code for code in kept if code not in offered}
    indented = {code: name if len(code) == 3 else f"\u2003{name}" for code, name in offered.items()}
    return sorted(indented.items())


class ClusterForm(forms.Form):
    """The data of a cluster; the regions on offer follow the country."""

    name = forms.CharField(label=_("Name of the cluster"), max_length=200)
    country = forms.ChoiceField(label=_("Country"))
    regions = forms.MultipleChoiceField(
        label=_("Home region"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ties within it count as regional. Tick several if you work across borders."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of the documents"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The pages themselves follow each person's own language."),
    )
    funding_start = forms.DateField(
        label=_("Start of funding"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The kick-off is due within six months of it. Leave it empty without funding."),
    )
    requires_second_factor = forms.BooleanField(
        label=_("Managers need a second factor"),
        required=False,
        help_text=_("A passkey or an app beside the password: whoever steals a password gains nothing."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country, regions = self["country"].value() or "DE", self["regions"].value() or []
        self.fields["country"].choices = country_choices(get_language() or "en")  # type: ignore[attr-defined]
        kept = [str(code) for code in regions if str(code).startswith(str(country))]
        self.fields["regions"].choices = region_choices(str(country), kept)  # type: ignore[attr-defined]


class FoundClusterForm(ClusterForm):
    """A new cluster has a short name as well, which stands in all its addresses."""

    slug = forms.CharField(
        label=_("Short name in the address"),
        required=False,
        max_length=40,
        help_text=_("Small letters, digits and hyphens. Left empty, it is made from the name."),
    )
    field_order = ("name", "slug")

    def clean(self) -> dict[str, Any]:
        """Make the short name where none was typed, and refuse one that belongs to the program."""
        data = super().clean() or self.cleaned_data
        data["slug"] = data.get("slug") or suggest_slug(data.get("name", ""))
        if data["slug"] in RESERVED_SLUGS:
            self.add_error("slug", _("This short name is reserved. Please choose another."))
        return data
