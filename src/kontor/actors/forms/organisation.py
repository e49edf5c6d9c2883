"""Forms about an organisation and its changing facts."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.actors.forms.base import DayInput, FactForm, PeriodForm, SuggestInput, language
from kontor.actors.models import Organisation, Site, SizeClass
from kontor.ui.vocabulary import country_choices, nace_choices, nace_title, region_name, regions_of

_DIVISION_LENGTH = 2


def country_options(*, empty: bool = False) -> list[tuple[str, str]]:
    """Return all countries by name in the reader's language."""
    first = [("", "–")] if empty else []
    return first + list(country_choices(language()))


class OrganisationForm(FactForm):
    """Everything about an organisation that does not change with time."""

    model = Organisation
    model_fields: ClassVar[tuple[str, ...]] = (
        *("name", "short_name", "kind", "founded", "website"),
        *("country", "region", "street", "postcode", "city", "latitude", "longitude"),
        *("sector", "value_chain", "reference"),
    )
    two_languages = ("description",)
    order = (
        *("name", "short_name", "kind", "description_de", "description_en", "website", "founded", "sector"),
        "value_chain",
        *("country", "region", "street", "postcode", "city", "latitude", "longitude", "reference"),
    )

    website = forms.URLField(label=_("Website"), required=False, max_length=300, assume_scheme="https")

    def __init__(self, data: Any = None, *, cluster: Cluster, **kwargs: Any) -> None:
        kwargs["initial"] = {"country": cluster.country} if kwargs.get("row") is None else {}
        super().__init__(data, **kwargs)
        self.fields["country"] = forms.ChoiceField(label=_("Country"), choices=country_options())
        self.fields["region"].widget = SuggestInput(regions_of(cluster.country))
        self.fields["region"].help_text = _("NUTS code, such as DEF02 for Kiel; type to search by code.")
        self.fields["sector"].widget = SuggestInput(_sectors())
        self.fields["sector"].help_text = _("NACE code, such as 26.51; sections and divisions are suggested.")
        if "reference" in self.fields:
            self.fields["reference"].help_text = _(
                "Number in the source, such as the CORDIS participant code."
            )
        self.order_fields(self.order)

    def clean_region(self) -> str:
        """Take a NUTS code in any case."""
        code = str(self.cleaned_data["region"]).strip().upper()
        if code and not region_name(code):
            raise ValidationError(_("This NUTS code is not known."), code="region")
        return code

    def clean_sector(self) -> str:
        """Take a NACE code."""
        code = str(self.cleaned_data["sector"]).strip().upper()
        if code and not nace_title(code, "en"):
            raise ValidationError(_("This NACE code is not known."), code="sector")
        return code


def _sectors() -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in nace_choices(language()) if len(pair[0]) <= _DIVISION_LENGTH)


class OwnOrganisationForm(OrganisationForm):
    """What a member may change in its own profile: all but the number in the source."""

    model_fields = OrganisationForm.model_fields[:-1]


class SizeForm(forms.Form):
    """A size class from a day on."""

    size = forms.ChoiceField(label=_("Size class"), choices=SizeClass.choices)
    valid_from = forms.DateField(
        label=_("From"),
        required=False,
        widget=DayInput,
        help_text=_("Leave it empty where the beginning is not known. The size before stays in the history."),
    )


class StartUpForm(forms.Form):
    """The start-up status begins or ends on a day."""

    is_start_up = forms.TypedChoiceField(
        label=_("Start-up"),
        choices=[
            ("yes", _("counts as a start-up from this day")),
            ("no", _("no longer counts as a start-up")),
        ],
        coerce=lambda value: value == "yes",
    )
    valid_from = forms.DateField(label=_("From"), required=False, widget=DayInput)


class MembershipForm(PeriodForm):
    """A membership's first and last day."""


class SiteForm(FactForm):
    """A branch elsewhere."""

    model = Site
    model_fields = ("kind", "country", "city", "valid_from", "valid_to")

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["country"] = forms.ChoiceField(label=_("Country"), choices=country_options())
        self.order_fields(self.model_fields)
